"""The columns of a case file, and what each becomes; and what tells one kind of file from another."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file that can be imported. Without the columns `needed` no clock can be computed for any row;
    `optional` ones are not missed where a file does not have them. `ref` names a row; `each` and `rows` say what it
    is and what they are."""

    name: Literal["assessments", "plans"]
    each: str
    rows: str
    ref: str
    needed: tuple[str, ...]
    columns: tuple[str, ...]
    optional: Collection[str] = frozenset()


PERSON_COLUMNS = ("upn", "surname", "forename", "date_of_birth", "setting_urn")
CASE_COLUMNS = ("caseworker", "team")
RELIEF_COLUMNS = ("relief_ground", "relief_from", "relief_to", "relief_note")

ADVICE_RECEIVED = {
    "educational_psychology_received": "educational_psychology",
    "health_received": "health",
    "social_care_received": "social_care",
    "education_received": "education",
}
"""The category of advice whose return a column dates."""

CATEGORIES = tuple(ADVICE_RECEIVED.values())

SINGLE_FACTS = {
    "issue_notified": "decision_to_issue",
    "no_plan_notified": "decision_not_to_issue",
    "draft_sent": "draft_plan_sent",
    "final_sent": "final_plan_sent",
    "withdrawn": "withdrawn",
    "moved_away": "moved_away",
    "died": "died",
}
"""The fact that a dated column is, without a subject."""

EVENT_COLUMNS = ("decision_notified", "advice_requested", *ADVICE_RECEIVED, *SINGLE_FACTS)
"""Columns that date something that happened in the process: never before the request, never in the future."""

COLUMNS = (
    "case_ref",
    *PERSON_COLUMNS,
    "request_source",
    "received",
    "decision",
    *EVENT_COLUMNS,
    *RELIEF_COLUMNS,
    *CASE_COLUMNS,
)

OPTIONAL = frozenset({"issue_notified", "moved_away", "died"})
"""Columns that a file may lack without a warning."""

ENDS = ("no_plan_notified", "final_sent", "withdrawn", "moved_away", "died")
"""Columns of which each dates an end of the case; a decision not to assess is another."""

ASSESSMENTS = FileKind("assessments", "process", "cases", "case_ref", ("case_ref", "received"), COLUMNS, OPTIONAL)

ADDED_BY_US = ("_line", "_column", "_reason")
"""Columns of a rejects file that say why a row was refused; an import passes over them."""
