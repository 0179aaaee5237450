"""Operational measures of assessments at the border of each, worked by hand. References say what each case is.

Requests of Monday 1 June 2026 have their twenty weeks on Monday 19 October; the month is October, looked at on its last
day unless it is said otherwise.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.figures import figures
from scorecard.measure import Figure
from scorecard.measures import measure
from scorecard.period import Period, month_of
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen
from tests.casework.support import NOW, OFFICER, Council
from tests.scorecard.worked import Received, council_with, names
from tests.support.database import Cluster

JUNE = "2026-06-01"
AGREED = "decision_to_assess+40"
RELIEF = "relief=2026-08-03;ground=personal;from=2026-08-03;to=2026-08-14;approver=h.service"
DAY_OF, DAY_AFTER = (
    f"relief=2026-10-{day};ground=personal;from=2026-09-01;to=2026-09-10;approver=m.east" for day in (20, 21)
)
OCTOBER = month_of(date(2026, 10, 1))
CASES = {
    "DAY-140": Received(JUNE, [AGREED, "final_plan_sent+140"]),
    "DAY-141": Received(JUNE, [AGREED, "final_plan_sent+141"]),
    "STILL-OPEN": Received(JUNE, [AGREED]),
    "EXCEPTED-LATE": Received(JUNE, [AGREED, RELIEF, "final_plan_sent+141"]),
    "EXCEPTED-THAT-DAY": Received("2026-06-02", [AGREED, DAY_OF, "final_plan_sent=2026-10-28"]),
    "EXCEPTED-AFTERWARDS": Received("2026-06-02", [AGREED, DAY_AFTER, "final_plan_sent=2026-10-28"]),
    "NO-PLAN-140": Received(JUNE, [AGREED, "decision_not_to_issue+140"]),
    "NO-PLAN-141": Received(JUNE, [AGREED, "decision_not_to_issue+141"]),
    "REFUSED": Received(JUNE, ["decision_not_to_assess+42"]),
    "REFUSED-CHANGED": Received(JUNE, ["decision_not_to_assess+30", "refusal_changed=2026-10-05;why=tribunal_order"]),
    "WITHDRAWN-42": Received("2026-09-01", ["withdrawn+42"]),
    "WITHDRAWN-43": Received("2026-09-01", ["withdrawn+43"]),
    "FIRST-OF-MONTH": Received("2026-05-14", [AGREED, "final_plan_sent=2026-09-28"]),
    "LAST-OF-MONTH": Received("2026-06-13", [AGREED]),
    "BEFORE-THE-MONTH": Received("2026-05-13", [AGREED]),
    "AFTER-THE-MONTH": Received("2026-06-14", [AGREED]),
    "A-YEAR": Received("2025-11-01", [AGREED]),
    "OVER-A-YEAR": Received("2025-10-31", [AGREED]),
    "IN-ERROR": Received(JUNE, ["opened_in_error=2026-06-20"]),
}
IN_TIME = "DAY-140, FIRST-OF-MONTH"
MISSED = "DAY-141, STILL-OPEN, NO-PLAN-141, LAST-OF-MONTH"
EXCEPTED = "EXCEPTED-LATE, EXCEPTED-THAT-DAY, EXCEPTED-AFTERWARDS"


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), CASES, {}) as council:
        yield council


def cases(council: Council, name: str, period: Period = OCTOBER, side: Side = Side.COUNTED) -> set[str]:
    found = behind(council.db, measure(name), period, OFFICER, side, page=None).cases
    return {each.case_ref for each in found}


def one(council: Council, name: str, period: Period = OCTOBER) -> dict[str, Figure]:
    (found,) = figures(council.db, [measure(name)], [period])
    return {each.part: each for each in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("due_in_time", IN_TIME),
        ("due_in_time_ex", IN_TIME),
        ("went_late", MISSED),
        ("late_plans_issued", "DAY-141"),
        ("still_late", "STILL-OPEN, BEFORE-THE-MONTH, A-YEAR, OVER-A-YEAR"),
        ("open_over_a_year", "OVER-A-YEAR"),
        ("refusals_overturned", "REFUSED-CHANGED"),
        ("withdrawals_after_six_weeks", "WITHDRAWN-43"),
        ("exceptions_after_the_day", "EXCEPTED-AFTERWARDS"),
        ("plans_with_exception", EXCEPTED),
    ],
)
def test_who_is_counted(house: Council, name: str, expected: str) -> None:
    assert cases(house, name) == names(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("due_in_time", f"{IN_TIME}, {MISSED}, {EXCEPTED}"),
        ("due_in_time_ex", f"{IN_TIME}, {MISSED}"),
        ("withdrawals_after_six_weeks", "WITHDRAWN-42, WITHDRAWN-43"),
    ],
)
def test_of_whom(house: Council, name: str, expected: str) -> None:
    assert cases(house, name, side=Side.AMONG) == names(expected)


def test_whoever_is_left_out_of_the_cohort_is_told_with_the_reason(house: Council) -> None:
    found = behind(house.db, measure("due_in_time"), OCTOBER, OFFICER, Side.LEFT_OUT, page=None).cases
    assert {each.case_ref: each.why.split(":")[0] for each in found} == {
        "NO-PLAN-140": "ended before the day, without a plan",
        "REFUSED": "ended before the day, without a plan",
        "REFUSED-CHANGED": "refused, and that was changed by an agreement, a notice or an order",
    }


def test_what_is_due_today_is_neither_done_nor_missed_until_the_month_is_over(house: Council) -> None:
    today = date(2026, 10, 19)
    so_far = Period(OCTOBER.first, today, today, over=False)
    assert cases(house, "due_in_time", so_far, Side.AMONG) == {"FIRST-OF-MONTH"}
    day_after = Period(OCTOBER.first, date(2026, 10, 20), date(2026, 10, 20), over=False)
    assert "STILL-OPEN" in cases(house, "due_in_time", day_after, Side.NOT_COUNTED)


def test_decisions_of_the_month_that_were_refusals(house: Council) -> None:
    july = month_of(date(2026, 7, 1))
    assert cases(house, "refusals_to_assess", july) == {"REFUSED", "REFUSED-CHANGED"}
    assert len(cases(house, "refusals_to_assess", july, Side.AMONG)) > 6


def test_the_open_by_the_weeks_since_the_request(house: Council) -> None:
    day = Period(OCTOBER.last, OCTOBER.last, OCTOBER.last)
    bands = {part: each.numerator for part, each in one(house, "open_assessments", day).items()}
    assert list(bands) == ["", "17 to 20 weeks", "21 to 52 weeks", "over 52 weeks"]
    assert bands["17 to 20 weeks"] == 2  # LAST-OF-MONTH on day 140, AFTER-THE-MONTH on day 139
    assert bands["over 52 weeks"] == 1
    assert sum(number or 0 for part, number in bands.items() if part) == bands[""]


def test_the_longest_wait_is_in_weeks_and_none_before_the_first_case(house: Council) -> None:
    day = Period(OCTOBER.last, OCTOBER.last, OCTOBER.last)
    assert str(one(house, "longest_wait", day)[""].value) == "52.1"  # 365 days
    long_ago = Period(date(2020, 1, 1), date(2020, 1, 31), date(2020, 1, 31))
    assert one(house, "longest_wait", long_ago) == {}  # before the first case


def test_ages_stand_in_the_order_of_life(house: Council) -> None:
    day = Period(OCTOBER.last, OCTOBER.last, OCTOBER.last)
    assert list(one(house, "open_by_age", day)) == ["", "11 to 15 years"]  # born on 5 May 2015
    birthday = Period(date(2026, 5, 4), date(2026, 5, 4), date(2026, 5, 4))
    assert list(one(house, "open_by_age", birthday)) == ["", "5 to 10 years"]


def test_exceptions_by_ground_and_approver_are_counted_once_whatever_they_lift(house: Council) -> None:
    months = Period(date(2026, 8, 1), OCTOBER.last, OCTOBER.last)
    ground = {part: each.numerator for part, each in one(house, "exceptions", months).items()}
    assert ground == {"": 3, "exceptional personal circumstances": 3}
    approver = {part: each.numerator for part, each in one(house, "exceptions_by_approver", months).items()}
    assert approver == {"": 3, "h.service": 1, "m.east": 2}


def test_figures_by_officer_are_never_frozen(house: Council) -> None:
    freeze(house.db, OCTOBER.last, OFFICER, NOW)
    told = frozen(house.db, OCTOBER.last)
    assert told is not None
    ids = {each.measure_id for each in told.figures}
    assert {"due_in_time", "exceptions", "cases_without_officer"} <= ids
    assert not {"caseload", "exceptions_by_approver"} & ids
