"""How the last quarter's forecast did: made from what was known before it began, held against what came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.course import SIX_WEEKS, TWENTY_WEEKS, Course, Limit, six_weeks_of, twenty_weeks_of
from scorecard.forecast.looking_ahead import BANDS, CourseOf, Known, band_of, known, next_limits, window_before
from scorecard.forecast.months import Month, expected_months
from scorecard.forecast.reading import assessments
from scorecard.period import month_after, month_of, months_up_to

_OF: Sequence[tuple[Limit, CourseOf]] = ((SIX_WEEKS, six_weeks_of), (TWENTY_WEEKS, twenty_weeks_of))


@dataclass(frozen=True, slots=True)
class MonthHeld:
    """A month as it was forecast, and what came: how many were in time and how many were not, and whether the rate lay
    in its interval (None where nothing was forecast or nothing was due)."""

    forecast: Month
    met: int
    missed: int
    inside: bool | None

    @property
    def rate(self) -> float | None:
        """The share in time (0 to 1)."""
        return rate(self.met, self.missed)


@dataclass(frozen=True, slots=True)
class Band:
    """Cases that were given a chance in one fifth: on average `chance`, and so many of them `met` their limit."""

    cases: int
    chance: float | None
    met: int


@dataclass(frozen=True, slots=True)
class Held:
    """The chances of one limit held against what came. Brier's score is the mean of the squared distance between the
    chance and what came (0 is perfect, 0.25 is a coin's); `naive` is the score of giving everybody `before`, the rate
    of the quarter before. Left out: cases that `left` before their day, and those that were given no chance (`unsaid`).
    """

    limit: Limit
    bands: Sequence[Band]
    cases: int
    left: int
    unsaid: int
    brier: float | None
    naive: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class LookedBack:
    """A quarter's forecast as it could be made at the end of `day`, the day before it began; `last` is its last day."""

    day: date
    last: date
    months: Sequence[MonthHeld]
    before: float | None
    limits: Sequence[Held]


def quarter_before(today: date) -> tuple[date, date]:
    """The day before the last quarter that is over began, and its last day (quarters of the calendar year)."""
    this = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return month_after(this, -3) - timedelta(1), this - timedelta(1)


def look_back(db: Engine, today: date) -> LookedBack:
    """How the forecast of the last whole quarter did, as seen today."""
    bring_up_to_date(db)
    day, last = quarter_before(today)
    # A quarter more than the window: the rate of the quarter before counts whoever was due in it.
    return look_back_on(assessments(db, window_before(day), today), day, last)


def look_back_on(rows: Sequence[Any], day: date, last: date) -> LookedBack:
    """The same from counted rows. The forecast looks at days up to `day` only, what came at days up to `last`."""
    quarters = [_quarter(rows, limit, course_of, day, last) for limit, course_of in _OF]
    twenty = quarters[-1]
    forecasts = expected_months(twenty.then.past, twenty.then.courses, months_up_to(last, 3))
    months = [_held_month(each, twenty.came.values()) for each in forecasts]
    return LookedBack(day, last, months, twenty.before, [_held(each) for each in quarters])


def rate(met: int, missed: int) -> float | None:
    """The share met; None of nothing."""
    return met / (met + missed) if met + missed else None


@dataclass(frozen=True, slots=True)
class _Quarter:
    """One limit in the quarter: what was known `then`, what `came`, and the rate `before`."""

    then: Known
    came: Mapping[UUID, Course]
    before: float | None
    last: date


def _quarter(rows: Sequence[Any], limit: Limit, course_of: CourseOf, day: date, last: date) -> _Quarter:
    then = known(limit, course_of, rows, window_before(day), day)
    # What was due before the quarter's first day, or has not come up in it, is not held against anything.
    due = (day - timedelta(limit.days), last - timedelta(limit.days))
    found = (course_of(row, last) for row in rows if due[0] < row.began <= due[1])
    came = {course.process_id: course for course in found if course is not None}
    return _Quarter(then, came, _rate_before(limit, then.courses, day), last)


def _held_month(forecast: Month, came: Iterable[Course]) -> MonthHeld:
    period = month_of(forecast.first)
    due = [each.met(TWENTY_WEEKS) for each in came if period.first <= each.due(TWENTY_WEEKS) <= period.last]
    met, missed = due.count(True), due.count(False)
    found, spread = rate(met, missed), forecast.rate
    inside = None if found is None or spread is None else spread.low <= found <= spread.high
    return MonthHeld(forecast, met, missed, inside)


def _held(of: _Quarter) -> Held:
    limit, before = of.then.past.limit, of.before
    given = [each for each in next_limits(of.then) if each.waited < limit.days and each.due <= of.last]
    # Without a course: a refusal was changed meanwhile, and the limit of the first request is no more.
    results = [
        (each.chance, of.came[each.process_id].met(limit) if each.process_id in of.came else None) for each in given
    ]
    held = [(chance, met) for chance, met in results if chance is not None and met is not None]
    left = sum(met is None for _, met in results)
    naive = None if before is None else _brier([(before, met) for _, met in held])
    bands = [_band(held, place) for place in range(BANDS)]
    return Held(limit, bands, len(held), left, len(results) - left - len(held), _brier(held), naive, before)


def _rate_before(limit: Limit, courses: Sequence[Course], day: date) -> float | None:
    """The rate of those due in the three months up to `day`, as known then."""
    first = month_after((day + timedelta(1)).replace(day=1), -3) - timedelta(limit.days)
    came = [each.met(limit) for each in courses if first <= each.began <= day - timedelta(limit.days)]
    return rate(came.count(True), came.count(False))


def _band(held: Sequence[tuple[float, bool]], place: int) -> Band:
    inside = [(chance, met) for chance, met in held if band_of(chance) == place]
    mean = sum(chance for chance, _ in inside) / len(inside) if inside else None
    return Band(len(inside), mean, sum(met for _, met in inside))


def _brier(held: Sequence[tuple[float, bool]]) -> float | None:
    return sum((chance - met) ** 2 for chance, met in held) / len(held) if held else None
