"""The ladder beside the advice: warnings of the authority's own limits, danger, announcements, the end, the next wake."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from statute.asks import Request
from statute.ladder import Kind, Role, Step, Steps
from statute.mornings import jitter
from statute.steps import steps
from statute.timeline import Deadline, State
from tests.statute.rungs import ASSESSED, DUE, HEALTH, LONG_AGO, P, at, deadline, final, situation, told


@pytest.mark.parametrize(
    ("now", "lead", "head"),
    [
        ("2026-10-20", [], []),
        ("2026-10-21", ["danger danger@2026-11-18"], []),  # 28 days before
        ("2026-11-03", ["danger danger@2026-11-18"], []),
        ("2026-11-04", ["danger danger@2026-11-18"], ["danger danger@2026-11-18"]),
    ],
)
def test_one_case_goes_above_the_manager_only_when_the_twenty_weeks_are_in_danger(
    now: str, lead: list[str], head: list[str]
):
    found = steps(situation(at(now), HEALTH, final("2026-11-18")))
    assert told(found, Role.SERVICE_LEAD) == lead
    assert told(found, Role.HEAD_OF_SERVICE) == head


def test_advice_that_is_not_late_endangers_nothing():
    found = steps(situation(at("2026-10-14"), HEALTH, final("2026-10-20")))
    assert told(found, Role.SERVICE_LEAD) == []


def test_a_lifted_final_plan_is_not_in_danger():
    found = steps(situation(at("2026-11-10"), HEALTH, final("2026-11-18", State.LIFTED)))
    assert told(found, Role.SERVICE_LEAD) == []


def school(now: str) -> Steps:
    code = deadline("code_advice", date(2026, 8, 5), subject="education")
    asked = [Request("education", to_school=True)]
    facts = ["advice_requested:education=2026-06-24"]
    return steps(situation(at(now), code, final("2026-11-18"), facts=facts, requests=asked))


def test_a_school_is_not_chased_in_the_holidays_and_once_when_it_is_back():
    assert told(school("2026-07-24"), Role.ADVISER) == ["chase -14"]
    assert told(school("2026-08-26"), Role.ADVISER) == ["chase -14"]
    found = school("2026-09-01")
    assert told(found, Role.ADVISER) == ["chase 21"]
    assert told(found, Role.SERVICE_MANAGER) == ["escalate 14"]
    assert told(school("2026-11-10"), Role.SERVICE_LEAD) == []
    assert told(school("2026-11-10"), Role.HEAD_OF_SERVICE) == ["danger danger@2026-11-18"]


@pytest.mark.parametrize(
    ("now", "caseworker", "manager"),
    [
        ("2026-09-29", [], []),
        ("2026-09-30", ["warn -14"], []),
        ("2026-10-07", ["warn -7"], ["warn -7"]),
        ("2026-10-12", ["warn -2"], ["warn -2"]),
        ("2026-10-14", ["warn 0"], ["warn 0"]),
        ("2026-10-15", ["breach 1"], ["breach 1"]),
        ("2026-11-15", ["breach 1"], ["breach 1"]),
    ],
)
@pytest.mark.parametrize("limit", ["reg5_decide", "reg10_refuse_plan", "reg13_final_plan"])
def test_officer_and_manager_are_warned_of_their_own_limits(
    limit: str, now: str, caseworker: list[str], manager: list[str]
):
    found = steps(situation(at(now), deadline(limit, DUE), facts=()))
    assert told(found, Role.CASEWORKER) == caseworker
    assert told(found, Role.MANAGER) == manager


def test_a_limit_that_binds_only_on_a_refusal_warns_nobody():
    conditional = deadline("reg10_refuse_plan", DUE, State.CONDITIONAL)
    assert steps(situation(at("2026-10-14"), conditional, facts=())).due == ()


DRAFT = replace(deadline("local_draft_plan", None), norm_due=date(2026, 10, 7))


def norm(now: str, *more: Deadline, facts: Iterable[str] = ASSESSED) -> list[str]:
    found = steps(situation(at(now), final("2026-11-18"), *more, facts=facts))
    return [f"{step.limit} {step.rung}" for step in found.due if step.limit == "local_draft_plan"]


def test_the_officer_is_warned_when_the_draft_is_not_out_by_the_local_norm():
    assert norm("2026-09-29", DRAFT) == []
    assert norm("2026-09-30", DRAFT) == ["local_draft_plan -7"]
    assert norm("2026-10-07", DRAFT) == ["local_draft_plan 0"]
    assert norm("2026-10-07", replace(DRAFT, state=State.MET)) == []
    assert norm("2026-10-07", DRAFT, facts=()) == []
    assert norm("2026-10-07") == []


def announced(now: datetime, *facts: str, gone: bool = False) -> Steps:
    request = Request("health", announce_from=at("2026-08-12", "16:45"), announced=gone)
    heard = "family_views=2026-08-12;from=parent"  # so that nothing else is to be said
    return steps(situation(now, facts=[*ASSESSED, heard, *facts], requests=[request]))


def test_a_request_is_announced_at_once_whatever_the_hour():
    (step,) = announced(at("2026-08-12", "16:45")).due
    assert (step.kind, step.role, step.urgent) == (Kind.ANNOUNCE, Role.ADVISER, True)
    assert step.key == f"{P}/announce/health/2026-08-12/now/adviser"


def test_papers_that_were_sent_need_no_announcement():
    assert announced(at("2026-08-12", "16:45"), "advice_requested:health=2026-08-12").due == ()


@pytest.mark.parametrize(
    ("day", "rungs"),
    [("2026-08-13", []), ("2026-08-14", ["2"]), ("2026-08-19", ["7"]), ("2026-09-30", ["14"])],
)
def test_the_officer_is_reminded_of_papers_that_were_never_sent(day: str, rungs: list[str]):
    found = announced(at(day), gone=True)
    assert [step.rung for step in found.due if step.kind is Kind.PAPERS] == rungs


def stopped(*facts: str, requests: Iterable[Request] = ()) -> list[Step]:
    case = situation(at("2026-10-20"), HEALTH, facts=facts, requests=requests, ended_on=date(2026, 10, 20))
    found = steps(case)
    assert found.next_wake is None
    return list(found.due)


def test_after_the_end_everyone_who_may_still_be_working_is_told_to_stop_and_nothing_else():
    (step,) = stopped("advice_requested:health=2026-09-02", "withdrawn=2026-10-20")
    assert (step.kind, step.role, step.urgent) == (Kind.STOP, Role.ADVISER, True)
    assert step.key == f"{P}/stop/health/2026-10-20/now/adviser"


def test_who_was_told_of_a_request_is_told_to_stop_too():
    assert len(stopped(*ASSESSED, requests=[Request("health", announced=True)])) == 1
    assert stopped(*ASSESSED, requests=[Request("health", announce_from=LONG_AGO)]) == []


@pytest.mark.parametrize("answer", ["received", "nil", "declined", "cancelled"])
def test_who_has_answered_or_was_let_go_is_not_told_to_stop(answer: str):
    assert stopped("advice_requested:health=2026-09-02", f"advice_{answer}:health=2026-10-01") == []


def test_who_was_gone_on_without_may_still_be_working_and_is_told_to_stop():
    assert len(stopped("advice_requested:health=2026-09-02", "proceeding_without:health=2026-10-01")) == 1


def test_the_next_wake_is_the_next_rung_with_a_few_minutes_of_its_own():
    wake = steps(situation(at("2026-10-07"), HEALTH)).next_wake
    assert wake is not None
    own = wake - at("2026-10-12", "07:00")
    assert timedelta() <= own <= timedelta(minutes=15)
    assert own == jitter(P, 15) != jitter("another", 15)


def test_a_hold_wakes_the_process_on_the_morning_after():
    facts = ["advice_requested:health=2026-09-02", "mail_hold=2026-10-07;to=2026-10-09"]
    case = situation(at("2026-10-08"), HEALTH, facts=facts)
    assert case.asking.held_until(date(2026, 10, 8)) == date(2026, 10, 9)
    assert case.asking.held_until(date(2026, 10, 10)) is None
    assert steps(case).next_wake == at("2026-10-10", "07:00") + jitter(P, 15)


def test_a_hold_until_further_notice_lasts():
    case = situation(at("2026-10-08"), facts=["mail_hold=2026-10-07"])
    assert case.asking.held_until(date(2030, 1, 1)) == date.max
    assert steps(case).next_wake is None


def test_with_nothing_left_to_say_only_a_fact_can_wake_it():
    assert steps(situation(at("2026-10-20"), deadline("reg5_decide", DUE), facts=())).next_wake is None


def test_every_rung_of_a_request_wakes_the_process_once():
    now, mornings = at("2026-09-03"), []
    while now < at("2026-11-20"):
        wake = steps(situation(now, HEALTH)).next_wake
        assert wake is not None and wake > now
        now = wake
        mornings.append(now.date().isoformat())
    assert mornings[:8] == [
        "2026-09-30",
        "2026-10-07",
        "2026-10-12",
        "2026-10-14",
        "2026-10-17",
        "2026-10-21",
        "2026-10-28",
        "2026-11-04",
    ]
