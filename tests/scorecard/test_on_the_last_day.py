"""What is due on the last day of a month is missed once that day is over, and not on the day itself."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from scorecard.card import card
from scorecard.measures import measure
from scorecard.period import Period, month_of
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen
from scorecard.spans import period_of
from scorecard.trend import trends
from tests.casework.support import NOW, OFFICER, Council
from tests.scorecard.worked import Made, Received, council_with
from tests.support.database import Cluster

LAST = date(2026, 10, 31)
DAY_BEFORE, DAY_AFTER = date(2026, 10, 30), date(2026, 11, 1)
DUE = ("due_in_time", "advice_on_time", "reviews_actioned", "transfers_named")
CASES = {
    # 13 June and 140 days; 19 September and 42.
    "UNPLANNED": Received("2026-06-13", ["decision_to_assess+40"]),
    "UNANSWERED": Received("2026-07-01", ["decision_to_assess+40", "advice_requested:health=2026-09-19"]),
}
PLANS = {
    # 8 August and 84 days.
    "MET": Made(["plan_made=2024-06-01"], ["review_meeting=2026-08-08"]),
    # Five months before the move.
    "MOVES": Made(["plan_made=2024-06-01", "phase_transfer:post16_move=2027-04-01"]),
}


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), CASES, PLANS) as council:
        yield council


def due(council: Council, today: date) -> dict[str, int | None]:
    """How many fell due in October so far, by the scorecard of today."""
    shown = card(council.db, LAST, today, Decimal(10), measures=[measure(name) for name in DUE])
    return {each.measure.id: each.figure and each.figure.denominator for each in shown.lines}


@pytest.mark.parametrize("today", [DAY_BEFORE, LAST])
def test_nothing_is_missed_before_the_day_is_over(house: Council, today: date) -> None:
    assert set(due(house, today).values()) == {0}


def test_the_day_after_what_was_not_done_is_missed(house: Council) -> None:
    assert due(house, DAY_AFTER) == dict.fromkeys(DUE, 1)


def test_a_frozen_month_and_a_trend_know_that_the_month_is_over(house: Council) -> None:
    freeze(house.db, LAST, OFFICER, NOW)
    told = frozen(house.db, LAST)
    assert told is not None
    found = {each.measure_id: each.denominator for each in told.figures if each.measure_id in DUE and not each.part}
    assert found == due(house, DAY_AFTER)
    (trend,) = trends(house.db, [measure("due_in_time")], LAST, months=1)
    assert [each and each.denominator for each in trend.figures] == [1]


@pytest.mark.parametrize(("today", "over"), [(DAY_BEFORE, False), (LAST, False), (DAY_AFTER, True), (None, True)])
@pytest.mark.parametrize("name", ["due_in_time", "transfers_named", "still_late"])
def test_a_month_is_over_when_its_last_day_is(name: str, today: date | None, over: bool) -> None:
    assert period_of(measure(name), LAST, today).over is over


def test_a_month_by_itself_is_one_that_is_over() -> None:
    assert month_of(LAST) == Period(date(2026, 10, 1), LAST, LAST, over=True)
