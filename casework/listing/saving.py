"""What must happen by when for a day to be kept: said from the end backwards, in the law's own days."""

from datetime import date, timedelta

from casework.listing.details import Details
from casework.listing.stages import Stage
from casework.listing.words import short
from statute.calendar import Calendar
from statute.limits_of_assessments import LIMITS

_ANSWER = LIMITS["reg13_representations"].rule
_DAY = timedelta(days=1)


def must_happen(limit: str, of: Details, due: date, calendar: Calendar) -> str:
    """What keeps the 20-week day or the day of a review's decision, in one or two sentences; empty for other limits.

    Days given are the last working days for it. Where the day can no longer be kept, it says why.
    """
    if limit == "reg13_final_plan":
        return _plan(of, due, calendar)
    return _decision(of, calendar.operational_due(due)) if limit == "reg20_decision" else ""


def window_from(day: date) -> date:
    """The family's last day to answer a draft plan that is served on that day (reg 13(1)(a))."""
    return _ANSWER.last_day(day)


def can_be_met(of: Details, due: date) -> bool:
    """Whether a 20-week day that is not past can still be met without shortening the family's fifteen days.

    `casework.listing.queries.CAN_BE_MET` says the same in SQL, of whole lists.
    """
    return (of.here.window or window_from(of.here.day)) < due


def _plan(of: Details, due: date, calendar: Calendar) -> str:
    here, last = of.here, short(calendar.operational_due(due))
    if here.window is not None:
        if not can_be_met(of, due):
            return f"The family can answer until {short(here.window)}, so the plan cannot lawfully go by {short(due)}."
        return f"Final plan out by {last}, and after {short(here.window)}, the family's last day to answer."
    draft_by = due - (window_from(due) - due) - _DAY
    if not can_be_met(of, due):
        return f"The draft plan had to be out by {short(draft_by)} for the family to keep its 15 days."
    first = {Stage.DECIDING: _decide(of), Stage.AWAITING_ADVICE: "Advice in first. "}.get(here.stage, "")
    return f"{first}Draft plan out by {short(calendar.operational_due(draft_by))}, final plan by {last}."


def _decide(of: Details) -> str:
    spell = of.spells.get(("reg5_decide", ""))
    by = f" by {short(spell['legal_due'])}" if spell and spell["legal_due"] >= of.here.day else " now"
    return f"Decide{by}. "


def _decision(of: Details, last: date) -> str:
    if of.here.decided == "decision_amend":
        return f"Amendment notice out by {short(last)}."
    first = "Get the report. " if of.here.stage is Stage.AWAITING_REPORT else ""
    return f"{first}Decision out by {short(last)}; if the plan is to be amended, the notice with it."
