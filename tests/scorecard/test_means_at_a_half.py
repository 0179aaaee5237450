"""A mean that lies exactly between two tenths is rounded up, as the department prints it, though sevenths have no end."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from scorecard.as_published import as_published
from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure
from tests.scorecard.worked import Received, council_with
from tests.support.database import Cluster

# 401 weeks for twenty plans: 20.05 weeks each.
DAYS = (*[140] * 12, 133, *[142] * 7)


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    cases = {f"PLAN-{number}": Received("2025-01-06", [f"final_plan_sent+{days}"]) for number, days in enumerate(DAYS)}
    with council_with(cluster, tmp_path_factory.mktemp("year"), cases, {}) as council:
        yield council


def test_the_mean_is_rounded_half_up(year: Council) -> None:
    assert Decimal(sum(DAYS)) / 7 / len(DAYS) == Decimal("20.05")
    assert one_figure(year, measure("weeks_to_plan"), year_of(2025)).value == Decimal("20.1")


def test_the_department_s_column_says_the_same(year: Council) -> None:
    assert (as_published(year.db, 2025).tables["timeliness_20_week"] or {})["avg_weeks_issue_plan"] == 20.1
