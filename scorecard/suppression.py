"""Small numbers: which counts a public version must not show, so that nobody can work them out from the others.

A count of one to four may point at a child. Hiding it is not enough: a total less its other parts gives it back. So
more is hidden (secondary suppression) until no hidden count can be told from what is shown, whichever of the relations
are added to or taken from each other, and whatever is possible at all.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

SMALL = 5
"""Counts from one up to below this are hidden."""
HIDDEN = "c"
"""What stands for a hidden figure, as in the department's own tables: confidential."""

_ROUNDS = 30

Cell = TypeVar("Cell", bound=Hashable)
_Row = tuple[dict[int, Fraction], Fraction]
"""Hidden cells, by their numbers, with their factors, and what they sum to."""


@dataclass(frozen=True, slots=True)
class Relation(Generic[Cell]):
    """A count that is the sum of others: a whole and its parts, a denominator with its numerator and the rest."""

    whole: Cell
    parts: tuple[Cell, ...]


def hidden(
    counts: Mapping[Cell, int],
    relations: Sequence[Relation[Cell]],
    below: int = SMALL,
    unshown: Set[Cell] = frozenset(),
) -> frozenset[Cell]:
    """The counts that must not be shown: the small ones, and what would give them away.

    `unshown` are counts that nobody prints, such as the rest of a denominator: they are protected where they are small.
    Noughts are shown. Which of the hidden ones are small is not said. Whole counts only, none below nought; every cell
    of a relation must have a count.
    """
    cells = list(counts)
    number = {cell: place for place, cell in enumerate(cells)}
    sums = [(number[each.whole], tuple(number[part] for part in each.parts)) for each in relations]
    table = _Table([counts[cell] for cell in cells], sums, {number[cell] for cell in unshown if cell in number})
    return frozenset(cells[place] for place in table.hidden(below)) - unshown


@dataclass(slots=True)
class _Table:
    """Counts by number, and which of them is the sum of which others."""

    counts: Sequence[int]
    sums: Sequence[tuple[int, tuple[int, ...]]]
    unshown: set[int]
    beside: dict[int, set[int]] = field(default_factory=lambda: defaultdict[int, set[int]](set))

    def __post_init__(self) -> None:
        for whole, parts in self.sums:
            for each in (whole, *parts):
                self.beside[each] |= {whole, *parts}

    def hidden(self, below: int) -> set[int]:
        """The small counts and, until neither they nor what is hidden beside them can be told, more."""
        small = {place for place, count in enumerate(self.counts) if 0 < count < below}
        found = small | self.unshown
        while told := self._told(found) & (small | (found - self.unshown)):
            # One at a time: what protects one cell often protects others, and nothing is hidden without need.
            more = {self._next(min(told, key=lambda each: (self.counts[each], each)), found)} - found
            found |= more or {place for place, count in enumerate(self.counts) if count}
        return found

    def _next(self, cell: int, found: set[int]) -> int:
        """What is hidden beside a cell that can be told: the smallest shown that shares a sum with it, or one further
        away. The cell itself where nothing is left."""
        seen, near = {cell}, {cell}
        while near:
            around = {each for known in near for each in self.beside[known]} - seen
            shown = [each for each in around if self.counts[each] and each not in found]
            if shown:
                return min(shown, key=lambda each: (self.counts[each], each))
            seen |= around
            near = around & found
        return cell

    def _told(self, found: set[int]) -> set[int]:
        """The cells with one value left: by adding up, or because no other is possible."""
        rows = [row for row in (self._row(whole, parts, found) for whole, parts in self.sums) if row[0]]
        solved = _solved(rows)
        alone = {next(iter(row)) for row, _ in solved if len(row) == 1}
        return alone | self._cornered([*rows, *solved])

    def _cornered(self, rows: Sequence[_Row]) -> set[int]:
        """Cells with one value left when none is below nought, and none that is hidden is nought: bounds are drawn
        closer until nothing moves."""
        low = {cell: Fraction(0 if cell in self.unshown else 1) for row, _ in rows for cell in row}
        high: dict[int, Fraction | None] = dict.fromkeys(low)
        for _ in range(_ROUNDS):
            moved = [_draw(row, low, high) for row in rows]
            if not any(moved):
                break
        return {cell for cell in low if (end := high[cell]) is not None and low[cell] >= end}

    def _row(self, whole: int, parts: Sequence[int], found: set[int]) -> _Row:
        row: dict[int, Fraction] = defaultdict(Fraction)
        total = Fraction()
        for cell, sign in ((whole, -1), *((part, 1) for part in parts)):
            if cell in found:
                row[cell] += sign
            else:
                total -= sign * self.counts[cell]
        return {cell: factor for cell, factor in row.items() if factor}, total


def _solved(rows: Iterable[_Row]) -> list[_Row]:
    """The rows in reduced form (Gauss and Jordan): a cell that stands alone in one of them is known."""
    done: dict[int, _Row] = {}
    for row in rows:
        left = row
        for pivot in [cell for cell in row[0] if cell in done]:
            left = _less(left, done[pivot], left[0].get(pivot, Fraction()))
        if not left[0]:
            continue
        pivot, factor = next(iter(left[0].items()))
        left = {cell: each / factor for cell, each in left[0].items()}, left[1] / factor
        for other, known in done.items():
            if pivot in known[0]:
                done[other] = _less(known, left, known[0][pivot])
        done[pivot] = left
    return list(done.values())


def _less(row: _Row, other: _Row, times: Fraction) -> _Row:
    factors = dict(row[0])
    for cell, factor in other[0].items():
        factors[cell] = factors.get(cell, Fraction()) - times * factor
    return {cell: factor for cell, factor in factors.items() if factor}, row[1] - times * other[1]


def _draw(row: _Row, low: dict[int, Fraction], high: dict[int, Fraction | None]) -> bool:
    """Draw the bounds of a row's cells closer by those of its others; whether any moved."""
    moved = False
    for cell, factor in row[0].items():
        ends = [_others(row, cell, low, high, largest=largest) for largest in (True, False)]
        at = [None if end is None else (row[1] - end) / factor for end in ends]
        least, most = at if factor > 0 else at[::-1]
        if least is not None and least > low[cell]:
            low[cell], moved = Fraction(-(-least.numerator // least.denominator)), True
        known = high[cell]
        if most is not None and (known is None or most < known):
            high[cell], moved = Fraction(most.numerator // most.denominator), True
    return moved


def _others(
    row: _Row, but: int, low: Mapping[int, Fraction], high: Mapping[int, Fraction | None], *, largest: bool
) -> Fraction | None:
    """The most (or least) that the row's other cells can sum to; None without an end."""
    total = Fraction()
    for cell, factor in row[0].items():
        if cell != but:
            end = high[cell] if (factor > 0) is largest else low[cell]
            if end is None:
                return None
            total += factor * end
    return total
