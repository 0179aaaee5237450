"""The scorecard of one month: every measure with its figure, target, status, what was said, and what was told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, Engine

from scorecard.beginnings import beginnings
from scorecard.counted.keeping import bring_up_to_date
from scorecard.fed.reading import fed_figures
from scorecard.figures import counted, one_moment
from scorecard.measure import Figure, Group, Measure, Shape
from scorecard.measures import in_force
from scorecard.notes import Note, Notes, notes
from scorecard.period import Period, month_of
from scorecard.snapshots.reading import Frozen, FrozenFigure, frozen_on
from scorecard.spans import period_of
from scorecard.status import Rag, rag_of

OfMonth = Mapping[str, Mapping[str, Figure]]
"""The figures of a month, by the ids of their measures and their parts."""

NO_DATA = "No data: no case of its kind had begun by then"
BY_PART = "Entered by part alone"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in one month: the figure of all together (None: `none_words` says why), those of its parts, and what
    it is held against. `told` is the frozen figure of the month, `restated` that it is another than the live one."""

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
    def none_words(self) -> str:
        """Why there is no figure of all together; empty where there is one."""
        if self.figure is not None:
            return ""
        if self.measure.shape is not Shape.FED:
            return NO_DATA
        return BY_PART if self.parts else "Nothing entered"

    @property
    def days(self) -> Period:
        """The days that the figure is of: what is fed has a period of its own."""
        return self.figure.days if self.figure and self.figure.days else self.period

    @property
    def restated(self) -> bool:
        """Whether more is known now than what was told; never of a measure that looks at today alone."""
        told, now = self.told, self.figure
        if told is None or self.measure.only_now:
            return False
        if now is None and told.is_nought and self.measure.shape is not Shape.FED:
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
    with one_moment(db) as connection:
        return card_of(connection, count_month(connection, wanted, day, today), wanted, (day, today), amber)


def card_of(
    connection: Connection, found: OfMonth, measures: Sequence[Measure], days: tuple[date, date], amber: Decimal
) -> Card:
    """The scorecard of the figures `found` for a month: what is fed, said and told is read beside them.

    `days` are one of the month, and today.
    """
    day, today = days
    known = {**found, **_fed(connection, measures, day, today)}
    said, taken = notes(connection, day), frozen_on(connection, day)
    last = month_of(day).last
    lines = [_line(each, period_of(each, day, today), known, said, taken, amber) for each in _in_groups(measures)]
    return Card(last, last < today, lines, taken)


def count_month(connection: Connection, measures: Sequence[Measure], day: date, today: date) -> OfMonth:
    """The figures of the month of `day` on the rows as they are, by measure and part; none of what is fed."""
    found: dict[str, dict[str, Figure]] = {}
    first = beginnings(connection)
    for period, group in _by_period(measures, day, today).items():
        _put(found, counted(connection, group, [period], first)[0])
    return found


def _fed(connection: Connection, measures: Sequence[Measure], day: date, today: date) -> OfMonth:
    found: dict[str, dict[str, Figure]] = {}
    for period, group in _by_period(measures, day, today).items():
        _put(found, fed_figures(connection, group, [period])[0])
    return found


def _by_period(measures: Sequence[Measure], day: date, today: date) -> Mapping[Period, list[Measure]]:
    found: dict[Period, list[Measure]] = defaultdict(list)
    for measure in measures:
        found[period_of(measure, day, today)].append(measure)
    return found


def _put(found: dict[str, dict[str, Figure]], figures: Iterable[Figure]) -> None:
    for figure in figures:
        found.setdefault(figure.measure.id, {})[figure.part] = figure


def _line(
    measure: Measure,
    period: Period,
    found: OfMonth,
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
