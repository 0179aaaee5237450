"""The trend of a measure in a pack: only what the pack shows is looked at, so that limits tell of nothing hidden."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from scorecard.charts.trend import Point, told, trend_chart
from scorecard.control import Signal, control_of
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
    found = control_of(measure, values)
    shown = [
        Month(month.last, figure, month.taken is not None,
              Point(f"{month.last:%b} {month.last:%y}", value, signal, month.taken is not None))
        for (month, figure), value, signal in zip(months, values, found.signals, strict=True)
    ]  # fmt: skip
    said = told([each.point for each in shown], found.limits, unit_words(measure), None, found.why)
    # Which months are more than chance is said in fewer words, by what they are.
    words = " ".join(each for each in said if not each.startswith("More than chance:"))
    return Trend(shown, found.limits, words, found.why)


def signals_of(trend: Trend) -> list[str]:
    """What is more than chance, months in a row together: `May 26 to Jul 26: outside the limits`."""
    runs = groupby(trend.months, key=lambda month: month.point.signal)
    return [_run(signal, [each.point.month for each in months]) for signal, months in runs if signal]


def _run(signal: Signal, months: Sequence[str]) -> str:
    return f"{months[0]}{f' to {months[-1]}' if len(months) > 1 else ''}: {signal.value}"


def drawing(entry: Entry, *, flat: bool = False) -> Markup:
    """The chart of an entry's trend, `flat` where many stand on a page; nothing where there is none."""
    trend = entry.trend
    if trend is None:
        return Markup()
    name, target = f"trend-{entry.measure.id}", None if entry.target is None else float(entry.target)
    title = f"{entry.measure.name}, month by month"
    return trend_chart(name, title, [each.point for each in trend.months], trend.limits, unit_words(entry.measure),
                       target, why=trend.why, flat=flat, numbered=False)  # fmt: skip
