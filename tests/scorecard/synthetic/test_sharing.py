"""Whole numbers are shared out exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scorecard.synthetic.sharing import shared


@given(some.lists(some.tuples(some.integers(0, 50), some.floats(0, 10)), min_size=1, max_size=8), some.data())
def test_the_parts_sum_to_the_total_and_none_is_over_its_most(
    parts: list[tuple[int, float]], data: some.DataObject
) -> None:
    most = [each for each, _ in parts]
    total = data.draw(some.integers(0, sum(most)))
    found = shared(total, [weight for _, weight in parts], most)
    assert sum(found) == total
    assert all(0 <= part <= cap for part, cap in zip(found, most, strict=True))


def test_parts_follow_their_weights() -> None:
    assert shared(10, [3, 1, 1]) == [6, 2, 2]


def test_more_than_all_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        shared(5, [1, 1], [2, 2])
