"""The ladder: who is written to on which morning, and what is never said twice or too late."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from statute.asks import Request, asking
from statute.ladder import BEFORE_ARMED, OVERTAKEN, Kind, Role, Step, Steps
from statute.mornings import jitter, morning
from statute.notation import parse_fact
from statute.policy import Policy, default_policy, load_policy
from statute.situation import Situation
from statute.steps import steps
from statute.timeline import Deadline, State, Timeline

P = "11111111-2222-3333-4444-555555555555"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# A Wednesday: every rung but +3 falls on a working day, -2 on the Monday before.
DUE = date(2026, 10, 14)
STARTED = date(2026, 7, 1)


def at(day: str, clock: str = "07:20") -> datetime:
    """That clock time in London."""
    return morning(date.fromisoformat(day), time.fromisoformat(clock))


def deadline(limit: str, due: date | None, state: State = State.RUNNING, subject: str = "") -> Deadline:
    return Deadline(limit, subject, "", None, due, due, None, None, None, state, None)


def situation(
    now: datetime,
    *deadlines: Deadline,
    facts: Iterable[str] = ("advice_requested:health=2026-09-02",),
    requests: Iterable[Request] = (),
    armed_from: datetime = LONG_AGO,
    ended_on: date | None = None,
    policy: Policy | None = None,
) -> Situation:
    timeline = Timeline("assessment", now.date(), deadlines, STARTED, ended_on)
    said = asking([parse_fact(text) for text in facts], requests)
    return Situation(P, timeline, said, policy or default_policy(), armed_from, now)


HEALTH = deadline("reg8_advice", DUE, subject="health")


def told(found: Steps, role: Role) -> list[str]:
    return [f"{step.kind} {step.rung}" for step in found.due if step.role is role]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (at("2026-09-30", "06:59"), []),
        (at("2026-09-30", "07:00"), ["chase -14"]),
        (at("2026-10-06"), ["chase -14"]),
        (at("2026-10-07"), ["chase -7"]),
        (at("2026-10-12"), ["chase -2"]),
        (at("2026-10-14"), ["chase 0"]),
        (at("2026-10-17"), ["chase 3"]),
        (at("2026-10-21"), ["chase 7"]),
        (at("2026-10-28"), ["chase 14"]),
        (at("2026-11-03"), ["chase 14"]),
        (at("2026-11-04"), ["chase 21"]),
        (at("2027-01-06"), ["chase 84"]),
    ],
)
def test_an_adviser_is_chased_a_rung_at_a_time_and_then_weekly(now: datetime, said: list[str]):
    assert told(steps(situation(now, HEALTH)), Role.ADVISER) == said


@pytest.mark.parametrize(
    ("due", "rung", "morning_of"),
    [
        (date(2026, 10, 13), -2, "2026-10-09"),  # due on a Tuesday: two days before is a Sunday
        (date(2026, 10, 18), 0, "2026-10-16"),  # due on a Sunday: said on the Friday
        (date(2026, 12, 28), -2, "2026-12-24"),  # due on the Boxing Day bank holiday
        (date(2027, 3, 29), 0, "2027-03-25"),  # due on Easter Monday: said on Maundy Thursday
        (date(2026, 10, 14), 3, "2026-10-17"),  # after the day it waits for the round, not backwards
    ],
)
def test_a_reminder_before_the_day_comes_when_somebody_works(due: date, rung: int, morning_of: str):
    policy = load_policy(f"[advice]\nadviser = [{rung}]\nthen_every = 0\nservice_manager = []")
    before = at(morning_of, "06:59")
    case = situation(before, deadline("reg8_advice", due, subject="health"), policy=policy)
    assert steps(case).due == ()
    assert [step.rung for step in steps(replace(case, now=at(morning_of, "07:00"))).due] == [str(rung)]


def test_of_two_rungs_on_one_morning_the_later_is_said():
    policy = load_policy("[advice]\nadviser = [-2, 0]\nthen_every = 0\nservice_manager = []")
    christmas = deadline("reg8_advice", date(2026, 12, 27), subject="health")
    found = steps(situation(at("2026-12-24"), christmas, policy=policy))
    assert [step.rung for step in found.due] == ["0"]
    assert [(each.step.rung, each.reason) for each in found.passed] == [("-2", OVERTAKEN)]


@pytest.mark.parametrize(
    ("day", "utc"),
    [("2026-10-24", "06:00"), ("2026-10-25", "07:00"), ("2027-03-27", "07:00"), ("2027-03-28", "06:00")],
)
def test_seven_in_the_morning_is_london_time_on_both_sides_of_the_clock_change(day: str, utc: str):
    assert at(day, "07:00").strftime("%H:%M") == utc


def test_after_the_system_was_down_only_the_last_missed_rung_is_sent():
    found = steps(situation(at("2026-10-22"), HEALTH))
    assert told(found, Role.ADVISER) == ["chase 7"]
    lapsed = [each for each in found.passed if each.step.role is Role.ADVISER]
    assert [each.step.rung for each in lapsed] == ["-14", "-7", "-2", "0", "3"]
    assert {each.reason for each in lapsed} == {OVERTAKEN}


def test_armed_in_the_middle_nothing_of_the_past_is_sent():
    case = situation(at("2026-10-13"), HEALTH, armed_from=at("2026-10-13", "00:00"))
    found = steps(case)
    assert found.due == ()
    assert [(each.step.rung, each.reason) for each in found.passed] == [("-2", BEFORE_ARMED)]
    assert told(steps(replace(case, now=at("2026-10-14"))), Role.ADVISER) == ["chase 0"]


def test_armed_from_the_start_of_a_day_the_rungs_of_that_day_are_due():
    case = situation(at("2026-10-14", "23:00"), HEALTH, armed_from=at("2026-10-14", "00:00"))
    assert told(steps(case), Role.ADVISER) == ["chase 0"]


def test_armed_after_seven_in_the_morning_the_rung_of_that_day_belongs_to_the_past():
    case = situation(at("2026-10-14", "23:00"), HEALTH, armed_from=at("2026-10-14", "07:01"))
    assert steps(case).due == ()


def test_a_key_names_process_limit_subject_due_day_rung_and_role():
    (step,) = steps(situation(at("2026-10-14"), HEALTH)).due
    assert step.key == f"{P}/reg8_advice/health/2026-10-14/0/adviser"


def test_a_corrected_day_gives_new_keys_and_an_unchanged_one_the_same():
    now = at("2026-10-14")
    once = steps(situation(now, HEALTH)).due
    assert steps(situation(now + timedelta(hours=3), HEALTH)).due[0].key == once[0].key
    moved = deadline("reg8_advice", DUE - timedelta(days=7), subject="health")
    corrected = steps(situation(now, moved)).due
    assert [step.rung for step in corrected] == ["7"]
    assert corrected[0].key != once[0].key


@pytest.mark.parametrize(
    "fact",
    [
        "advice_received:health=2026-10-05",
        "advice_nil:health=2026-10-05",
        "advice_declined:health=2026-10-05",
        "advice_reused:health=2026-10-05",
        "advice_cancelled:health=2026-10-05",
        "advice_reassigned:health=2026-10-05;body=slt",
        "proceeding_without:health=2026-10-05",
    ],
)
def test_what_settles_a_request_ends_its_ladder(fact: str):
    facts = ["advice_requested:health=2026-09-02", fact]
    found = steps(situation(at("2026-10-28"), HEALTH, facts=facts))
    assert found.due == ()
    assert found.next_wake is None


@pytest.mark.parametrize(
    "fact",
    [
        "advice_part:health=2026-10-05",
        "advice_received:education=2026-10-05",
        "advice_reassigned:health=2026-10-05;who=u17",
        "advice_reassigned:health=2026-10-05;body=paediatrics",
    ],
)
def test_part_of_the_advice_another_answer_or_a_colleague_do_not_end_it(fact: str):
    facts = ["advice_requested:health=2026-09-02;body=paediatrics", fact]
    found = steps(situation(at("2026-10-14"), HEALTH, facts=facts))
    assert "chase 0" in told(found, Role.ADVISER)


@pytest.mark.parametrize("state", [State.LIFTED, State.REPLACED, State.MET, State.NOT_APPLICABLE, State.NOT_STARTED])
def test_a_limit_that_does_not_bind_is_not_chased(state: State):
    quiet = replace(HEALTH, state=state)
    assert steps(situation(at("2026-10-14"), quiet)).due == ()


EXPECTED = ["advice_requested:health=2026-09-02", "advice_expected:health=2026-10-09;by=2026-10-19"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (at("2026-10-08"), ["chase -7"]),
        (at("2026-10-09"), []),
        (at("2026-10-14"), []),
        (at("2026-10-19"), []),
        (at("2026-10-20", "06:00"), ["chase -7"]),  # said long ago under the same key
        (at("2026-10-20"), ["chase 3"]),
        (at("2026-10-21"), ["chase 7"]),
    ],
)
def test_a_promise_quietens_the_ladder_until_its_day(now: datetime, said: list[str]):
    assert told(steps(situation(now, HEALTH, facts=EXPECTED)), Role.ADVISER) == said


def test_the_morning_after_a_promise_wakes_the_process():
    wake = steps(situation(at("2026-10-12"), HEALTH, facts=EXPECTED)).next_wake
    assert wake == at("2026-10-20", "07:00") + jitter(P, 15)


def test_a_second_promise_takes_the_place_of_the_first():
    facts = [*EXPECTED, "advice_expected:health=2026-10-12;by=2026-10-13"]
    assert told(steps(situation(at("2026-10-14"), HEALTH, facts=facts)), Role.ADVISER) == ["chase 0"]


def test_insufficient_advice_starts_the_ladder_again_on_the_same_due_day():
    facts = [
        "advice_requested:health=2026-09-02",
        "advice_received:health=2026-10-05",
        "advice_insufficient:health=2026-10-16",
    ]
    case = situation(at("2026-10-16"), HEALTH, facts=facts)
    (step,) = (step for step in steps(case).due if step.role is Role.ADVISER)
    assert (step.rung, step.due_day) == ("again@2026-10-16", DUE)
    assert told(steps(replace(case, now=at("2026-10-21"))), Role.ADVISER) == ["chase 7"]


def test_the_service_manager_is_told_once_fourteen_days_after_the_day():
    assert told(steps(situation(at("2026-10-27"), HEALTH)), Role.SERVICE_MANAGER) == []
    for day in ("2026-10-28", "2026-12-28"):
        found = steps(situation(at(day), HEALTH))
        assert [step.key for step in found.due if step.role is Role.SERVICE_MANAGER] == [
            f"{P}/reg8_advice/health/2026-10-14/14/service_manager"
        ]


def final(due: str, state: State = State.RUNNING) -> Deadline:
    return deadline("reg13_final_plan", date.fromisoformat(due), state)


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


ASSESSED = ["decision_to_assess=2026-08-12"]
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
    return steps(situation(now, facts=[*ASSESSED, *facts], requests=[request]))


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


def test_a_body_asked_by_name_is_chased_under_its_name_whatever_its_limit_is_shown_as():
    facts = ["advice_requested:health/slt=2026-09-02"]
    (step,) = steps(situation(at("2026-10-14"), HEALTH, facts=facts)).due
    assert step.subject == "health/slt"


def test_advice_that_answers_the_category_answers_its_only_request():
    facts = ["advice_requested:health/slt=2026-09-02", "advice_received:health=2026-10-05"]
    assert steps(situation(at("2026-10-14"), HEALTH, facts=facts)).due == ()


def test_two_bodies_of_one_category_are_chased_each_for_itself():
    facts = [
        "advice_requested:health/slt=2026-09-02",
        "advice_requested:health/ot=2026-09-02",
        "advice_received:health/ot=2026-10-05",
    ]
    both = [replace(HEALTH, subject="health/slt"), replace(HEALTH, subject="health/ot", state=State.MET)]
    found = steps(situation(at("2026-10-14"), *both, facts=facts))
    assert [step.subject for step in found.due] == ["health/slt"]
