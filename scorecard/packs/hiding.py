"""What a version of a pack may show: everything, or, in public, no small number and nothing that gives one away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.measure import Measure, Shape
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.left import add_what_is_left
from scorecard.packs.linked import Whom, cells_of, linked
from scorecard.suppression import hidden


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a pack shows it: what is `hides`-marked is not in it at all."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None
    hides: bool = False
    hides_denominator: bool = False


def everything(amounts: Amounts) -> Shown:
    """A figure with nothing hidden."""
    return Shown(amounts.numerator, amounts.denominator, amounts.value)


def hidden_of(measures: Sequence[Measure], figures: Mapping[Key, Amounts], below: int) -> frozenset[Whom]:
    """The counts of one month that the public must not see."""
    found = linked(measures, figures)
    add_what_is_left(found, measures, figures)
    return hidden(found.counts, found.relations, below, {whom for whom in found.counts if whom.rest})


def in_public(measure: Measure, part: str, amounts: Amounts, hide: Iterable[frozenset[Whom]]) -> Shown:
    """A figure without what is hidden in any of the months that it is made of.

    The value goes with either of its counts: whoever knows one count and the share knows the other. Of months added up
    the sum is hidden with any of them, since the others are told in packs of their own. The greatest of something is
    always one child's, and never shown.
    """
    numerator, denominator = cells_of(measure, part)
    hides, hides_of = (any(whom in each for each in hide) for whom in (numerator, denominator))
    alone = measure.shape is Shape.MAX and amounts.value is not None
    return Shown(
        None if hides else amounts.numerator,
        None if hides_of else amounts.denominator,
        None if hides or hides_of or alone else amounts.value,
        hides or hides_of or alone,
        hides_of,
    )
