"""Fed figures read back: for each measure, part and period the latest that was entered and not withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, text

from casework.cases import authority
from scorecard.measure import Figure, Measure, Shape
from scorecard.period import Period

# The latest of each period of its own that any of the months can need.
_LATEST = text(
    "SELECT * FROM (SELECT DISTINCT ON (measure_id, part, first_day, last_day) * FROM fed_figure "
    "WHERE authority = :authority AND measure_id = ANY(:measures) AND last_day <= :last "
    "AND last_day > :first ORDER BY measure_id, part, first_day, last_day, id DESC) f WHERE NOT withdrawn "
    "ORDER BY measure_id, part, last_day, first_day DESC"
)
# A figure of a term or a year stands in each month from the end of it, for a year.
_HOLDS_FOR = timedelta(days=366)
_ONE_DECIMAL = Decimal("0.1")


def fed_figures(connection: Connection, measures: Sequence[Measure], periods: Sequence[Period]) -> list[list[Figure]]:
    """For each period the latest figure of each fed measure and part whose own period was over by the end of it."""
    fed = {each.id: each for each in measures if each.shape is Shape.FED}
    if not fed or not periods:
        return [[] for _ in periods]
    first, last = min(each.last for each in periods) - _HOLDS_FOR, max(each.last for each in periods)
    bound = {"authority": authority(), "measures": list(fed), "first": first, "last": last}
    rows = connection.execute(_LATEST, bound).all()
    return [[_figure(fed[row.measure_id], row) for row in _holding(rows, each.last)] for each in periods]


def _holding(rows: Sequence[Any], last: date) -> Iterable[Any]:
    """Of rows in the order of their periods, the last of each measure and part that holds on a day."""
    found = {(row.measure_id, row.part): row for row in rows if last - _HOLDS_FOR < row.last_day <= last}
    return found.values()


def _figure(measure: Measure, row: Any) -> Figure:
    value = row.value
    if value is None and row.numerator is not None and row.denominator:
        value = (row.numerator * 100 / row.denominator).quantize(_ONE_DECIMAL, ROUND_HALF_UP)
    days = Period(row.first_day, row.last_day, row.last_day)
    return Figure(measure, row.part, _whole(row.numerator), _whole(row.denominator), value, days)


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
