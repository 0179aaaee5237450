"""One row of a managers' list: a limit of a case with whose it is, what to do next, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.listing.actions import next_action
from casework.listing.cohorts import Outcome, outcome_of
from casework.listing.details import Details
from casework.listing.reliefs import relief_of
from casework.listing.saving import can_be_met, must_happen
from casework.listing.stages import ADVICE, Stage
from statute.calendar import Calendar
from statute.facts import NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One limit of one case.

    Days are calendar days: `days_overdue` past the legal day (negative: left). `mail_ref` is what addresses of pages
    hold. `promised` is the day on which the advice is expected, else the target of a relief; `last_contact` the last
    day the family was in contact; `weeks_open` whole weeks since `began`, the request or the review meeting.
    `ground` and `approver` belong to the relief that lifts the limit; `must` says what keeps the day, where it can be;
    `outcome` what has become of a final plan.
    """

    process_id: UUID
    mail_ref: str
    case_ref: str
    process: str
    name: str
    limit: str
    subject: str
    citation: str
    start: date | None
    legal_due: date
    operational_due: date | None
    days_overdue: int
    standing: str
    met_on: date | None
    stage: Stage
    next_action: str
    promised: date | None
    last_contact: date | None
    began: date | None
    weeks_open: int | None
    officer: str | None
    team: str | None
    lifted_until: date | None = None
    target: date | None = None
    ground: str = ""
    approver: str = ""
    must: str = ""
    outcome: Outcome | None = None

    @property
    def cursor(self) -> str:
        """Where a page that ends with this row ends: without the council's own reference, which may hold initials."""
        return f"{self.legal_due.isoformat()}.{self.mail_ref}.{self.limit}.{self.subject}"


def row_of(found: Mapping[str, Any], of: Details, day: date, calendar: Calendar) -> CaseRow:
    """The row of a limit as the read model has it, with the details of its case."""
    limit, subject, due = found["limit_id"], found["subject"], found["legal_due"]
    relief = relief_of(limit, subject, of, day, calendar) if found["standing"] == "lifted" else None
    said = relief.attributes if relief else NO_ATTRIBUTES
    promised = next((each.promised for each in of.here.owed if limit in ADVICE and each.subject == subject), None)
    return CaseRow(
        process_id=found["process_id"],
        mail_ref=of.mail_ref,
        case_ref=found["case_ref"],
        process=of.process,
        name=of.name,
        limit=limit,
        subject=subject,
        citation=found["citation"],
        start=found["start"],
        legal_due=due,
        operational_due=found["operational_due"],
        days_overdue=(day - due).days,
        standing=found["standing"],
        met_on=found["met_on"],
        stage=of.here.stage,
        next_action=next_action(limit, subject, of.here),
        promised=promised or found["target"],
        last_contact=of.last_contact,
        began=of.began,
        weeks_open=(day - of.began).days // 7 if of.began else None,
        officer=found["officer"],
        team=found["team"],
        lifted_until=found["lifted_until"],
        target=found["target"],
        ground=said.get("ground", ""),
        approver=said.get("approver", ""),
        must=must_happen(limit, of, due, calendar) if found["standing"] == "open" else "",
        outcome=_outcome(found, of, day) if limit == "reg13_final_plan" else None,
    )


def _outcome(found: Mapping[str, Any], of: Details, day: date) -> Outcome:
    due = found["legal_due"]
    return outcome_of(found["standing"], past=due < day, can=can_be_met(of, due))
