"""The days of one plan's reviews, of a kind."""

from dataclasses import dataclass
from datetime import date

from scorecard.synthetic.assessment_days import Year
from scorecard.synthetic.days import FIRST_YEAR, after
from scorecard.synthetic.review_kind import ReviewKind, When

FOUR_WEEKS = 28
"""Within so many days of its meeting a review is to be decided."""

_SLOW, _SLOWEST = 29, 210


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """When the plan was made, when its last review meeting was, when it was last decided, on which meeting, and the
    decision before. `met` is also the meeting of the decision unless `decided_met` has that of an earlier review."""

    made: date
    met: date | None = None
    decided: date | None = None
    decided_met: date | None = None
    previous: date | None = None


def review_days(kind: ReviewKind, year: Year) -> ReviewDays:
    """Days that give a plan this history."""
    if kind.owed:
        met, decided, decided_met = _owed(kind, year)
    elif kind.met and kind.decided:
        met, decided = _decided(kind, year)
        decided_met = None
    else:
        met, decided_met = None, None
        decided = year.days.any(*_range(kind.decided, year)) if kind.decided else None
    return _with_making(met, decided, decided_met, year)


def _range(when: When, year: Year) -> tuple[date, date]:
    if when is When.BEFORE:
        return date(year.year - 4, 1, 4), after(year.first, -1)
    if when is When.IN_YEAR:
        return year.first, year.last
    return after(year.last, 1), year.census


def _decided(kind: ReviewKind, year: Year) -> tuple[date, date]:
    """The meeting first, on a school day from which the decision can be reached."""
    assert kind.met and kind.decided
    first, last = _range(kind.met, year)
    decided_first, decided_last = _range(kind.decided, year)
    mean = (
        0 if kind.met is When.IN_YEAR and kind.decided is When.IN_YEAR else 250 if kind.decided is When.BEFORE else 60
    )
    if kind.quick:
        met = year.days.meeting(max(first, after(decided_first, -24)), min(last, after(decided_last, -3)), mean)
        return met, year.days.any(max(after(met, 2), decided_first), min(after(met, FOUR_WEEKS), decided_last))
    met = year.days.meeting(first, min(last, after(decided_last, -_SLOW - 4)), mean)
    low = max(decided_first, after(met, _SLOW))
    return met, year.days.soon(low, min(decided_last, max(after(met, _SLOWEST), after(low, 10))), 50)


def _owed(kind: ReviewKind, year: Year) -> tuple[date, date | None, date | None]:
    met = _meeting_owed(kind, year)
    if not kind.decided:
        return met, None, None
    first, last = _range(kind.decided, year)
    last = min(last, after(met, -30 if after(met, -30) >= after(first, 7) else -1))
    decided = year.days.near(after(met, -340 - int(year.days.rng.random() * 40)), first, last)
    if not kind.with_meeting:
        return met, decided, None
    if kind.quick:
        return met, decided, year.days.meeting(after(decided, -FOUR_WEEKS), after(decided, -2))
    return met, decided, year.days.meeting(after(decided, -_SLOWEST), after(decided, -_SLOW), 40)


def _meeting_owed(kind: ReviewKind, year: Year) -> date:
    days = year.days
    if kind.met is When.AFTER:
        return days.meeting(after(year.last, 1), year.census)
    if kind.owed == "not_due":
        return days.meeting(after(year.census, -FOUR_WEEKS), year.last)
    latest = after(year.census, -FOUR_WEEKS - 1)
    if kind.met is When.IN_YEAR:
        return days.meeting(after(year.first, 60 if kind.decided is When.IN_YEAR else 3), latest, 110)
    return days.meeting(date(year.year - 3, 1, 8), after(year.first, -1), 200)


def _with_making(met: date | None, decided: date | None, decided_met: date | None, year: Year) -> ReviewDays:
    """The plan was made before the year, and long enough before what is on record of its reviews."""
    days = year.days
    first, last = date(FIRST_YEAR, 9, 1), after(year.first, -1)
    own = decided_met or (met if met and decided and met <= decided else None)
    of_decision = own or decided
    if of_decision is None:
        latest = min(last, after(met, -200)) if met else last
        return ReviewDays(days.late(max(first, after(latest, -900)), latest, 300), met)
    latest = min(last, after(of_decision, -250))
    made = days.late(first, latest, 1100)
    previous = None
    if (of_decision - made).days > 600:
        previous = days.near(after(of_decision, -335), after(made, 100), after(of_decision, -60))
    return ReviewDays(made, met, decided, decided_met, previous)
