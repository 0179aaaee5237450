"""Whoever knows the definitions, and thinks in kinds of cases, not in sums.

A kind of case is told by all that its measures ask. What is shown gives sums over kinds, as many equations as there are
figures; a hidden count is found out when it can be made of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from scorecard.figures import share
from scorecard.measure import Measure, Shape
from scorecard.measures import measure
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.hiding import Shown, in_public
from scorecard.packs.linked import Whom
from tests.scorecard.test_suppression import rank

Kind = tuple[str, ...]
Asks = Mapping[str, tuple[Callable[[Kind], bool], Callable[[Kind], bool]]]
"""Measures by id: who is in the denominator, and who is counted of them."""


def anybody(kind: Kind) -> bool:
    return True


def has(*words: str) -> Callable[[Kind], bool]:
    return lambda kind: any(word in kind for word in words)


COUNT = st.one_of(st.integers(0, 6), st.integers(0, 40))


def named(name: str) -> tuple[Measure, str]:
    """The measure and the part that a name is of: `open_assessments: up to 6 weeks`."""
    of, _, part = name.partition(": ")
    return measure(of), part


def key(name: str) -> Key:
    measured, part = named(name)
    return measured.id, part


def measures(asks: Asks) -> list[Measure]:
    return list({named(name)[0].id: named(name)[0] for name in asks}.values())


def shown(name: str, figures: Mapping[Key, Amounts], hide: frozenset[Whom]) -> Shown:
    return in_public(*named(name), figures[key(name)], [hide])


def of(asks: Asks, kinds: Mapping[Kind, int]) -> dict[Key, Amounts]:
    """The figures that so many cases of each kind give."""
    found: dict[Key, Amounts] = {}
    for name, (among, counts) in asks.items():
        of = sum(number for kind, number in kinds.items() if among(kind))
        counted = sum(number for kind, number in kinds.items() if among(kind) and counts(kind))
        if named(name)[0].shape is Shape.SHARE:
            found[key(name)] = Amounts(counted, of, share(counted, of))
        else:
            found[key(name)] = Amounts(counted, None, Decimal(counted))
    return found


def row_of(asked: Callable[[Kind], bool], kinds: Sequence[Kind]) -> list[Fraction]:
    """A count as a sum over kinds."""
    return [Fraction(asked(kind)) for kind in kinds]


def _rows(
    asks: Asks, kinds: Sequence[Kind], figures: Mapping[Key, Amounts], hide: frozenset[Whom]
) -> Iterator[tuple[str, list[Fraction], bool]]:
    """Each count with its name, as a sum over kinds, and whether it is shown."""
    for name, (among, counts) in asks.items():
        figure = shown(name, figures, hide)
        yield (
            f"{name} counted",
            [Fraction(among(each) and counts(each)) for each in kinds],
            figure.numerator is not None,
        )
        if named(name)[0].shape is Shape.SHARE:
            yield f"{name} of", row_of(among, kinds), figure.denominator is not None
            assert figure.value is None or None not in (figure.numerator, figure.denominator)


def shown_rows(
    asks: Asks, kinds: Sequence[Kind], figures: Mapping[Key, Amounts], hide: frozenset[Whom]
) -> list[list[Fraction]]:
    """All that anybody sees, as sums over kinds."""
    return [row for _, row, seen in _rows(asks, kinds, figures, hide) if seen]


def found_out(asks: Asks, kinds: Sequence[Kind], figures: Mapping[Key, Amounts], hide: frozenset[Whom]) -> list[str]:
    """The hidden counts that can be made of those that are shown."""
    known = shown_rows(asks, kinds, figures, hide)
    rows = _rows(asks, kinds, figures, hide)
    return [name for name, row, seen in rows if not seen and makes(known, row)]


def makes(known: Sequence[list[Fraction]], row: list[Fraction]) -> bool:
    """Whether a count can be made of those that are known."""
    return rank([*known, row]) == rank(list(known))
