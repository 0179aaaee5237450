"""The closure of a school: what qualifies, and whether advice was asked for in time."""

import pytest

from statute.closure import closure
from statute.errors import FactError
from tests.statute.saying import day


@pytest.mark.parametrize(
    ("closed", "reopens", "asked", "qualifies", "in_window", "confirm"),
    [
        ("2025-07-23", "2025-09-02", "2025-07-30", True, True, False),
        ("2025-07-23", "2025-09-02", "2025-07-16", True, True, True),  # the first day of the window
        ("2025-07-23", "2025-09-02", "2025-07-15", True, False, True),
        ("2025-07-23", "2025-09-02", "2025-07-19", True, True, True),  # three days in
        ("2025-07-23", "2025-09-02", "2025-07-20", True, True, False),
        ("2025-07-23", "2025-09-02", "2025-08-26", True, True, True),  # the last day of the window
        ("2025-07-23", "2025-09-02", "2025-08-27", True, False, True),
        ("2025-07-23", "2025-09-02", "2025-10-01", True, False, False),
        ("2025-07-21", "2025-08-18", "2025-07-25", True, True, False),  # exactly 28 days
        ("2025-07-21", "2025-08-17", "2025-07-25", False, False, False),  # 27 days
        ("2024-12-21", "2025-01-06", "2024-12-20", False, False, False),  # Christmas never qualifies
    ],
)
def test_the_ground_needs_four_weeks_and_advice_asked_for_around_them(
    closed: str, reopens: str, asked: str, qualifies: bool, in_window: bool, confirm: bool
) -> None:
    found = closure(day(closed), day(reopens), day(asked))
    assert (found.qualifies, found.in_window, found.needs_confirmation) == (qualifies, in_window, confirm)
    assert found.available is (qualifies and in_window)


def test_a_school_cannot_reopen_before_it_closed() -> None:
    with pytest.raises(FactError, match="not after its first closed day"):
        closure(day("2025-09-02"), day("2025-07-23"), day("2025-07-20"))
