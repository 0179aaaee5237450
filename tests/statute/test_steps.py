"""The ladder of a request for advice: who is chased on which morning, and what is never said twice or too late."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from statute.ladder import BEFORE_ARMED, OVERTAKEN, Role
from statute.mornings import jitter
from statute.policy import load_policy
from statute.steps import steps
from statute.timeline import State
from tests.statute.rungs import DUE, HEALTH, P, at, deadline, situation, told


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
