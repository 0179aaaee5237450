"""One answer as it was typed and chosen, before anything of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casework.answering.kinds import Answer
from casework.documents import LaidBy


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. `number` is that of the form, so that sending it twice is one answer.

    `form` holds days (ISO) and codes, `said` what was written. `documents` lie in the store, and nothing speaks of
    them yet.
    """

    kind: Answer
    number: UUID
    form: Mapping[str, Any] = field(default_factory=dict[str, Any])
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    documents: Sequence[LaidBy] = ()


def faults_of(given: Given, oldest_report: int, today: date) -> list[str]:
    """Why advice is sent back, in codes: its report is older than the policy allows (days; 0: any age), or a part of
    the form is empty. Only the whole advice is looked at: of a part something is missing by its nature."""
    if given.kind is not Answer.RECEIVED:
        return []
    found = [f"no_{name}" for name in ("needs", "outcomes", "provision") if not given.said.get(name)]
    if not given.form.get("sections"):
        found.append("no_sections")
    reported = given.form.get("report_date")
    if oldest_report and reported and date.fromisoformat(reported) < today - timedelta(days=oldest_report):
        found.insert(0, "old_report")
    return found
