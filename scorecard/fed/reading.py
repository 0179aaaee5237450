"""Fed figures read back: for each measure, part and period the latest that was entered and not withdrawn."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, text

from casework.cases import authority
from scorecard.measure import Figure, Measure, Shape
from scorecard.period import Period

# A figure of a term or a year stands in each of its months from the end of it: the latest that is over, at most a year.
_LATEST = text(
    "SELECT * FROM (SELECT DISTINCT ON (measure_id, part, first_day, last_day) * FROM fed_figure "
    "WHERE authority = :authority AND measure_id = ANY(:measures) AND last_day <= :last "
    "AND last_day > :last - 366 ORDER BY measure_id, part, first_day, last_day, id DESC) f WHERE NOT withdrawn "
    "ORDER BY measure_id, part, last_day, first_day DESC"
)
_ONE_DECIMAL = Decimal("0.1")


def fed_figures(connection: Connection, measures: Sequence[Measure], period: Period) -> list[Figure]:
    """The latest figure of each fed measure and part whose own period was over by the end of this one."""
    fed = {each.id: each for each in measures if each.shape is Shape.FED}
    if not fed:
        return []
    bound = {"authority": authority(), "measures": list(fed), "last": period.last}
    latest = {(row.measure_id, row.part): row for row in connection.execute(_LATEST, bound)}
    return [_figure(fed[row.measure_id], row) for row in latest.values()]


def _figure(measure: Measure, row: Any) -> Figure:
    value = row.value
    if value is None and row.numerator is not None and row.denominator:
        value = (row.numerator * 100 / row.denominator).quantize(_ONE_DECIMAL, ROUND_HALF_UP)
    return Figure(measure, row.part, _whole(row.numerator), _whole(row.denominator), value)


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
