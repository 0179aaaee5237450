"""The forecast of a day: the chance of every open case to meet its next limit, and what the months to come will show.

Worked out from the council's own cases of the last 24 months; how, and what it cannot know, is in docs/forecast.md.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.chances import TOO_FEW, Past, chances_of, past_of
from scorecard.forecast.course import (
    FOUR_WEEKS,
    SIX_WEEKS,
    TWENTY_WEEKS,
    Course,
    Limit,
    four_weeks_of,
    six_weeks_of,
    twenty_weeks_of,
)
from scorecard.forecast.months import Month, expected_months, months_ahead
from scorecard.forecast.reading import assessments, reviews
from scorecard.period import month_after

WINDOW = 24
"""Months of the council's past that are looked at, before the day of the forecast."""

REVIEW_WINDOW = 6
"""The same for decisions on reviews, of which there are many more."""

BANDS = 5
"""Bands of chances: of a fifth each."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One open case and its next limit: the chance (0 to 1) to meet it, None where fewer than `TOO_FEW` past cases
    were like it (`rests_on`), or where its last day is the day of the forecast."""

    process_id: UUID
    limit: Limit
    due: date
    waited: int
    stage: str
    chance: float | None
    rests_on: int


@dataclass(frozen=True, slots=True)
class OfLimit:
    """All open cases whose next limit is one and the same: how many past `cases` the chances rest on, how many open
    ones lie in each fifth of chances (`bands`), of how many too little is known, and whose last day is today."""

    limit: Limit
    cases: int
    open: int
    bands: Sequence[int]
    unsaid: int
    last_day: int
    missed: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast as at the end of `day`, from what happened since `first`; `chances` the lowest first."""

    day: date
    first: date
    limits: Sequence[OfLimit]
    chances: Sequence[Chance]
    months: Sequence[Month]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was known of one limit at the end of a day."""

    past: Past
    courses: Sequence[Course]


CourseOf = Callable[[Any, date], Course | None]


def forecast(db: Engine, day: date) -> Forecast:
    """The forecast as it can be made at the end of `day`: only days up to then are looked at."""
    bring_up_to_date(db)
    first = window_before(day)
    rows, of_reviews = assessments(db, first, day), reviews(db, window_before(day, REVIEW_WINDOW), day)
    return forecast_of(rows, of_reviews, day)


def forecast_of(rows: Sequence[Any], of_reviews: Sequence[Any], day: date) -> Forecast:
    """The same from counted rows of assessments and reviews."""
    first = window_before(day)
    twenty = known(TWENTY_WEEKS, twenty_weeks_of, rows, first, day)
    six = known(SIX_WEEKS, six_weeks_of, rows, first, day)
    four = known(FOUR_WEEKS, four_weeks_of, of_reviews, window_before(day, REVIEW_WINDOW), day)
    nearer = {each.process_id for each in six.courses if each.end is None and each.seen <= SIX_WEEKS.days}
    chances = [
        *next_limits(six),
        *(each for each in next_limits(twenty) if each.process_id not in nearer),
        *next_limits(four),
    ]
    limits = [_of_limit(each, [one for one in chances if one.limit is each.past.limit]) for each in (six, twenty, four)]
    months = expected_months(twenty.past, twenty.courses, months_ahead(day, TWENTY_WEEKS.days))
    return Forecast(day, first, limits, sorted(chances, key=_most_at_risk), months)


def known(limit: Limit, course_of: CourseOf, rows: Sequence[Any], first: date, day: date) -> Known:
    """The courses of these rows as known at the end of `day`, and what the past says from `first` on."""
    courses = [course for row in rows if (course := course_of(row, day)) is not None]
    return Known(past_of(limit, courses, first, day), courses)


def next_limits(of: Known) -> list[Chance]:
    """The chance of each open case whose day is not over."""
    limit, chances = of.past.limit, chances_of(of.past)
    found: list[Chance] = []
    for each in of.courses:
        if each.end is None and each.seen <= limit.days:
            rests_on = of.past.rests_on(each.stage, each.seen)
            chance = chances.of(each.stage, each.seen) if rests_on >= TOO_FEW else None
            stage = limit.stages[each.stage]
            found.append(Chance(each.process_id, limit, each.due(limit), each.seen, stage, chance, rests_on))
    return found


def window_before(day: date, months: int = WINDOW) -> date:
    """The first day of so many months that end with `day`."""
    after = day + timedelta(1)
    first = month_after(after.replace(day=1), -months)
    return min(first + timedelta(after.day - 1), month_after(first) - timedelta(1))


def _of_limit(of: Known, chances: Sequence[Chance]) -> OfLimit:
    limit = of.past.limit
    bands = Counter(band_of(each.chance) for each in chances if each.chance is not None)
    last_day = sum(each.waited == limit.days for each in chances)
    unsaid = sum(each.chance is None for each in chances) - last_day
    missed = sum(each.end is None and each.seen > limit.days for each in of.courses)
    return OfLimit(
        limit, of.past.cases, len(chances), [bands[place] for place in range(BANDS)], unsaid, last_day, missed
    )


def band_of(chance: float) -> int:
    """The fifth in which a chance lies; a whole fifth belongs to the band above it, certainty to the highest."""
    return min(int(chance * BANDS), BANDS - 1)


def _most_at_risk(each: Chance) -> tuple[float, date, str]:
    return (2.0 if each.chance is None else each.chance, each.due, str(each.process_id))
