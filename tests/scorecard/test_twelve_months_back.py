"""Twelve months back from the end of a February: the day that only one of the two Februaries has is in one of them."""

from collections.abc import Iterator
from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import Period
from tests.casework.support import OFFICER, Council
from tests.scorecard.conftest import one_figure
from tests.scorecard.worked import Made, council_with, names
from tests.support.database import Cluster

MET = ("2023-02-28", "2023-03-01", "2024-02-28", "2024-02-29", "2024-03-01", "2025-08-31", "2025-09-01")
ALIGNED = measure("reviews_aligned")


@pytest.fixture(scope="module")
def years(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    plans = {day: Made(["plan_made=2022-03-01"], [f"review_meeting={day};aligned=looked_after"]) for day in MET}
    with council_with(cluster, tmp_path_factory.mktemp("years"), {}, plans) as council:
        yield council


@pytest.mark.parametrize(
    ("last", "met"),
    [
        ("2024-02-28", "2023-03-01, 2024-02-28"),
        ("2024-02-29", "2023-03-01, 2024-02-28, 2024-02-29"),
        ("2025-02-27", "2024-02-28, 2024-02-29, 2024-03-01"),
        ("2025-02-28", "2024-03-01"),
        ("2026-08-30", "2025-08-31, 2025-09-01"),
        ("2026-08-31", "2025-09-01"),
    ],
)
def test_meetings_of_the_last_twelve_months(years: Council, last: str, met: str) -> None:
    day = date.fromisoformat(last)
    period = Period(day.replace(day=1), day, day)
    found = behind(years.db, ALIGNED, period, OFFICER, Side.COUNTED, page=None).cases
    assert {each.case_ref.partition("/")[0] for each in found} == names(met)
    assert one_figure(years, ALIGNED, period).numerator == len(found)
