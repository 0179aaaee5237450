"""Reviews that are none of the authority's: before the plan came, and of a review that was opened in error.

References say what each plan is. A plan that was transferred on Monday 5 October 2026 was another authority's on 4
October.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import Period, month_of, year_of
from tests.casework.support import OFFICER, Council
from tests.scorecard.worked import Made, council_with
from tests.support.database import Cluster

MADE, CAME = "plan_made=2022-06-01", "transferred_in=2026-10-05"
MET = "review_meeting=2026-09-01"
PLANS = {
    "OURS": Made([MADE, "last_review=2026-09-10;meeting=2026-09-01"]),
    "MOVED-IN": Made([MADE, "last_review=2026-09-10;meeting=2026-09-01", CAME]),
    "MOVED-IN-THAT-DAY": Made([MADE, "last_review=2026-10-05;meeting=2026-09-10", CAME]),
    "MOVED-THEN-DECIDED": Made(
        [MADE, "last_review=2026-01-12;meeting=2025-12-15", CAME],
        ["review_meeting=2026-10-12", "decision_maintain=2026-10-26"],
    ),
    "MOVES-TO-SCHOOL": Made([MADE, CAME, "phase_transfer:school=2026-09-01"]),
    "IN-ERROR": Made([MADE], [MET, "decision_maintain=2026-09-20", "opened_in_error=2026-10-01"]),
    "PLAN-IN-ERROR": Made(
        [MADE],
        [MET, "amendment_notice_sent=2026-09-20", "amended_plan_sent=2026-09-22", "opened_in_error=2026-10-01"],
    ),
}
BEFORE, SINCE = date(2026, 10, 4), date(2026, 10, 5)
THE_FIRST = {"OURS", "IN-ERROR", "PLAN-IN-ERROR"}


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), {}, PLANS) as council:
        yield council


def plans(council: Council, name: str, period: Period, side: Side = Side.COUNTED) -> set[str]:
    found = behind(council.db, measure(name), period, OFFICER, side, page=None).cases
    return {each.case_ref.partition("/")[0] for each in found}


def on(day: date) -> Period:
    return Period(date(day.year, 1, 1), day, day)


@pytest.mark.parametrize("name", ["plans_held", "cases_without_officer", "reviews_expected"])
def test_a_plan_is_held_from_the_day_on_which_it_came(house: Council, name: str) -> None:
    side = Side.AMONG if name == "cases_without_officer" else Side.COUNTED
    assert plans(house, name, on(BEFORE), side) == THE_FIRST
    assert plans(house, name, on(SINCE), side) == set(PLANS)


def test_a_decision_of_another_authority_is_no_decision_of_this_one(house: Council) -> None:
    assert plans(house, "review_decisions_four_weeks", month_of(date(2026, 9, 1))) == {"OURS"}
    found = plans(house, "review_decisions_four_weeks", year_of(2026), Side.AMONG)
    assert found == {"OURS", "MOVED-THEN-DECIDED"}


def test_the_department_s_last_review_of_a_plan_may_be_another_authority_s(house: Council) -> None:
    assert {"OURS", "MOVED-IN", "MOVED-THEN-DECIDED"} <= plans(house, "reviews_completed", on(date(2026, 10, 31)))


def test_a_move_that_was_another_authority_s_to_name_is_not_missed_by_this_one(house: Council) -> None:
    assert plans(house, "transfers_named", on(date(2026, 10, 31)), Side.AMONG) == set()


@pytest.mark.parametrize("name", ["reviews_completed", "reviews_four_weeks", "reviews_actioned"])
def test_a_review_that_was_opened_in_error_counts_nowhere(house: Council, name: str) -> None:
    assert {"IN-ERROR", "PLAN-IN-ERROR"}.isdisjoint(plans(house, name, on(date(2026, 11, 30))))


def test_nor_is_its_decision_counted_as_the_next_one_tells_it(house: Council) -> None:
    found = plans(house, "review_decisions_four_weeks", year_of(2026), Side.AMONG)
    assert {"IN-ERROR", "PLAN-IN-ERROR"}.isdisjoint(found)
    assert {"IN-ERROR", "PLAN-IN-ERROR"} <= plans(house, "reviews_not_completed", on(date(2026, 11, 30)))
