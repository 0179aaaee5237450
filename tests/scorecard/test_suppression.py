"""Small numbers: nothing that is hidden can be worked out from what is shown."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.suppression import Relation, hidden

OF = Relation("of", ("counted", "rest"))


def test_a_small_count_is_hidden_and_nought_is_not() -> None:
    assert hidden({"one": 1, "four": 4, "five": 5, "nought": 0}, []) == {"one", "four"}
    assert hidden({"one": 1, "nine": 9, "ten": 10}, [], below=10) == {"one", "nine"}


def test_a_numerator_is_hidden_where_the_denominator_would_give_the_few_that_are_left() -> None:
    """28 of 30: the two who were not in time are as few as two who were."""
    assert hidden({"of": 30, "counted": 28, "rest": 2}, [OF], unshown={"rest"}) == {"counted"}


def test_a_denominator_may_be_shown_beside_a_hidden_numerator() -> None:
    assert hidden({"of": 20, "counted": 3, "rest": 17}, [OF], unshown={"rest"}) == {"counted"}


def test_the_smallest_other_part_is_hidden_beside_the_only_small_one() -> None:
    """30 = 3 + 10 + 17: with 30, 10 and 17 shown anybody adds up to 3."""
    parts = {"a": 3, "b": 10, "c": 17}
    assert hidden({"all": 30, **parts}, [Relation("all", tuple(parts))]) == {"a", "b"}


def test_two_small_parts_hide_each_other() -> None:
    parts = {"a": 3, "b": 4, "c": 17}
    assert hidden({"all": 24, **parts}, [Relation("all", tuple(parts))]) == {"a", "b"}


def test_a_part_of_nought_does_not_hide_anything() -> None:
    """20 = 3 + 17 + 0: hiding the nought would leave 3."""
    parts = {"a": 3, "b": 17, "c": 0}
    assert hidden({"all": 20, **parts}, [Relation("all", tuple(parts))]) == {"a", "b"}


def test_what_is_hidden_in_one_sum_is_hidden_in_every_other() -> None:
    """30 = 3 + 10 + 17 hides the ten, and 10 = 4 + 6 the four: with the six beside it neither comes back."""
    counts = {"all": 30, "a": 3, "b": 10, "c": 17, "late": 4, "in time": 6}
    sums = [Relation("all", ("a", "b", "c")), Relation("b", ("late", "in time"))]
    assert hidden(counts, sums) == {"a", "b", "late"}


def test_sums_taken_from_each_other_tell_nothing() -> None:
    """Rows and columns: each hidden cell has company in its row and in its column."""
    counts, sums = cross([[3, 20, 30], [20, 40, 50], [30, 50, 60]])
    found = hidden(counts, sums)
    assert (0, 0) in found
    assert attack(counts, sums, found) == set()


def cross(rows: Sequence[Sequence[int]]) -> tuple[dict[object, int], list[Relation[object]]]:
    """A table with its margins: sums of rows, of columns, and of all."""
    cells: dict[object, int] = {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}
    wide = range(len(rows[0]))
    margins: dict[object, int] = {f"row {i}": sum(row) for i, row in enumerate(rows)}
    margins |= {f"column {j}": sum(row[j] for row in rows) for j in wide}
    sums: list[Relation[object]] = [Relation(f"row {i}", tuple((i, j) for j in wide)) for i in range(len(rows))]
    sums += [Relation(f"column {j}", tuple((i, j) for i in range(len(rows)))) for j in wide]
    sums += [Relation("all", tuple(f"row {i}" for i in range(len(rows))))]
    sums += [Relation("all", tuple(f"column {j}" for j in wide))]
    return {**cells, **margins, "all": sum(map(sum, rows))}, sums


def attack(counts: Mapping[object, int], sums: Sequence[Relation[object]], found: frozenset[object]) -> set[object]:
    """The hidden cells that have one value left: by any combination of the sums, and by bounds.

    The attacker works otherwise than the defence: a cell is known when no way to change it keeps every sum, so when
    adding its own axis to the sums does not raise their rank; and bounds are drawn over whole numbers.
    """
    order = sorted(found, key=repr)
    rows = [_row(order, each) for each in sums]
    before = rank(rows)
    known = {cell for cell in order if rank([*rows, [Fraction(cell == each) for each in order]]) == before}
    return known | _bounded(counts, sums, found)


def _row(order: Sequence[object], each: Relation[object]) -> list[Fraction]:
    return [Fraction((cell in each.parts) - (cell == each.whole)) for cell in order]


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    left, rank = [list(row) for row in rows if any(row)], 0
    while left:
        row = left.pop()
        rank += 1
        at = next(place for place, value in enumerate(row) if value)
        left = [[a - b * other[at] / row[at] for a, b in zip(other, row, strict=True)] for other in left]
        left = [each for each in left if any(each)]
    return rank


def _bounded(counts: Mapping[object, int], sums: Sequence[Relation[object]], found: frozenset[object]) -> set[object]:
    """Hidden cells are from one up to whatever a sum leaves them: they are hidden, so they are not nought."""
    most = 1 + sum(counts.values())
    low = {cell: 1 if cell in found else count for cell, count in counts.items()}
    high = {cell: most if cell in found else count for cell, count in counts.items()}
    for _ in range(40):
        for each in sums:
            low[each.whole] = max(low[each.whole], sum(low[part] for part in each.parts))
            high[each.whole] = min(high[each.whole], sum(high[part] for part in each.parts))
            for part in each.parts:
                others = [other for other in each.parts if other != part]
                high[part] = min(high[part], high[each.whole] - sum(low[other] for other in others))
                low[part] = max(low[part], low[each.whole] - sum(high[other] for other in others))
    return {cell for cell in found if low[cell] == high[cell]}


COUNT = st.one_of(st.integers(0, 8), st.integers(0, 60))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(COUNT, min_size=wide, max_size=wide), min_size=1, max_size=5)
    )
)
def test_nobody_works_out_a_hidden_cell_of_any_table(rows: list[list[int]]) -> None:
    counts, sums = cross(rows)
    found = hidden(counts, sums)
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= found
    assert attack(counts, sums, found) == set()


@settings(max_examples=60, deadline=None)
@given(st.recursive(COUNT, lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=14))
def test_nobody_works_out_a_hidden_cell_of_any_tree(tree: object) -> None:
    """Wholes of parts of parts, as a total of services of providers."""
    counts: dict[object, int] = {}
    sums: list[Relation[object]] = []

    def add(name: str, node: object) -> int:
        if not isinstance(node, list):
            counts[name] = int(str(node))
            return counts[name]
        parts = [f"{name}.{place}" for place in range(len(node))]
        counts[name] = sum(add(part, each) for part, each in zip(parts, node, strict=True))
        sums.append(Relation(name, tuple(parts)))
        return counts[name]

    add("all", tree)
    found = hidden(counts, sums)
    assert attack(counts, sums, found) == set()
