"""A year so far in packs: each month of it holds those before, so that two of them differ by what one month added."""

from dataclasses import replace

import pytest

from scorecard.measure import Measure, Span
from scorecard.packs.amounts import is_added_up
from tests.casework.support import Council
from tests.scorecard.packs.test_packs import BOARD, entry, made, read
from tests.scorecard.test_snapshots import IN_TIME, planned


@pytest.fixture
def two_plans(council: Council) -> Council:
    """May 2026 with one plan in time and one late."""
    planned(council, "2026-01-05", "2026-05-25")
    planned(council, "2026-01-04", "2026-05-25")
    return council


@pytest.mark.parametrize("measure", [replace(IN_TIME, span=Span.YEAR), replace(IN_TIME, rolling=True)])
def test_in_public_a_year_so_far_is_not_shown_month_by_month(two_plans: Council, measure: Measure) -> None:
    """No hidden count here: what is taken away is what two months differ by."""
    asked = replace(BOARD, below=1)
    assert entry(made(two_plans, asked, (measure,)), "in_time").trend is not None
    public = entry(made(two_plans, replace(asked, public=True), (measure,)), "in_time")
    assert (read(public), public.trend) == (("50.0%", "1 of 2"), None)


def test_twelve_months_back_are_not_added_up() -> None:
    assert is_added_up(IN_TIME)
    assert not is_added_up(replace(IN_TIME, rolling=True))
