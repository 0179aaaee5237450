"""The scorecard of one month: every measure with its figure, target, status, what was said, and what was told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, Engine

from scorecard.counted.keeping import bring_up_to_date
from scorecard.fed.reading import fed_figures
from scorecard.figures import counted
from scorecard.measure import Figure, Group, Measure
from scorecard.measures import in_force
from scorecard.notes import Note, Notes, notes
from scorecard.period import Period, month_of
from scorecard.snapshots.reading import Frozen, FrozenFigure, frozen_on
from scorecard.spans import period_of
from scorecard.status import Rag, rag_of


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in one month: the figure of all together (None: nothing was fed), those of its parts, and what it
    is held against. `told` is the frozen figure of the month, `restated` that it is another than the live one."""

    measure: Measure
    period: Period
    figure: Figure | None
    parts: Sequence[Figure]
    target: Decimal | None
    owner: str
    rag: Rag
    note: Note
    told: FrozenFigure | None

    @property
    def restated(self) -> bool:
        """Whether more is known now than what was told; never of a measure that looks at today alone."""
        told, now = self.told, self.figure
        if told is None or self.measure.only_now:
            return False
        return (told.numerator, told.denominator, told.value) != (now and (now.numerator, now.denominator, now.value))


@dataclass(frozen=True, slots=True)
class Card:
    """The scorecard of the month that ends on `month`; `over` whether it has ended, `taken` its snapshot."""

    month: date
    over: bool
    lines: Sequence[Line]
    taken: Frozen | None

    @property
    def groups(self) -> list[tuple[Group, list[Line]]]:
        """The lines under their headings."""
        return [(group, list(lines)) for group, lines in groupby(self.lines, key=lambda each: each.measure.group)]

    def line(self, measure_id: str) -> Line | None:
        """The line of one measure."""
        return next((each for each in self.lines if each.measure.id == measure_id), None)


def card(
    db: Engine, day: date, today: date, amber: Decimal, *, measures: Sequence[Measure] = (), for_managers: bool = False
) -> Card:
    """The live scorecard of the month of `day`, up to `today` where it is not over.

    `amber` is the margin in which a missed target is amber, not red. Figures by officer only `for_managers`.
    """
    bring_up_to_date(db)
    wanted = [each for each in measures or in_force(day.year) if for_managers or not each.for_managers]
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        found = _figures(connection, wanted, day, today)
        said, taken = notes(connection, day), frozen_on(connection, day)
    last = month_of(day).last
    lines = [_line(each, period_of(each, day, today), found, said, taken, amber) for each in _in_groups(wanted)]
    return Card(last, last < today, lines, taken)


def _figures(
    connection: Connection, measures: Sequence[Measure], day: date, today: date
) -> dict[str, dict[str, Figure]]:
    by_period: dict[Period, list[Measure]] = {}
    for measure in measures:
        by_period.setdefault(period_of(measure, day, today), []).append(measure)
    found: dict[str, dict[str, Figure]] = {}
    for period, group in by_period.items():
        (figures,) = counted(connection, group, [period])
        for figure in [*figures, *fed_figures(connection, group, [period])[0]]:
            found.setdefault(figure.measure.id, {})[figure.part] = figure
    return found


def _line(
    measure: Measure,
    period: Period,
    found: dict[str, dict[str, Figure]],
    said: Notes,
    taken: Frozen | None,
    amber: Decimal,
) -> Line:
    own = found.get(measure.id, {})
    figure, target = own.get(""), said.target_of(measure)
    rag = rag_of(figure and figure.value, target, measure.better, amber)
    parts = [each for part, each in own.items() if part]
    told = taken.of(measure.id) if taken else None
    return Line(measure, period, figure, parts, target, said.owner_of(measure), rag, said.of(measure), told)


def _in_groups(measures: Iterable[Measure]) -> list[Measure]:
    order = list(Group)
    return sorted(measures, key=lambda each: order.index(each.group))
