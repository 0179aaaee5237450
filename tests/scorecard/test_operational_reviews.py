"""Operational measures of reviews at the border of each, worked by hand. References say what each plan is.

The month is June 2026, looked at on its last day. Of a meeting on Monday 4 May the four weeks end on 1 June; of one on
6 April 2026 the twelve weeks end on 29 June.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.figures import figures
from scorecard.measure import Figure
from scorecard.measures import measure
from scorecard.period import Period, month_of
from tests.casework.support import OFFICER, Council
from tests.scorecard.worked import Made, council_with, names
from tests.support.database import Cluster

MADE = "plan_made=2022-03-01"
MAY, APRIL = "review_meeting=2026-05-04", "review_meeting=2026-04-06"
JUNE = month_of(date(2026, 6, 1))
AMEND = "decision_amend=2026-05-04"
NOTICE = "amendment_notice_sent=2026-05-04"
MOVE = "phase_transfer:school=2026-09-01"
MET_FOR_MOVE = ("review_meeting=2025-12-01", "decision_amend=2025-12-08", "amendment_notice_sent=2025-12-09")
PLANS = {
    "DECIDED-28": Made([MADE], [MAY, "decision_maintain=2026-06-01"]),
    "DECIDED-29": Made([MADE], [MAY, "decision_maintain=2026-06-02"]),
    "REPORT-14": Made([MADE], [MAY, "review_report_received=2026-05-19", "decision_maintain=2026-06-02"]),
    "REPORT-15": Made([MADE], [MAY, "review_report_received=2026-05-18", "decision_maintain=2026-06-02"]),
    "REPORT-AFTER": Made([MADE], [MAY, "decision_maintain=2026-06-02", "review_report_received=2026-06-07"]),
    "NO-MEETING": Made([MADE], ["decision_maintain=2026-06-10"]),
    "TWICE-TOLD": Made([MADE], [MAY, "decision_maintain=2026-06-02"], ["review_meeting=2026-06-29"]),
    "BROUGHT": Made([MADE, "last_review=2026-06-03;meeting=2026-05-20"]),
    "KEPT": Made([MADE], [APRIL, "decision_maintain=2026-05-04"]),
    "KEPT-LATE": Made([MADE], [APRIL, "decision_maintain=2026-05-05"]),
    "AMENDED": Made([MADE], [APRIL, AMEND, NOTICE, "amended_plan_sent=2026-06-29"]),
    "AMENDED-LATE": Made([MADE], [APRIL, AMEND, NOTICE, "amended_plan_sent=2026-06-30"]),
    "NOTICE-LATE": Made([MADE], [APRIL, AMEND, "amendment_notice_sent=2026-05-05", "amended_plan_sent=2026-06-01"]),
    "AFTER-ALL-NOT": Made([MADE], [APRIL, AMEND, NOTICE, "decided_not_to_amend=2026-06-01"]),
    "NEVER-DECIDED": Made([MADE], [APRIL]),
    "CEASED-IN-TIME": Made([MADE], [APRIL, "plan_ceased=2026-05-04"]),
    "CEASED-TOO-LATE": Made([MADE], [APRIL, "plan_ceased=2026-05-05"]),
    "REPORT-DUE-14": Made([MADE], ["review_meeting=2026-06-16"]),
    "REPORT-DUE-15": Made([MADE], ["review_meeting=2026-06-15"]),
    "REPORT-CAME": Made([MADE], ["review_meeting=2026-06-15", "review_report_received=2026-06-30"]),
    "REPORT-CAME-AFTER": Made([MADE], ["review_meeting=2026-06-15", "review_report_received=2026-07-01"]),
    "WAITS-28": Made([MADE], ["review_meeting=2026-06-02"]),
    "WAITS-29": Made([MADE], ["review_meeting=2026-06-01", "review_report_received=2026-06-08"]),
    "ALIGNED": Made([MADE], ["review_meeting=2025-07-01;aligned=looked_after", "decision_maintain=2025-07-02"]),
    "ALIGNED-BOTH": Made(
        [MADE],
        ["review_meeting=2026-03-02;aligned=personal_education,looked_after", "decision_maintain=2026-03-03"],
    ),
    "ALIGNED-LONG-AGO": Made(
        [MADE], ["review_meeting=2025-06-30;aligned=looked_after", "decision_maintain=2025-07-02"]
    ),
    "NAMED-THAT-DAY": Made([MADE, MOVE], [*MET_FOR_MOVE, "amended_plan_sent=2026-02-14;names_setting=117222"]),
    "NAMED-DAY-AFTER": Made([MADE, MOVE], [*MET_FOR_MOVE, "amended_plan_sent=2026-02-15;names_setting=117222"]),
    "NAMES-NONE": Made([MADE, MOVE], [*MET_FOR_MOVE, "amended_plan_sent=2026-02-10;names_setting=no"]),
    "MOVES-NEXT-YEAR": Made([MADE, "phase_transfer:school=2027-09-01"]),
    "APPEALED": Made(
        [MADE],
        ["review_meeting=2026-03-02", "decision_cease=2026-03-03", "appeal_registered=2026-06-30;sections=I,B"],
    ),
}
UNDECIDED = "NEVER-DECIDED, WAITS-29"
DECIDED = "DECIDED-28, DECIDED-29, REPORT-14, REPORT-15, REPORT-AFTER, TWICE-TOLD, BROUGHT"
ACTIONED = "KEPT, AMENDED, AFTER-ALL-NOT"


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), {}, PLANS) as council:
        yield council


def plans(council: Council, name: str, period: Period = JUNE, side: Side = Side.COUNTED) -> list[str]:
    found = behind(council.db, measure(name), period, OFFICER, side, page=None).cases
    return sorted(each.case_ref.partition("/")[0] for each in found)


def one(council: Council, name: str, period: Period = JUNE) -> dict[str, Figure]:
    (found,) = figures(council.db, [measure(name)], [period])
    return {each.part: each for each in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("review_decisions_four_weeks", "DECIDED-28, BROUGHT"),
        ("review_decisions_of_report", "REPORT-14"),
        ("reviews_actioned", ACTIONED),
        ("reports_missing", "NEVER-DECIDED, REPORT-DUE-15, REPORT-CAME-AFTER, WAITS-28"),
        ("reviews_undecided", UNDECIDED),
        ("reviews_aligned", "ALIGNED, ALIGNED-BOTH"),
        ("review_appeals", "APPEALED"),
    ],
)
def test_which_plans_are_counted(house: Council, name: str, expected: str) -> None:
    assert plans(house, name) == sorted(names(expected))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("review_decisions_four_weeks", DECIDED),
        ("review_decisions_of_report", "REPORT-14, REPORT-15"),
        ("reviews_actioned", f"{ACTIONED}, KEPT-LATE, AMENDED-LATE, NOTICE-LATE, NEVER-DECIDED, CEASED-TOO-LATE"),
    ],
)
def test_of_which(house: Council, name: str, expected: str) -> None:
    assert plans(house, name, side=Side.AMONG) == sorted(names(expected))


def test_whoever_is_left_out_is_told_with_the_reason(house: Council) -> None:
    assert plans(house, "review_decisions_four_weeks", side=Side.LEFT_OUT) == ["NO-MEETING"]
    (ended,) = behind(house.db, measure("reviews_actioned"), JUNE, OFFICER, Side.LEFT_OUT, page=None).cases
    assert (ended.case_ref.partition("/")[0], ended.why.startswith("the plan ended")) == ("CEASED-IN-TIME", True)


def test_a_decision_before_the_report_came_is_not_within_two_weeks_of_it(house: Council) -> None:
    found = behind(house.db, measure("review_decisions_of_report"), JUNE, OFFICER, Side.LEFT_OUT, page=None).cases
    why = {each.case_ref.partition("/")[0]: each.why for each in found}
    assert why["REPORT-AFTER"] == "decided before the report arrived"


def test_the_twelve_weeks_that_end_today_are_not_over(house: Council) -> None:
    so_far = Period(JUNE.first, date(2026, 6, 29), date(2026, 6, 29), over=False)
    assert plans(house, "reviews_actioned", so_far, Side.AMONG) == []


def test_a_move_is_named_in_time_before_the_15th_of_february(house: Council) -> None:
    year = Period(date(2026, 1, 1), JUNE.last, JUNE.last)
    assert plans(house, "transfers_named", year) == ["NAMED-THAT-DAY"]
    assert plans(house, "transfers_named", year, Side.AMONG) == ["NAMED-DAY-AFTER", "NAMED-THAT-DAY", "NAMES-NONE"]
    on_the_day = Period(date(2026, 1, 1), date(2026, 2, 14), date(2026, 2, 14), over=False)
    assert plans(house, "transfers_named", on_the_day, Side.AMONG) == []
    today = Period(JUNE.last, JUNE.last, JUNE.last)
    assert plans(house, "transfers_to_name", today) == ["MOVES-NEXT-YEAR"]


def test_what_waits_is_told_by_how_long_it_waits(house: Council) -> None:
    waiting = {part: each.numerator for part, each in one(house, "reviews_undecided").items()}
    assert waiting == {"": 2, "4 to 8 weeks": 1, "13 to 26 weeks": 1}  # of 29 days, and of 85


def test_reviews_held_together_are_told_by_with_what(house: Council) -> None:
    held = {part: each.numerator for part, each in one(house, "reviews_aligned").items()}
    assert held == {"": 2, "looked-after child": 1, "looked-after child and personal education plan": 1}


def test_appeals_are_told_by_their_sections(house: Council) -> None:
    assert {part: each.numerator for part, each in one(house, "review_appeals").items()} == {"": 1, "B,I": 1}


def test_the_targets_are_those_of_the_local_plan() -> None:
    assert [measure(name).target for name in ("review_decisions_four_weeks", "reviews_actioned")] == [90, 90]
    assert (measure("reviews_aligned").target, measure("transfers_named").target) == (20, 100)
