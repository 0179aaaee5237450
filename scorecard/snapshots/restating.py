"""What is known better now: the figures of a frozen month counted again, beside what was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.measure import Figure, Measure, Shape
from scorecard.notes import notes
from scorecard.snapshots.freezing import numbered, told_in
from scorecard.snapshots.hashing import definitions_of
from scorecard.snapshots.reading import Frozen, FrozenFigure


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that is no longer what was told: `told` then, `now` by today's knowledge and today's definitions.

    `now` is None where there is no such figure any more, `told` where there was none then. `redefined` says that the
    words of its definition, or what any of the definitions of the month counts, changed since.
    """

    measure_id: str
    part: str
    told: FrozenFigure | None
    now: Figure | None
    redefined: bool


def restated(db: Engine, taken: Frozen, measures: Sequence[Measure] | None = None) -> list[Restated]:
    """Every figure of a frozen month that would be another if it were counted today. The snapshot stays as it is.

    None of measures that look at today alone: they know nothing better of the month. Nor was a nought another figure
    than that there are no data.
    """
    bring_up_to_date(db)
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        told_of = [each for each in measures or told_in(taken.month.year) if not each.for_managers]
        figures = [each.figure for each in numbered(connection, told_of, taken.month, notes(connection, taken.month))]
    counted = {each.id for each in told_of if each.shape is not Shape.FED}
    only_now = {each.id for each in told_of if each.only_now}
    redefined = taken.definitions not in {definitions_of(told_of), definitions_of(told_in(taken.month.year))}
    now = {(each.measure.id, each.part): each for each in figures if each.measure.id not in only_now}
    told = {(each.measure_id, each.part): each for each in taken.figures if each.measure_id not in only_now}
    found = [
        _compared(key, told.get(key), now.get(key), redefined)
        for key in [*told, *(key for key in now if key not in told)]
        if key in now or key[0] not in counted or not told[key].is_nought
    ]
    return [each for each in found if each is not None]


def _compared(key: tuple[str, str], told: FrozenFigure | None, now: Figure | None, redefined: bool) -> Restated | None:
    said = told and (told.numerator, told.denominator, told.value)
    known = now and (now.numerator, now.denominator, now.value)
    if said == known:
        return None
    words = bool(told and now and told.definition != now.measure.definition)
    return Restated(*key, told, now, redefined or words)
