"""The forecast of a day: the chance of every open case to meet its next limit, and what the months to come will show.

Worked out from the council's own cases of the last 24 months; how, and what it cannot know, is in docs/forecast.md.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.chances import TOO_FEW, Past, chances_of, past_of
from scorecard.forecast.course import Course, Limit, course_of
from scorecard.forecast.limits import FORECASTED, Forecasted, LimitById
from scorecard.forecast.months import Month, expected_months, months_ahead
from scorecard.forecast.reading import read
from scorecard.forecast.rows import Rows
from scorecard.period import month_after

WINDOW = max(each.limit.window for each in FORECASTED)
"""Months of the council's past that are looked at, before the day of the forecast; of some limits fewer."""

BANDS = 5
"""Bands of chances: of a fifth each."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One open case and its next limit, `left` days before its last: the chance (0 to 1) to meet it, None where fewer
    than `TOO_FEW` past cases were like it (`rests_on`), or where its last day is the day of the forecast."""

    process_id: UUID
    limit: LimitById
    due: date
    left: int
    stage: str
    chance: float | None
    rests_on: int


@dataclass(frozen=True, slots=True)
class OfLimit:
    """All open cases whose next limit is one and the same: how many past `cases` the chances rest on, how many open
    ones lie in each fifth of chances (`bands`), of how many too little is known, and whose last day is today; how many
    have `missed` it and wait still; and the months to come, of all open cases whatever their next limit."""

    limit: LimitById
    cases: int
    open: int
    bands: Sequence[int]
    unsaid: int
    last_day: int
    missed: int
    months: Sequence[Month]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast as at the end of `day`, from what happened since `first`; `chances` the lowest first."""

    day: date
    first: date
    limits: Sequence[OfLimit]
    chances: Sequence[Chance]

    def of(self, limit: Limit) -> OfLimit:
        """What there is of one limit."""
        return next(each for each in self.limits if each.limit is limit)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was known of one limit at the end of a day."""

    past: Past
    courses: Sequence[Course]


def forecast(db: Engine, day: date) -> Forecast:
    """The forecast as it can be made at the end of `day`: only days up to then are looked at."""
    bring_up_to_date(db)
    return forecast_of(read(db, window_before(day), day), day)


def forecast_of(rows: Rows, day: date) -> Forecast:
    """The same from rows that were read."""
    found = [known(each, rows, day) for each in FORECASTED]
    chances = nearest(one for each in found for one in ahead(each))
    limits = [_of_limit(each, [one for one in chances if one.limit is each.past.limit], day) for each in found]
    return Forecast(day, window_before(day), limits, sorted(chances, key=_most_at_risk))


def known(of: Forecasted, rows: Rows, day: date) -> Known:
    """The courses of a limit as known at the end of `day`, and what the past says."""
    found = courses(of, rows, day)
    return Known(past_of(of.limit, found, window_before(day, of.limit.window), day), found)


def courses(of: Forecasted, rows: Rows, day: date) -> list[Course]:
    """Every course that the rows hold of a limit, as known at the end of `day`."""
    waits = (of.wait_of(row, day) for row in getattr(rows, of.rows))
    found = (course_of(of.limit, wait, day) for wait in waits if wait is not None)
    return [course for course in found if course is not None]


def ahead(of: Known) -> list[Chance]:
    """The chance of each open case whose last day is not over."""
    limit, chances = of.past.limit, chances_of(of.past)
    found: list[Chance] = []
    for each in of.courses:
        if each.end is None and each.seen <= limit.days:
            rests_on = of.past.rests_on(each.stage, each.seen)
            chance = chances.of(each.stage, each.seen) if rests_on >= TOO_FEW else None
            stage, left = limit.stages[each.stage], limit.days - each.seen
            found.append(Chance(each.process_id, limit, each.due(limit), left, stage, chance, rests_on))
    return found


def nearest(chances: Iterable[Chance]) -> list[Chance]:
    """Of each case the limit that ends first, and before it any that binds only if it is decided so."""
    of_cases: dict[UUID, list[Chance]] = {}
    for each in chances:
        of_cases.setdefault(each.process_id, []).append(each)
    return [one for each in of_cases.values() for one in _nearest(each)]


def _nearest(chances: Sequence[Chance]) -> list[Chance]:
    binding = [each for each in chances if not each.limit.beside]
    if not binding:
        return []
    first = min(binding, key=lambda each: each.due)
    return [first, *(each for each in chances if each.limit.beside and each.due < first.due)]


def window_before(day: date, months: int = WINDOW) -> date:
    """The first day of so many months that end with `day`."""
    after = day + timedelta(1)
    first = month_after(after.replace(day=1), -months)
    return min(first + timedelta(after.day - 1), month_after(first) - timedelta(1))


def _of_limit(of: Known, chances: Sequence[Chance], day: date) -> OfLimit:
    limit = of.past.limit
    bands = Counter(band_of(each.chance) for each in chances if each.chance is not None)
    last_day = sum(each.left == 0 for each in chances)
    unsaid = sum(each.chance is None for each in chances) - last_day
    missed = sum(each.end is None and each.seen > limit.days for each in of.courses)
    counts = [bands[place] for place in range(BANDS)]
    months = expected_months(of.past, of.courses, months_ahead(day, limit))
    return OfLimit(limit, of.past.cases, len(chances), counts, unsaid, last_day, missed, months)


def band_of(chance: float) -> int:
    """The fifth in which a chance lies; a whole fifth belongs to the band above it, certainty to the highest."""
    return min(int(chance * BANDS), BANDS - 1)


def at_risk(of: Chance) -> tuple[float, date]:
    """By what cases are put in order: the lowest chance first, and those without one last; then by their last day."""
    return 2.0 if of.chance is None else of.chance, of.due


def _most_at_risk(each: Chance) -> tuple[float, date, str]:
    return *at_risk(each), str(each.process_id)
