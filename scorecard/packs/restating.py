"""What is known better than when the months of a pack were told."""

from collections.abc import Sequence

from sqlalchemy import Engine

from scorecard.measure import Figure, Measure
from scorecard.packs.amounts import MonthTold
from scorecard.packs.content import Restatement
from scorecard.snapshots.reading import FrozenFigure
from scorecard.snapshots.restating import Restated, restated
from scorecard.words import month_words, value_words


def restatements(db: Engine, months: Sequence[MonthTold], measures: Sequence[Measure]) -> list[Restatement]:
    """The figures of all together that would be others if they were counted today; never those by officer."""
    by_id = {each.id: each for each in measures}
    return [
        _said(month, by_id[each.measure_id], each)
        for month in months
        if month.taken
        for each in restated(db, month.taken, measures)
        if not each.part and each.measure_id in by_id and not by_id[each.measure_id].for_managers
    ]


def _said(month: MonthTold, measure: Measure, each: Restated) -> Restatement:
    redefined = " (and defined in other words since)" if each.redefined else ""
    return Restatement(
        month_words(month.last), measure.name, _words(measure, each.told), _words(measure, each.now) + redefined
    )


def _words(measure: Measure, figure: FrozenFigure | Figure | None) -> str:
    if figure is None:
        return "None"
    words = value_words(measure, figure.value)
    if figure.denominator is None or figure.numerator is None:
        return words
    return f"{words} ({figure.numerator:,} of {figure.denominator:,})"
