"""How the counts of a month hang together: what can be added up from what, and so what gives what away.

A count is known by whom it is of: the population, and the conditions on it. So the plans issued are one count,
whichever measure has them as its figure or its denominator; and of two counts of which one has all the conditions of
the other and more, the difference is a count too, though no measure shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from scorecard.measure import Measure, Shape, Span
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.wholes import PARTITIONS, SUMS
from scorecard.suppression import Relation


@dataclass(frozen=True, slots=True)
class Whom:
    """Of whom a count is: every condition in the population that they meet, and the part. `rest` names what a
    difference is of, which no measure shows."""

    population: str
    conditions: frozenset[str]
    parts: str = ""
    part: str = ""
    rest: tuple["Whom", ...] = ()


@dataclass(slots=True)
class Linked:
    """The counts of a month and how they hang together."""

    counts: dict[Whom, int] = field(default_factory=dict[Whom, int])
    relations: list[Relation[Whom]] = field(default_factory=list[Relation[Whom]])

    def relate(self, whole: Whom, parts: Iterable[Whom]) -> None:
        """One is the sum of others, where all are counted."""
        known = tuple(parts)
        if all(each in self.counts for each in (whole, *known)):
            self.relations.append(Relation(whole, known))

    def less(self, whole: Whom, part: Whom) -> Whom | None:
        """What is left of one without the other, counted from now on; None where that is below nought."""
        left = Whom(whole.population, whole.conditions, whole.parts, whole.part, (whole, part))
        if self.counts[whole] < self.counts[part]:
            return None
        if left not in self.counts:
            self.counts[left] = self.counts[whole] - self.counts[part]
            self.relations.append(Relation(whole, (part, left)))
        return left


def linked(measures: Sequence[Measure], figures: Mapping[Key, Amounts]) -> Linked:
    """The counts of all figures, and what hangs together."""
    found, by_id = Linked(), {each.id: each for each in measures}
    for (of, part), amounts in figures.items():
        numerator, denominator = cells_of(by_id[of], part)
        for whom, count in ((numerator, numerator_of(by_id[of], amounts)), (denominator, amounts.denominator)):
            if whom and count is not None:
                found.counts[whom] = count
    shown = list(found.counts)
    _parts(found, shown)
    _nested(found, shown)
    _excepted(found, [each for each in measures if each.shape is Shape.SHARE], figures)
    for group in PARTITIONS:
        _partition(found, [by_id[each] for each in group if each in by_id], figures)
    for whole, parts in SUMS:
        if {whole, *parts} <= figures.keys():
            cells = [cells_of(by_id[of], part)[0] for of, part in (whole, *parts)]
            found.relate(cells[0], cells[1:])
    _same_days(found, shown)
    return found


def numerator_of(measure: Measure, amounts: Amounts) -> int | None:
    """What was counted; of a figure that is fed as one whole number, that number."""
    if amounts.numerator is None and measure.shape is Shape.FED and amounts.value is not None:
        whole = amounts.value == amounts.value.to_integral_value() and not measure.unit
        return abs(int(amounts.value)) if whole else None
    return amounts.numerator


def cells_of(measure: Measure, part: str) -> tuple[Whom, Whom | None]:
    """Of whom the numerator of a measure is, and its denominator; None where it has none."""
    parts = measure.parts if part else ""
    if measure.shape is Shape.FED:
        parts = "fed" if part else ""
        counted, among = frozenset({"counted"}), frozenset[str]()
        return Whom(measure.id, counted, parts, part), Whom(measure.id, among, parts, part)
    population = f"{measure.population}/{measure.span}"
    among = _conditions(measure.among)
    whom = Whom(population, among | _conditions(measure.counted), parts, part)
    return whom, Whom(population, among, parts, part) if measure.shape is Shape.SHARE else None


def _conditions(where: str) -> frozenset[str]:
    return frozenset(each.strip() for each in where.split(" AND ")) - {"TRUE"}


def _parts(found: Linked, shown: Sequence[Whom]) -> None:
    """A count is the sum of those of its parts."""
    of: dict[tuple[Whom, str], list[Whom]] = defaultdict(list)
    for each in shown:
        if each.parts:
            of[Whom(each.population, each.conditions), each.parts].append(each)
    for (whole, _), parts in of.items():
        found.relate(whole, parts)


def _nested(found: Linked, shown: Sequence[Whom]) -> None:
    """Who meets more conditions is among those who meet fewer."""
    alike: dict[tuple[str, str, str], list[Whom]] = defaultdict(list)
    for each in shown:
        alike[each.population, each.parts, each.part].append(each)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if one.conditions < other.conditions:
                found.less(one, other)
            elif other.conditions < one.conditions:
                found.less(other, one)
            _complements(found, group, one, other)


def _same_days(found: Linked, shown: Sequence[Whom]) -> None:
    """A year so far with as many as the months shown, in January and whenever it is all of them, is told by these."""
    for each in shown:
        month = replace(each, population=each.population.replace(f"/{Span.YEAR}", f"/{Span.MONTH}"))
        if month != each and found.counts.get(month) == found.counts[each]:
            found.relate(each, [month])


def _complements(found: Linked, group: Sequence[Whom], one: Whom, other: Whom) -> None:
    """Who meets a condition and who does not are together those of whom it is not asked."""
    apart = one.conditions ^ other.conditions
    if len(apart) == 2 and max(apart, key=len) in _opposites(min(apart, key=len)):
        whole = [each for each in group if each.conditions == one.conditions & other.conditions]
        for each in whole:
            found.relate(each, (one, other))


def _opposites(condition: str) -> tuple[str, str]:
    return f"NOT {condition}", f"{condition.removesuffix(' NULL')} NOT NULL"


def _excepted(found: Linked, shares: Sequence[Measure], figures: Mapping[Key, Amounts]) -> None:
    """The rest of a share among fewer is in the rest of the same share among more: both are worked out by anybody."""
    for one, other in combinations(shares, 2):
        wide, narrow = sorted((one, other), key=lambda each: len(_conditions(each.among)))
        if (wide.population, wide.span, wide.counted) != (narrow.population, narrow.span, narrow.counted):
            continue
        if not _conditions(wide.among) < _conditions(narrow.among):
            continue
        for part in {part for of, part in figures if of == wide.id} & {part for of, part in figures if of == narrow.id}:
            if part and wide.parts != narrow.parts:
                continue
            _less_rests(found, wide, narrow, part)


def _less_rests(found: Linked, wide: Measure, narrow: Measure, part: str) -> None:
    rests = [_rest(found, measure, part) for measure in (wide, narrow)]
    if rests[0] and rests[1]:
        found.less(rests[0], rests[1])


def _rest(found: Linked, measure: Measure, part: str) -> Whom | None:
    numerator, denominator = cells_of(measure, part)
    if denominator is None or numerator == denominator or not {numerator, denominator} <= found.counts.keys():
        return None
    return found.less(denominator, numerator)


def _partition(found: Linked, group: Sequence[Measure], figures: Mapping[Key, Amounts]) -> None:
    for part in {part for of, part in figures if group and of == group[0].id}:
        cells = [cells_of(each, part) for each in group]
        whole = cells[0][1]
        if whole is not None and all((each.id, part) in figures for each in group):
            found.relate(whole, [numerator for numerator, _ in cells])
