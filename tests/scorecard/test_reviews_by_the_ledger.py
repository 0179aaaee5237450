"""What is said of reviews agrees with the limits of the ledger: regulations 20(10) and 22(3), and Devon.

References say what each plan is. Of a meeting on Tuesday 1 September 2026 the four weeks end on 29 September and the
twelve on 24 November; of one on 28 July on 25 August and 20 October. Looked at on Monday 30 November, the last day of
the month; the ledger is asked on the same day.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from casework.backlog import backlog
from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import Period, month_of, year_of
from tests.casework.support import OFFICER, Council
from tests.scorecard.worked import Made, council_with, names
from tests.support.database import Cluster

MADE = "plan_made=2024-06-01"
JULY, SEPTEMBER = "review_meeting=2026-07-28", "review_meeting=2026-09-01"
AMEND, NOTICE = "decision_amend=2026-09-20", "amendment_notice_sent=2026-09-20"
PLANS = {
    "KEPT": Made([MADE], [SEPTEMBER, "decision_maintain=2026-09-29"]),
    "KEPT-LATE": Made([MADE], [SEPTEMBER, "decision_maintain=2026-09-30"]),
    "TO-CEASE": Made([MADE], [SEPTEMBER, "decision_cease=2026-09-29"]),
    "NO-NOTICE": Made([MADE], [SEPTEMBER, AMEND]),
    "NOTICE-28": Made([MADE], [SEPTEMBER, AMEND, "amendment_notice_sent=2026-09-29", "amended_plan_sent=2026-11-19"]),
    "NOTICE-40": Made([MADE], [SEPTEMBER, AMEND, "amendment_notice_sent=2026-10-11", "amended_plan_sent=2026-11-19"]),
    "NOTICE-ALONE": Made([MADE], [SEPTEMBER, NOTICE]),
    "PLAN-ALONE": Made([MADE], [SEPTEMBER, NOTICE, "amended_plan_sent=2026-10-25"]),
    "NOT-AFTER-ALL": Made([MADE], [SEPTEMBER, AMEND, NOTICE, "decided_not_to_amend=2026-10-25"]),
    "FINAL-56": Made([MADE], [SEPTEMBER, AMEND, NOTICE, "amended_plan_sent=2026-11-15"]),
    "FINAL-57": Made([MADE], [SEPTEMBER, AMEND, NOTICE, "amended_plan_sent=2026-11-16"]),
    "NO-FINAL": Made([MADE], [SEPTEMBER, AMEND, NOTICE]),
    "LATE-FINAL": Made(
        [MADE],
        [JULY, "decision_amend=2026-07-29", "amendment_notice_sent=2026-07-29", "amended_plan_sent=2026-10-15"],
    ),
    "REG28-FIRST": Made(
        [MADE],
        ["amendment_notice_sent=2026-05-01", "amended_plan_sent=2026-06-01", JULY, "decision_amend=2026-08-20"],
    ),
    "REG28-THEN-KEPT": Made(
        [MADE],
        ["amendment_notice_sent=2026-05-01", "amended_plan_sent=2026-06-01", JULY, "decision_maintain=2026-08-20"],
    ),
    "NEVER-DECIDED": Made([MADE], [SEPTEMBER]),
    "DECIDED-WITHOUT-US": Made([MADE], [SEPTEMBER, "decision_maintain=2026-09-20;to=setting"]),
}
MET = "KEPT, TO-CEASE, NOTICE-28, NOT-AFTER-ALL, FINAL-56, FINAL-57, NO-FINAL, LATE-FINAL, REG28-THEN-KEPT"
MET_LATE = "KEPT-LATE, NOTICE-40, PLAN-ALONE"
WAITING = "NO-NOTICE, NOTICE-ALONE, REG28-FIRST, NEVER-DECIDED, DECIDED-WITHOUT-US"
ACTIONED = "KEPT, TO-CEASE, NOTICE-28, NOT-AFTER-ALL, FINAL-56, REG28-THEN-KEPT"
TODAY = date(2026, 11, 30)
SO_FAR, ON_THE_DAY = Period(date(2026, 1, 1), TODAY, TODAY), Period(TODAY, TODAY, TODAY)
LIMITS = ("reg20_decision", "reg22_final", "devon_final")


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), {}, PLANS) as council:
        yield council


def plans(council: Council, name: str, period: Period, side: Side = Side.COUNTED) -> set[str]:
    found = behind(council.db, measure(name), period, OFFICER, side, page=None).cases
    return {each.case_ref.partition("/")[0] for each in found}


def states(council: Council, limit: str) -> dict[str, str]:
    """How a limit stands, by the reference of the plan: open ones that are past their day as overdue."""
    found = council.rows(
        "SELECT p.case_ref, CASE WHEN d.standing = 'open' AND d.legal_due < :today THEN 'overdue' ELSE d.standing END "
        "AS state FROM deadline d JOIN process p ON p.id = d.process_id WHERE d.to_day IS NULL AND d.limit_id = :limit",
        limit=limit,
        today=TODAY,
    )
    return {each["case_ref"]: each["state"] for each in found}


def of_state(council: Council, limit: str, *wanted: str) -> set[str]:
    """The plans of whose first review a limit stands so."""
    first = {ref.removesuffix("/R1"): state for ref, state in states(council, limit).items() if ref.endswith("/R1")}
    return {name for name in PLANS if first.get(name, "none") in wanted}


def test_a_decision_is_in_time_where_the_ledger_says_so(house: Council) -> None:
    in_time = plans(house, "review_decisions_four_weeks", year_of(2026))
    assert in_time == names(MET) == of_state(house, "reg20_decision", "met")
    late = plans(house, "review_decisions_four_weeks", year_of(2026), Side.NOT_COUNTED)
    assert late == names(MET_LATE) == of_state(house, "reg20_decision", "met_late")


def test_a_decision_counts_in_the_month_of_what_meets_its_limit(house: Council) -> None:
    september, october = month_of(date(2026, 9, 1)), month_of(date(2026, 10, 1))
    assert "NOTICE-40" not in plans(house, "review_decisions_four_weeks", september, Side.AMONG)
    assert plans(house, "review_decisions_four_weeks", october, Side.AMONG) == {"NOTICE-40", "PLAN-ALONE"}


def test_what_waits_past_its_day_is_what_is_overdue_and_the_backlog(house: Council) -> None:
    waits = plans(house, "reviews_undecided", ON_THE_DAY)
    assert waits == names(WAITING) == of_state(house, "reg20_decision", "overdue")
    owed = backlog(house.db, OFFICER, TODAY).items
    assert {each.plan_ref for each in owed} == waits
    assert plans(house, "reports_missing", ON_THE_DAY) == waits


def test_a_review_is_actioned_where_every_limit_was_met_or_does_not_apply(house: Council) -> None:
    kept = [of_state(house, limit, "met", "not_applicable", "not_started", "none") for limit in LIMITS]
    met = of_state(house, "reg20_decision", "met")
    actioned = plans(house, "reviews_actioned", SO_FAR)
    assert actioned == names(ACTIONED) == set.intersection(met, *kept)
    assert plans(house, "reviews_actioned", SO_FAR, Side.AMONG) == set(PLANS)


@pytest.mark.parametrize("day", ["2026-09-19", "2026-09-20", "2026-10-10", "2026-10-11", "2026-10-24", "2026-10-25"])
def test_who_waited_on_a_past_day_is_who_was_on_the_list_of_that_day(house: Council, day: str) -> None:
    seen = date.fromisoformat(day)
    waited = plans(house, "reviews_undecided", Period(seen, seen, seen))
    owed = backlog(house.db, OFFICER, TODAY, as_of=seen).items
    assert waited == {each.plan_ref for each in owed if each.legal_due < seen}
