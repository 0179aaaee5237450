"""The last steps of an assessment with a plan: the draft, the decision to issue, the final plan, and a relief."""

from datetime import date

from scorecard.synthetic.assessment_days import AssessmentDays, Year
from scorecard.synthetic.assessment_kind import PLANS, AssessmentKind, Decided, Fate
from scorecard.synthetic.days import after

_SAID_TO_ISSUE = 0.4
"""Of so many plans the decision to issue is on record by itself, on the day of the draft."""

_SENT_IN_JANUARY = 0.5
_EARLY_IN_JANUARY = 0.12


def final_days(kind: AssessmentKind, days: AssessmentDays, year: Year) -> dict[str, object]:
    """Draft, decision to issue and final plan, by the columns of the file."""
    if kind.fate in PLANS and days.outcome and days.decided:
        return _sent_in_year(days.decided, days.outcome, year)
    if kind.fate is Fate.PLAN_TO_COME and days.outcome:
        return _sent_later(days.outcome, year)
    if kind.fate is Fate.OPEN and kind.decided in (Decided.IN_TIME, Decided.LATE) and days.decided:
        return _running(days.decided, year)
    return {}


def _sent_in_year(decided: date, final: date, year: Year) -> dict[str, object]:
    """At least fifteen days for the family's answer to the draft (reg 13(1)), where there was the time."""
    rng = year.days.rng
    draft = year.days.near(after(final, -rng.randint(16, 45)), after(decided, 2), after(final, -16))
    said = rng.random() < _SAID_TO_ISSUE and draft >= year.first
    return {"draft_sent": draft, "issue_notified": draft if said else None, "final_sent": final}


def _sent_later(said: date, year: Year) -> dict[str, object]:
    """The decision to issue fell in the year; the plan came after it, or has not yet come by the census."""
    found: dict[str, object] = {"issue_notified": said, "draft_sent": said}
    if year.days.rng.random() < _SENT_IN_JANUARY:
        found["final_sent"] = year.days.any(after(year.last, 2), year.census)
    return found


def _running(decided: date, year: Year) -> dict[str, object]:
    """Some that were long under way have a draft, and a few their plan, between New Year and the census."""
    if (year.census - decided).days < 85:
        return {}
    rng = year.days.rng
    draft = year.days.late(after(decided, 60), after(year.census, -2), 30)
    if rng.random() < _EARLY_IN_JANUARY:
        final = year.days.any(after(year.last, 2), year.census)
        return {
            "draft_sent": min(draft, year.days.near(after(final, -20), after(decided, 30), final)),
            "final_sent": final,
        }
    return {"draft_sent": draft} if rng.random() < 0.4 else {}


def relief(began: date, final: date, year: Year) -> dict[str, object]:
    """A relief that lifts the twenty weeks: a ground of reg 10(4) whose days lie in the first sixteen weeks, and
    before the plan."""
    rng = year.days.rng
    first = after(began, rng.randint(12, 40))
    if rng.random() < 0.3:
        return _relief("absent_4w", first, after(first, rng.randint(28, 36)), "Away from the area")
    last = min(after(first, rng.randint(12, 45)), after(final, -2))
    return _relief("personal", first, last, "Exceptional personal circumstances of the family")


def _relief(ground: str, first: date, last: date, note: str) -> dict[str, object]:
    return {"relief_ground": ground, "relief_from": first, "relief_to": last, "relief_note": note}
