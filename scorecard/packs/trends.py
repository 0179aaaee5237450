"""The trend of a measure in a pack: only what the pack shows is looked at, so that limits tell of nothing hidden."""

from collections.abc import Sequence

from markupsafe import Markup

from scorecard.charts.trend import Point, told, trend_chart
from scorecard.control import control
from scorecard.measure import Measure, Shape
from scorecard.packs.amounts import MonthTold
from scorecard.packs.content import Entry, Month, Trend
from scorecard.packs.hiding import Shown
from scorecard.words import unit_words


def trend_of(measure: Measure, months: Sequence[tuple[MonthTold, Shown | None]]) -> Trend | None:
    """The trend over months that are over, oldest first; None of one that is fed, or of which nothing is known."""
    values = [float(each.value) if each and each.value is not None else None for _, each in months]
    if measure.shape is Shape.FED or not any(value is not None for value in values):
        return None
    found = control(values, 0, 100 if measure.shape is Shape.SHARE else None)
    shown = [
        Month(month.last, figure, month.taken is not None,
              Point(f"{month.last:%b} {month.last:%y}", value, signal, month.taken is not None))
        for (month, figure), value, signal in zip(months, values, found.signals, strict=True)
    ]  # fmt: skip
    says = " ".join(told([each.point for each in shown], found.limits, unit_words(measure), None))
    return Trend(shown, found.limits, says)


def drawing(entry: Entry) -> Markup:
    """The chart of an entry's trend; nothing where there is none."""
    trend = entry.trend
    if trend is None:
        return Markup()
    name, target = f"trend-{entry.measure.id}", None if entry.target is None else float(entry.target)
    title = f"{entry.measure.name}, month by month"
    return trend_chart(name, title, [each.point for each in trend.months], trend.limits, unit_words(entry.measure),
                       target)  # fmt: skip
