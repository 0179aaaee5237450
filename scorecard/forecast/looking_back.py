"""How the last quarter's forecast did: made from what was known before it began, held against what came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.course import Course, Limit
from scorecard.forecast.limits import FORECASTED, Forecasted, LimitById
from scorecard.forecast.looking_ahead import BANDS, Known, ahead, band_of, courses, known, window_before
from scorecard.forecast.months import Month, expected_months, months_ahead
from scorecard.forecast.reading import read
from scorecard.forecast.rows import Rows
from scorecard.period import month_after, month_of


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

    limit: LimitById
    months: Sequence[MonthHeld]
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
    limits: Sequence[Held]

    def of(self, limit: Limit) -> Held:
        """What there is of one limit."""
        return next(each for each in self.limits if each.limit is limit)


def quarter_before(today: date) -> tuple[date, date]:
    """The day before the last quarter that is over began, and its last day (quarters of the calendar year)."""
    this = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return month_after(this, -3) - timedelta(1), this - timedelta(1)


def look_back(db: Engine, today: date) -> LookedBack:
    """How the forecast of the last whole quarter did, as seen today."""
    bring_up_to_date(db)
    day, last = quarter_before(today)
    # A quarter more than the window: the rate of the quarter before counts whoever was due in it.
    return look_back_on(read(db, window_before(day), today), day, last)


def look_back_on(rows: Rows, day: date, last: date) -> LookedBack:
    """The same from rows. The forecast looks at days up to `day` only, what came at days up to `last`."""
    return LookedBack(day, last, [_held(_quarter(each, rows, day, last)) for each in FORECASTED])


def rate(met: int, missed: int) -> float | None:
    """The share met; None of nothing."""
    return met / (met + missed) if met + missed else None


@dataclass(frozen=True, slots=True)
class _Quarter:
    """One limit in the quarter: what was known `then`, what `came`, and the rate `before`."""

    then: Known
    day: date
    came: Mapping[tuple[UUID, date], Course]
    before: float | None
    last: date


def _quarter(of: Forecasted, rows: Rows, day: date, last: date) -> _Quarter:
    then = known(of, rows, day)
    # What was due before the quarter's first day, or has not come up in it, is not held against anything.
    due = (day - timedelta(of.limit.days), last - timedelta(of.limit.days))
    came = {
        (each.process_id, each.due(of.limit)): each for each in courses(of, rows, last) if due[0] < each.began <= due[1]
    }
    return _Quarter(then, day, came, _rate_before(of.limit, then.courses, day), last)


def _months(of: _Quarter) -> list[MonthHeld]:
    past = of.then.past
    periods = [each for each in months_ahead(of.day, past.limit) if each.last <= of.last]
    forecasts = expected_months(past, of.then.courses, periods)
    return [_held_month(past.limit, each, of.came.values()) for each in forecasts]


def _held_month(limit: Limit, forecast: Month, came: Iterable[Course]) -> MonthHeld:
    period = month_of(forecast.first)
    due = [each.met(limit) for each in came if period.first <= each.due(limit) <= period.last]
    met, missed = due.count(True), due.count(False)
    found, spread = rate(met, missed), forecast.rate
    inside = None if found is None or spread is None else spread.low <= found <= spread.high
    return MonthHeld(forecast, met, missed, inside)


def _held(of: _Quarter) -> Held:
    limit, before = of.then.past.limit, of.before
    given = [each for each in ahead(of.then) if each.left and each.due <= of.last]
    # Without a course: an order changed a refusal meanwhile, and the limit of the first request is no more.
    came = [of.came.get((each.process_id, each.due)) for each in given]
    results = [(each.chance, one and one.met(limit)) for each, one in zip(given, came, strict=True)]
    held = [(chance, met) for chance, met in results if chance is not None and met is not None]
    left = sum(met is None for _, met in results)
    naive = None if before is None else _brier([(before, met) for _, met in held])
    bands = [_band(held, place) for place in range(BANDS)]
    unsaid = len(results) - left - len(held)
    return Held(limit, _months(of), bands, len(held), left, unsaid, _brier(held), naive, before)


def _rate_before(limit: Limit, known_then: Sequence[Course], day: date) -> float | None:
    """The rate of those due in the three months up to `day`, as known then."""
    first = month_after((day + timedelta(1)).replace(day=1), -3) - timedelta(limit.days)
    came = [each.met(limit) for each in known_then if first <= each.began <= day - timedelta(limit.days)]
    return rate(came.count(True), came.count(False))


def _band(held: Sequence[tuple[float, bool]], place: int) -> Band:
    inside = [(chance, met) for chance, met in held if band_of(chance) == place]
    mean = sum(chance for chance, _ in inside) / len(inside) if inside else None
    return Band(len(inside), mean, sum(met for _, met in inside))


def _brier(held: Sequence[tuple[float, bool]]) -> float | None:
    return sum((chance - met) ** 2 for chance, met in held) / len(held) if held else None
