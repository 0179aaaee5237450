"""What must happen by when for a day to be kept: said from the end backwards, in the law's own days."""

from datetime import date, timedelta

from casework.listing.details import Details
from casework.listing.stages import Stage
from casework.listing.words import short
from statute.calendar import Calendar

# The family keeps fifteen days beginning with the day of the draft, and the plan goes on the next (reg 13(1)(a)).
FAMILY_KEEPS = timedelta(days=15)


def must_happen(limit: str, of: Details, due: date, calendar: Calendar) -> str:
    """What keeps the 20-week day or the day of a review's decision, in one or two sentences; empty for other limits.

    Days given are the last working days for it. Where the day can no longer be kept, it says why.
    """
    if limit == "reg13_final_plan":
        return _plan(of, due, calendar)
    return _decision(of, calendar.operational_due(due)) if limit == "reg20_decision" else ""


def can_be_met(of: Details, due: date) -> bool:
    """Whether a 20-week day that is not past can still be met without shortening the family's fifteen days."""
    if of.here.window is not None:
        return of.here.window < due
    return due - FAMILY_KEEPS >= of.here.day


def _plan(of: Details, due: date, calendar: Calendar) -> str:
    here, last = of.here, short(calendar.operational_due(due))
    if here.window is not None:
        if not can_be_met(of, due):
            return f"The family can answer until {short(here.window)}, so the plan cannot lawfully go by {short(due)}."
        return f"Final plan out by {last}, and after {short(here.window)}, the family's last day to answer."
    draft_by = due - FAMILY_KEEPS
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
