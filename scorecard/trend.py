"""One measure over the months: live for each, frozen where it was frozen, and whether a change is real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from scorecard.control import Control, control
from scorecard.figures import figures
from scorecard.measure import Figure, Measure, Shape
from scorecard.period import Period, months_up_to
from scorecard.spans import period_of

MONTHS = 24
"""Months that a trend shows."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The figures of a measure in some months, oldest first (None: nothing to be counted), and what they signal."""

    measure: Measure
    periods: Sequence[Period]
    figures: Sequence[Figure | None]
    control: Control


def trends(db: Engine, measures: Sequence[Measure], last: date, months: int = MONTHS) -> list[Trend]:
    """The trends of measures up to the month in which the day `last` lies, which must be over.

    Measures that are fed have none here.
    """
    counted = [each for each in measures if each.shape is not Shape.FED]
    return [_trend(each, _by_month(db, each, last, months)) for each in counted]


def _by_month(db: Engine, measure: Measure, last: date, months: int) -> list[tuple[Period, Figure | None]]:
    periods = [period_of(measure, each.last) for each in months_up_to(last, months)]
    found = figures(db, [measure], periods)
    return [
        (period, next((each for each in of_month if not each.part), None))
        for period, of_month in zip(periods, found, strict=True)
    ]


def _trend(measure: Measure, months: Sequence[tuple[Period, Figure | None]]) -> Trend:
    values = [float(figure.value) if figure and figure.value is not None else None for _, figure in months]
    share = measure.shape is Shape.SHARE
    found = control(values, 0, 100 if share else None)
    return Trend(measure, [period for period, _ in months], [figure for _, figure in months], found)
