"""What was told of one measure, month by month."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine, text

from casework.cases import authority
from scorecard.snapshots.reading import FrozenFigure

_TOLD = text(
    "SELECT s.month, f.number, f.measure_id, f.part, f.numerator, f.denominator, f.value, f.target, f.definition "
    "FROM snapshot_figure f JOIN snapshot s ON s.id = f.snapshot_id "
    "WHERE s.authority = :authority AND f.measure_id = :measure AND f.part = '' ORDER BY s.month"
)


def told_months(db: Engine, measure_id: str) -> Mapping[date, FrozenFigure]:
    """The frozen figures of a measure for all together, by the last day of their months."""
    with db.connect() as connection:
        rows = connection.execute(_TOLD, {"authority": authority(), "measure": measure_id})
        return {month: FrozenFigure(*figure) for month, *figure in rows}
