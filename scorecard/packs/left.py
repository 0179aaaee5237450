"""What anybody can work out from several measures of the same cases, though none shows it: it is protected too."""

from collections.abc import Mapping, Sequence

from scorecard.measure import Measure
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.linked import Linked, Whom, cells_of
from scorecard.suppression import Relation

APART: Sequence[Sequence[str]] = (
    ("advice_on_time", "advice_not_returned"),
    ("reviews_met_2025", "reviews_not_met_2025"),
    ("reviews_outstanding_2025", "reviews_not_due_2025"),
)
"""Measures of one denominator that count none twice, and not all: what is left of it is in none of them."""

OVERLAPPING: Sequence[tuple[str, str, str]] = (
    ("plans_without_advice", "plans_without_health", "plans_without_social_care"),
)
"""A measure that counts who is in the second or the third: so who is in one of them alone, and who is in both."""


def add_what_is_left(found: Linked, measures: Sequence[Measure], figures: Mapping[Key, Amounts]) -> None:
    """Count it from now on, with what it hangs together with."""
    by_id = {each.id: each for each in measures}
    for group in APART:
        for part in _parts(group, by_id, figures):
            _rest(found, [by_id[each] for each in group], part)
    for group in OVERLAPPING:
        for part in _parts(group, by_id, figures):
            _both(found, *(cells_of(by_id[each], part)[0] for each in group))


def _parts(group: Sequence[str], by_id: Mapping[str, Measure], figures: Mapping[Key, Amounts]) -> list[str]:
    """The parts of which there is a figure of each measure of the group, that of all together among them."""
    first, *others = group
    there = [part for of, part in figures if of == first and first in by_id]
    return [part for part in there if all(each in by_id and (each, part) in figures for each in others)]


def _rest(found: Linked, group: Sequence[Measure], part: str) -> None:
    whole = cells_of(group[0], part)[1]
    counted = tuple(cells_of(each, part)[0] for each in group)
    if whole is None or not {whole, *counted} <= found.counts.keys():
        return
    left = found.counts[whole] - sum(found.counts[each] for each in counted)
    if left >= 0:
        rest = Whom(whole.population, whole.conditions, whole.parts, whole.part, (whole, *counted))
        found.counts[rest] = left
        found.relations.append(Relation(whole, (*counted, rest)))


def _both(found: Linked, either: Whom, one: Whom, other: Whom) -> None:
    if not {either, one, other} <= found.counts.keys():
        return
    alone = found.less(either, other)
    found.less(either, one)
    if alone is not None:
        found.less(one, alone)
