"""Rows of the two files of a council, as the ordinary import takes them."""

from dataclasses import dataclass, fields
from datetime import date

from scorecard.synthetic.children import Child
from scorecard.synthetic.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """One row of `assessments.csv`: the columns of docs/importing.md, days as days."""

    case_ref: str
    child: Child
    place: Place
    request_source: int
    received: date
    decision: str = ""
    decision_notified: date | None = None
    advice_requested: date | None = None
    educational_psychology_received: date | None = None
    health_received: date | None = None
    social_care_received: date | None = None
    education_received: date | None = None
    issue_notified: date | None = None
    no_plan_notified: date | None = None
    draft_sent: date | None = None
    final_sent: date | None = None
    withdrawn: date | None = None
    moved_away: date | None = None
    died: date | None = None
    relief_ground: str = ""
    relief_from: date | None = None
    relief_to: date | None = None
    relief_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row of `plans.csv`: the columns of docs/importing.md, days as days."""

    plan_ref: str
    child: Child
    place: Place
    plan_made: date
    previous_review_decision: date | None = None
    last_review_decision: date | None = None
    last_review_outcome: str = ""
    decided_meeting: date | None = None
    amendment_notice_sent: date | None = None
    amended_plan_sent: date | None = None
    names_setting: str = ""
    last_review_meeting: date | None = None
    arranged_by: str = ""
    report_received: date | None = None
    recommends: str = ""
    phase_transfer: str = ""
    transfer_date: date | None = None
    receiving: str = ""
    transferred_in: date | None = None
    from_authority: str = ""
    transferred_out: date | None = None
    to_authority: str = ""
    ceased: date | None = None
    ceased_reason: str = ""

    @property
    def ended(self) -> date | None:
        """The day on which the plan ceased or went to another authority."""
        return self.ceased or self.transferred_out


def as_dict(row: AssessmentRow | PlanRow) -> dict[str, str]:
    """The cells of a row by column, as they stand in the file."""
    found: dict[str, str] = {}
    place = row.place
    for name in _FIELDS[type(row)]:
        value: object = getattr(row, name)
        if isinstance(value, Child):
            found |= {"upn": value.upn, "surname": value.surname, "forename": value.forename}
            found["date_of_birth"] = value.date_of_birth.isoformat()
        elif isinstance(value, Place):
            found["setting_urn"] = value.setting_urn
        else:
            found[name] = _cell(value)
    return found | {"caseworker": place.caseworker, "team": place.team}


def _cell(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


_FIELDS = {kind: tuple(each.name for each in fields(kind)) for kind in (AssessmentRow, PlanRow)}
"""What each row holds, in order; asking the class for every row is slow."""
