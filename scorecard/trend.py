"""Measures over the months: live for each, frozen where it was frozen, and whether a change is real."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from scorecard.control import Control, control_of
from scorecard.figures import figures
from scorecard.measure import Figure, Measure, Shape, Span
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

    Measures that are fed have none here. Those of one span are counted together.
    """
    counted = [each for each in measures if each.shape is not Shape.FED]
    by_span: dict[Span, list[Measure]] = defaultdict(list)
    for measure in counted:
        by_span[measure.span].append(measure)
    found: dict[str, Trend] = {}
    for group in by_span.values():
        found |= _of_one_span(db, group, last, months)
    return [found[each.id] for each in counted]


def _of_one_span(db: Engine, measures: Sequence[Measure], last: date, months: int) -> dict[str, Trend]:
    periods = [period_of(measures[0], each.last) for each in months_up_to(last, months)]
    # Parts (services, bands, officers) would be counted for each month too, and nobody looks at them here.
    whole = [replace(each, parts="") for each in measures]
    together = [_all_together(each, measures) for each in figures(db, whole, periods)]
    return {each.id: trend_of([of_month.get(each.id) for of_month in together], each, last) for each in measures}


def _all_together(figures_of: Sequence[Figure], measures: Sequence[Measure]) -> Mapping[str, Figure]:
    own = {each.id: each for each in measures}
    return {each.measure.id: replace(each, measure=own[each.measure.id]) for each in figures_of}


def trend_of(figures_of: Sequence[Figure | None], measure: Measure, last: date) -> Trend:
    """What the figures of so many months up to that of `last` say, oldest first."""
    values = [float(each.value) if each and each.value is not None else None for each in figures_of]
    periods = [period_of(measure, each.last) for each in months_up_to(last, len(figures_of))]
    return Trend(measure, periods, figures_of, control_of(measure, values))
