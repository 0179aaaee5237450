"""The months to come: of the cases whose last day lies in each, how many will probably have met their limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import lt
from random import Random

from scorecard.forecast.chances import TOO_FEW, Chances, Past, chances_of, drawn_chances
from scorecard.forecast.course import Course, Limit
from scorecard.period import Period, month_after, month_of

PASTS, TIMES = 40, 5
"""How often the past is drawn anew, and how often what comes of the open cases, each time."""

SEED = 20
"""The same cases give the same interval, whoever asks and however often."""

MAY_BE_UNSAID = 0.1
"""A month is given no figure when more than this share of its open cases rests on too few past ones."""


FAR = 5
"""Months that are shown at most: what will become of a plan that was reviewed last week nobody can say."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What is expected, and the ends of the interval in which it lies with a chance of 80 %."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Month:
    """Cases whose last day lies in one month: `met` and `missed` are known, `open` are still to come.

    `rate` is the share in time (0 to 1) of those that do not leave, `breaches` the number that will not be in time,
    what is known already included; both None where too few past cases are like the `thin` ones.
    """

    first: date
    met: int
    missed: int
    open: int
    thin: int
    rate: Spread | None
    breaches: Spread | None


@dataclass(frozen=True, slots=True)
class _Cohort:
    period: Period
    met: int
    missed: int
    places: Sequence[tuple[int, int]]


def months_ahead(day: date, limit: Limit) -> list[Period]:
    """The month of the day after `day` and those after it of which every case has begun by `day`, at most `FAR`."""
    found, month = list[Period](), (day + timedelta(1)).replace(day=1)
    while limit.monthly and (period := month_of(month)).last - timedelta(limit.days) <= day and len(found) < FAR:
        found.append(period)
        month = month_after(month)
    return found


def expected_months(past: Past, courses: Sequence[Course], periods: Sequence[Period]) -> list[Month]:
    """What is to be expected of each month, from the courses as known on the day of the forecast."""
    if not periods:
        return []
    due: list[list[Course]] = [[] for _ in periods]
    first, last = periods[0].first - timedelta(past.limit.days), periods[-1].last - timedelta(past.limit.days)
    for course in courses:
        if first <= course.began <= last:
            on = course.due(past.limit)
            due[next(place for place, each in enumerate(periods) if on <= each.last)].append(course)
    cohorts = [_cohort(past.limit, each, period) for each, period in zip(due, periods, strict=True)]
    draws = _simulated(past, cohorts)
    chances = chances_of(past)
    return [_month(past, chances, cohort, drawn) for cohort, drawn in zip(cohorts, draws, strict=True)]


def _cohort(limit: Limit, due: Sequence[Course], period: Period) -> _Cohort:
    known = [each.met(limit) for each in due]
    still_open = [(each.stage, each.seen) for each in due if each.end is None and each.seen < limit.days]
    return _Cohort(period, known.count(True), known.count(False), sorted(still_open))


def _simulated(past: Past, cohorts: Sequence[_Cohort]) -> list[list[tuple[int, int]]]:
    """For each month what came of it (met, missed) each time that it was played through."""
    draw = Random(SEED)  # noqa: S311 - chances, no secrets
    found: list[list[tuple[int, int]]] = [[] for _ in cohorts]
    waited = [each for cohort in cohorts for _, each in cohort.places]
    for _ in range(PASTS if waited else 0):
        chances = drawn_chances(past, draw, min(waited))
        for cohort, played in zip(cohorts, found, strict=True):
            met = [chances.met[stage][waited] for stage, waited in cohort.places]
            stays = [
                chances.open[stage][waited] + each for (stage, waited), each in zip(cohort.places, met, strict=True)
            ]
            for _ in range(TIMES):
                lots = [draw.random() for _ in met]
                in_time = sum(map(lt, lots, met))
                played.append((cohort.met + in_time, cohort.missed + sum(map(lt, lots, stays)) - in_time))
    return found


def _month(past: Past, chances: Chances, cohort: _Cohort, drawn: Sequence[tuple[int, int]]) -> Month:
    met = cohort.met + sum(chances.met[stage][waited] for stage, waited in cohort.places)
    missed = cohort.missed + sum(chances.open[stage][waited] for stage, waited in cohort.places)
    thin = sum(past.rests_on(stage, waited) < TOO_FEW for stage, waited in cohort.places)
    said = met + missed > 0 and thin <= MAY_BE_UNSAID * len(cohort.places)
    rates = [each / (each + late) for each, late in drawn if each + late]
    rate = _spread(met / (met + missed), rates) if said else None
    breaches = _spread(missed, [late for _, late in drawn]) if said else None
    return Month(cohort.period.first, cohort.met, cohort.missed, len(cohort.places), thin, rate, breaches)


def _spread(expected: float, drawn: Sequence[float]) -> Spread:
    ordered = sorted(drawn) or [expected]
    last = len(ordered) - 1
    return Spread(expected, ordered[round(0.1 * last)], ordered[round(0.9 * last)])
