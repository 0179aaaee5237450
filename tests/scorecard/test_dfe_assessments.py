"""Requests, decisions, outcomes and plans at the border of each definition, worked by hand.

The year is 2025; the census after it is on Thursday 15 January 2026. References say what each case is.
"""

from collections.abc import Iterator

import pytest

from scorecard.as_published import as_published
from scorecard.behind import Side
from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure
from tests.scorecard.worked import Received, council_with, counted_in, names
from tests.support.database import Cluster

AGREED = "decision_to_assess+30"
EXCEPTION = "relief+120;ground=personal;from=2025-02-10;to=2025-02-20;approver=m.east;limit=reg13_final_plan"
CASES = {
    "DECIDED-42": Received("2025-02-03", ["decision_to_assess+42"]),
    "DECIDED-43": Received("2025-02-03", ["decision_to_assess+43"]),
    "CORRECTED-42": Received("2025-02-03", ["decision_to_assess+43", "corrected:decision_to_assess+42"]),
    "REFUSED": Received("2025-02-03", ["decision_not_to_assess+20"]),
    "BEFORE-CENSUS": Received("2025-12-08", ["decision_to_assess=2026-01-15"]),
    "AFTER-CENSUS": Received("2025-12-08", ["decision_to_assess=2026-01-16"]),
    "LAST-YEAR": Received("2024-12-20", ["decision_to_assess=2025-01-15"]),
    "WITHDRAWN": Received("2025-02-03", ["withdrawn+20"]),
    "WITHDRAWN-LATER": Received("2025-12-08", ["withdrawn=2026-01-16"]),
    "WITHDRAWN-AGREED": Received("2025-02-03", [AGREED, "withdrawn+60"]),
    "MOVED": Received("2025-02-03", ["moved_away+20"]),
    "MOVED-AGREED": Received("2025-02-03", [AGREED, "moved_away+60"]),
    "NO-PLAN-112": Received("2025-02-03", [AGREED, "decision_not_to_issue+112"]),
    "NO-PLAN-113": Received("2025-02-03", [AGREED, "decision_not_to_issue+113"]),
    "PLAN-140": Received("2024-09-02", [AGREED, "final_plan_sent+140"]),
    "PLAN-141": Received("2024-09-02", [AGREED, "final_plan_sent+141"]),
    "PLAN-364": Received("2024-09-02", [AGREED, "final_plan_sent+364"]),
    "PLAN-365": Received("2024-09-02", [AGREED, "final_plan_sent+365"]),
    "PLAN-TWICE": Received("2024-09-02", [AGREED, "final_plan_sent+140", "final_plan_sent+150"]),
    "TO-SETTING": Received("2025-02-03", [AGREED, "final_plan_sent+100;to=setting"]),
    "EXCEPTED-140": Received("2025-02-03", [AGREED, EXCEPTION, "final_plan_sent+140"]),
    "EXCEPTED-200": Received("2025-02-03", [AGREED, EXCEPTION, "final_plan_sent+200"]),
    "NOT-SENT": Received("2025-07-07", [AGREED, "decision_to_issue=2025-12-19", "final_plan_sent=2026-01-05"]),
    "OVERTURNED": Received(
        "2025-01-06", ["decision_not_to_assess+40", "refusal_changed+120;why=tribunal_order", "final_plan_sent+300"]
    ),
    "IN-ERROR": Received("2025-02-03", [AGREED, "opened_in_error+50"]),
}
AGREED_IN_2025 = (
    "DECIDED-42, DECIDED-43, CORRECTED-42, WITHDRAWN-AGREED, MOVED-AGREED, NO-PLAN-112, NO-PLAN-113, TO-SETTING, "
    "EXCEPTED-140, EXCEPTED-200, NOT-SENT"
)
ISSUED = "PLAN-140, PLAN-141, PLAN-364, PLAN-365, PLAN-TWICE, EXCEPTED-140, EXCEPTED-200, OVERTURNED"


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), CASES, {}) as council:
        yield council


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("requests_agreed", f"{AGREED_IN_2025}, BEFORE-CENSUS"),
        # What was decided first stays, whatever the Tribunal ordered.
        ("requests_refused", "REFUSED, OVERTURNED"),
        ("requests_withdrawn", "WITHDRAWN"),
        ("requests_not_decided", "AFTER-CENSUS, WITHDRAWN-LATER, MOVED"),
        # Decisions sent in the year, whenever the request came.
        ("decisions_over_six_weeks", "DECIDED-43"),
        ("decisions_six_weeks", f"{AGREED_IN_2025}, REFUSED, OVERTURNED, LAST-YEAR".replace("DECIDED-43, ", "")),
        ("assessments_issue", f"{ISSUED}, NOT-SENT"),
        ("assessments_no_plan", "NO-PLAN-112, NO-PLAN-113"),
        ("assessments_withdrawn", "WITHDRAWN-AGREED"),
        ("assessments_not_decided", "MOVED-AGREED"),
        ("no_plan_sixteen_weeks", "NO-PLAN-112"),
        ("no_plan_over_sixteen_weeks", "NO-PLAN-113"),
        ("plans_issued", ISSUED),
        ("plans_twenty_weeks", "PLAN-140, PLAN-TWICE, EXCEPTED-140"),
        ("plans_to_a_year", "PLAN-141, PLAN-364, EXCEPTED-200, OVERTURNED"),
        ("plans_over_a_year", "PLAN-365"),
        ("plans_issued_ex", "PLAN-140, PLAN-141, PLAN-364, PLAN-365, PLAN-TWICE, OVERTURNED"),
        ("plans_twenty_weeks_ex", "PLAN-140, PLAN-TWICE"),
        ("plans_to_a_year_ex", "PLAN-141, PLAN-364, OVERTURNED"),
        ("plans_over_a_year_ex", "PLAN-365"),
    ],
)
def test_who_is_counted(year: Council, name: str, expected: str) -> None:
    assert counted_in(year, name, 2025) == names(expected)


def test_an_exception_is_in_neither_part_though_the_plan_was_in_time(year: Council) -> None:
    assert counted_in(year, "plans_twenty_weeks_ex", 2025, Side.NOT_COUNTED) == names(
        "PLAN-141, PLAN-364, PLAN-365, OVERTURNED"
    )
    assert counted_in(year, "plans_twenty_weeks_ex", 2025, Side.LEFT_OUT) == names("EXCEPTED-140, EXCEPTED-200")


def test_what_is_decided_after_the_census_is_counted_in_the_year_of_the_decision(year: Council) -> None:
    assert counted_in(year, "decisions_six_weeks", 2026) == names("BEFORE-CENSUS, AFTER-CENSUS")
    assert counted_in(year, "plans_issued", 2026) == {"NOT-SENT"}


def test_a_case_opened_in_error_is_nowhere(year: Council) -> None:
    populations = ("requests_received", "decisions_six_weeks", "assessments_finished", "plans_issued")
    assert not any("IN-ERROR" in counted_in(year, name, 2025) for name in populations)


@pytest.mark.parametrize(
    ("name", "weeks"),
    [
        # 140, 140, 140, 141, 200, 300, 364 and 365 days; 140, 140, 141, 300, 364 and 365 without exceptions.
        ("weeks_to_plan", "32.0"),
        ("weeks_to_plan_ex", "34.5"),
        ("median_weeks_to_plan", "24.4"),
        ("median_weeks_to_plan_ex", "31.5"),
    ],
)
def test_weeks_are_days_by_seven(year: Council, name: str, weeks: str) -> None:
    assert str(one_figure(year, measure(name), year_of(2025)).value) == weeks


def test_the_year_in_the_department_s_columns(year: Council) -> None:
    tables = as_published(year.db, 2025).tables
    assert tables["requests"] == {
        "requests_received_in_year": 18,
        "requests_rya": None,
        "requests_decided_to_assess": 12,
        "requests_decided_not_to_assess": 2,
        "requests_decision_not_made": 3,
        "requests_withdrawn": 1,
        "request_assess_pc": 66.7,
        "request_not_assess_pc": 11.1,
        "request_outstanding_pc": 16.7,
        "request_withdrawn_pc": 5.6,
        "request_outcome_six_weeks": 13,
        "request_outcome_over_6_weeks": 1,
        "request_outcome_six_weeks_pc": 92.9,
        "request_outcome_over_6_weeks_pc": 7.1,
        "mediation_related_request": None,
        "tribunal_related_request": None,
        "tribunal_after_mediation_request": None,
    }
    assert tables["assessments"] == {
        "assess_in_year": 13,
        "assess_issued": 9,
        "assess_issued_pc": 69.2,
        "assess_not_issued": 2,
        "assess_not_issued_pc": 15.4,
        "assess_not_made": 1,
        "assess_not_made_pc": 7.7,
        "assess_withdrawn": 1,
        "assess_withdrawn_pc": 7.7,
        "outcome_decision_within_time": 1,
        "outcome_decision_over_time": 1,
        "outcome_decision_within_time_pc": 50,
        "outcome_decision_over_time_pc": 50,
        "number_assess_mediation": None,
        "number_assess_tribunal": None,
        "number_asssess_mediation_tribunal": None,
        "number_other_mediation": None,
        "number_other_tribunal": None,
        "number_other_mediation_tribunal": None,
    }
    assert tables["timeliness_20_week"] == {
        "plans_issued_den": 8,
        "plans_issued_den_ex": 6,
        "plans_issued_within_20_weeks": 3,
        "plans_issued_20_weeks_ex": 2,
        "pc_plans_issued_within_20_weeks": 37.5,
        "PC_plans_issued_20_weeks_ex": 33.3,
        "plans_issued_gt20weeks_ltYear": 4,
        "plans_issued_gt20weeks_ltYear_ex": 3,
        "pc_plans_issued_gt20weeks_ltYear": 50,
        "PC_plans_issued_gt20weeks_ltYear_ex": 50,
        "plans_issued_gt_1_year": 1,
        "plans_issued_gt_1_year_ex": 1,
        "pc_plans_issued_gt_1_year": 12.5,
        "PC_plans_issued_gt_1_year_ex": 16.7,
        "avg_weeks_issue_plan": 32,
        "avg_weeks_issue_plan_exc": 34.5,
    }
