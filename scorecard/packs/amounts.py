"""The figures of the months that a pack is made of: as they were told where they were frozen, live where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from scorecard.beginnings import beginnings
from scorecard.fed.reading import fed_figures
from scorecard.figures import counted, share
from scorecard.measure import Measure, Shape, Span
from scorecard.period import Period, months_up_to
from scorecard.snapshots.reading import Frozen, frozen_among
from scorecard.spans import period_of

Key = tuple[str, str]
"""A measure's id and the part, empty for all together."""
_ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Amounts:
    """One figure: what was counted, of how many, and what that comes to."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthTold:
    """The figures of the month that ends on `last`; `taken` is the snapshot that they are from, None: they are live."""

    last: date
    taken: Frozen | None
    figures: Mapping[Key, Amounts]


def months_told(
    connection: Connection, measures: Sequence[Measure], last: date, today: date, number: int
) -> list[MonthTold]:
    """So many months up to that of the day `last`, oldest first; the month of today is told up to today."""
    months = [each.last for each in months_up_to(last, number)]
    live = _live(connection, measures, months, today)
    taken = frozen_among(connection, months)
    return [
        MonthTold(month, taken.get(month), _frozen(taken[month], measures) if month in taken else counts)
        for month, counts in zip(months, live, strict=True)
    ]


def _frozen(taken: Frozen, measures: Sequence[Measure]) -> Mapping[Key, Amounts]:
    wanted = {each.id for each in measures}
    return {
        (each.measure_id, each.part): Amounts(each.numerator, each.denominator, each.value)
        for each in taken.figures
        if each.measure_id in wanted
    }


def _live(
    connection: Connection, measures: Sequence[Measure], months: Sequence[date], today: date
) -> list[dict[Key, Amounts]]:
    found: list[dict[Key, Amounts]] = [{} for _ in months]
    first = beginnings(connection)
    for span in Span:
        group = [each for each in measures if each.span is span]
        periods = [period_of(group[0], month, today) for month in months] if group else []
        counts, fed = counted(connection, group, periods, first), fed_figures(connection, group, periods)
        for place in range(len(periods)):
            found[place] |= {
                (each.measure.id, each.part): Amounts(each.numerator, each.denominator, each.value)
                for each in [*counts[place], *fed[place]]
            }
    return found


def together(measures: Sequence[Measure], months: Sequence[MonthTold]) -> dict[Key, Amounts]:
    """The figures of months together: flows are added up as each month was told; a stock is that of the last."""
    by_id = {each.id: each for each in measures}
    keys = {key: None for month in months for key in month.figures}
    return {key: _together(by_id[key[0]], key, months) for key in keys if _is_told(by_id[key[0]], key, months)}


def is_added_up(measure: Measure) -> bool:
    """Whether months of it are added up: a flow is; a stock, a year so far or back, and what is fed are not."""
    return measure.span is Span.MONTH and not measure.rolling and measure.shape is not Shape.FED


def _is_told(measure: Measure, key: Key, months: Sequence[MonthTold]) -> bool:
    return is_added_up(measure) or key in months[-1].figures


def _together(measure: Measure, key: Key, months: Sequence[MonthTold]) -> Amounts:
    if len(months) == 1 or not is_added_up(measure):
        return months[-1].figures[key]
    found = [month.figures[key] for month in months if key in month.figures]
    counts = sum(each.numerator or 0 for each in found)
    match measure.shape:
        case Shape.SHARE:
            of = sum(each.denominator or 0 for each in found)
            return Amounts(counts, of, share(counts, of))
        case Shape.MEAN:
            return Amounts(counts, None, _mean(found, counts))
        case Shape.MAX:
            return Amounts(counts, None, max((each.value for each in found if each.value is not None), default=None))
        case Shape.MEDIAN:
            return Amounts(counts, None, None)
        case _:
            return Amounts(counts, None, Decimal(counts))


def _mean(found: Sequence[Amounts], counts: int) -> Decimal | None:
    """Of means, each by how many it is of."""
    if not counts:
        return None
    total = sum(((each.value or Decimal()) * (each.numerator or 0) for each in found), Decimal())
    return (total / counts).quantize(_ONE_DECIMAL, ROUND_HALF_UP)


def days_of(measure: Measure, months: Sequence[MonthTold], today: date) -> Period:
    """The days that a measure's figure in a pack is of."""
    end = period_of(measure, months[-1].last, today)
    if not is_added_up(measure):
        return end
    return Period(months[0].last.replace(day=1), end.last, end.as_at, end.over)
