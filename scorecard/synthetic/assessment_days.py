"""The days of one assessment of a kind."""

from dataclasses import dataclass
from datetime import date

from scorecard.synthetic.assessment_kind import AssessmentKind, Came, Decided, Fate
from scorecard.synthetic.days import Days, after, census_day

SIX_WEEKS, SIXTEEN_WEEKS, TWENTY_WEEKS, YEAR = 42, 112, 140, 364
"""The last whole day within each time."""

_TAKES = {
    Fate.PLAN_WITHIN: (84, 136, TWENTY_WEEKS),
    Fate.PLAN_YEAR: (TWENTY_WEEKS + 1, 150, YEAR),
    Fate.PLAN_OVER: (YEAR + 1, 375, 640),
    Fate.PLAN_TO_COME: (90, 150, 330),
    Fate.NO_PLAN_IN_TIME: (72, 110, SIXTEEN_WEEKS),
    Fate.NO_PLAN_LATE: (SIXTEEN_WEEKS + 1, 125, 240),
    Fate.WITHDREW: (72, 90, 200),
    Fate.LEFT: (72, 110, 240),
}
"""Days from the request to the outcome: fewest, most often, most."""

_BEFORE_OUTCOME = 25
"""Nobody decides to assess in the last days before an outcome."""


@dataclass(frozen=True, slots=True)
class AssessmentDays:
    """When it began, when it was first decided whether to assess, and when it came to its outcome, if it did."""

    began: date
    decided: date | None = None
    outcome: date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year, the day of the census after it, and the days that may be drawn."""

    year: int
    days: Days

    @property
    def first(self) -> date:
        """New Year's Day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """New Year's Eve."""
        return date(self.year, 12, 31)

    @property
    def census(self) -> date:
        """The third Thursday of the next January."""
        return census_day(self.year)


def assessment_days(kind: AssessmentKind, year: Year) -> AssessmentDays:
    """Days that make an assessment one of this kind."""
    if kind.fate in _TAKES and kind.decided is not Decided.NOT_YET:
        return _with_outcome(kind, year)
    if kind.decided is Decided.NOT_YET:
        return _undecided(kind, year)
    return _decided_only(kind, year)


def _undecided(kind: AssessmentKind, year: Year) -> AssessmentDays:
    days = year.days
    if kind.came is Came.AFTER:
        return AssessmentDays(days.any(after(year.last, 1), year.census))
    if kind.fate is Fate.OPEN:
        return AssessmentDays(days.late(year.first, year.last, 35))
    began = days.any(year.first, after(year.last, -8))
    return AssessmentDays(began, None, days.soon(after(began, 5), min(after(began, 60), year.census), 12))


def _decided_only(kind: AssessmentKind, year: Year) -> AssessmentDays:
    """Refused, or still open: the decision first, the request so many days before."""
    days = year.days
    if kind.decided is Decided.BEFORE:
        began = days.late(after(year.first, -200), after(year.first, -60), 50)
        return AssessmentDays(began, days.near(after(began, 38), after(began, 20), after(began, 55)))
    if kind.decided is Decided.JANUARY:
        decided = days.any(after(year.last, 2), year.census)
        began = days.late(after(decided, -SIX_WEEKS - 14), min(after(decided, -18), year.last), 14)
        return AssessmentDays(began, decided)
    return _decided_in_year(kind, year)


def _decided_in_year(kind: AssessmentKind, year: Year) -> AssessmentDays:
    days, late = year.days, kind.decided is Decided.LATE
    wait = _late(days) if late else _soon(days)
    least, most = (SIX_WEEKS + 1, 400) if late else (8, SIX_WEEKS)
    if kind.came is Came.BEFORE:
        decided = days.any(after(year.first, 1), after(year.first, wait - 5))
        began = days.near(
            after(decided, -wait), after(decided, -most), min(after(decided, -least), after(year.first, -1))
        )
        return AssessmentDays(began, decided)
    first = after(year.first, wait + 6)
    decided = days.late(first, year.last, 80) if kind.fate is Fate.OPEN else days.any(first, year.last)
    began = days.near(after(decided, -wait), max(after(decided, -most), year.first), after(decided, -least))
    return AssessmentDays(began, decided)


def _soon(days: Days) -> int:
    return int(days.rng.triangular(16, SIX_WEEKS, 40))


def _late(days: Days) -> int:
    return SIX_WEEKS + 1 + min(int(days.rng.expovariate(1 / 14)), 90)


def _with_outcome(kind: AssessmentKind, year: Year) -> AssessmentDays:
    earliest, latest = _began_between(kind, year)
    least, often, most = _TAKES[kind.fate]
    for attempt in range(60):
        takes = int(year.days.rng.triangular(least, most, often if attempt < 20 else most))
        first, last = max(_outcomes_from(kind, year), after(earliest, takes)), min(year.last, after(latest, takes))
        if (last - first).days < 6 or not year.days.within(first, last):
            continue
        outcome = year.days.any(first, last)
        low, high = max(earliest, after(outcome, -most)), min(latest, after(outcome, -least))
        if not year.days.within(low, high):
            continue
        began = year.days.near(after(outcome, -takes), low, high)
        return AssessmentDays(began, _decision(kind, year, began, outcome), outcome)
    raise ValueError(f"no days make {kind}")


def _began_between(kind: AssessmentKind, year: Year) -> tuple[date, date]:
    if kind.came is Came.IN_YEAR:
        return year.first, year.last
    if kind.decided is Decided.BEFORE:
        return date(year.year - 3, 1, 1), after(year.first, -24)
    if kind.decided is Decided.IN_TIME:
        return after(year.first, -36), after(year.first, -1)
    return after(year.first, -110), after(year.first, -1)


def _outcomes_from(kind: AssessmentKind, year: Year) -> date:
    """A plan that is still to come was decided on in the second half of the year."""
    if kind.fate is Fate.PLAN_TO_COME:
        return date(year.year, 7, 1)
    return after(year.first, _BEFORE_OUTCOME + 10) if kind.decided is not Decided.BEFORE else year.first


def _decision(kind: AssessmentKind, year: Year, began: date, outcome: date) -> date:
    days, last = year.days, after(outcome, -_BEFORE_OUTCOME)
    if kind.decided is Decided.BEFORE:
        return days.near(after(began, _soon(days)), after(began, 8), min(last, after(year.first, -1)))
    first = after(year.first, 1)
    if kind.decided is Decided.IN_TIME:
        return days.near(after(began, _soon(days)), max(first, after(began, 8)), min(after(began, SIX_WEEKS), last))
    return days.near(after(began, _late(days)), max(first, after(began, SIX_WEEKS + 1)), last)
