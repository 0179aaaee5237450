"""The meeting of a review: who is asked to arrange, prepare and report it, and when nobody is asked any more."""

from datetime import date

import pytest

from statute.ladder import BEFORE_ARMED, Kind, Role
from statute.mornings import jitter
from statute.policy import load_policy
from statute.steps import steps
from statute.terms import Term, Terms
from tests.statute.reviews import BEFORE, BY_AUTHORITY, HELD, INVITED, TRANSFER, due, review, told
from tests.statute.rungs import P, at

SETTING, HEAD, OFFICER = Role.ADVISER, Role.SERVICE_MANAGER, Role.CASEWORKER


@pytest.mark.parametrize(
    ("morning", "setting", "officer"),
    [
        ("2027-01-19", [], []),
        ("2027-01-20", ["adviser -84"], []),  # the day on which the clock opens: sixteen weeks before
        ("2027-03-03", ["adviser -42"], []),
        ("2027-03-24", ["adviser -21"], []),
        ("2027-04-14", ["adviser 0"], ["caseworker 0"]),
        ("2027-04-28", ["adviser 14"], ["caseworker 0"]),
        ("2027-05-12", ["adviser 28"], ["caseworker 28"]),
        ("2027-06-09", ["adviser 56"], ["caseworker 28"]),
    ],
)
def test_the_setting_is_asked_for_a_meeting_in_time_for_the_decision(
    morning: str, setting: list[str], officer: list[str]
):
    assert told(morning, "arrange", *BEFORE, role=SETTING) == setting
    assert told(morning, "arrange", *BEFORE, role=OFFICER) == officer


def test_a_step_to_arrange_names_the_day_the_meeting_is_wanted_by_and_the_limit_that_wants_it():
    (step,) = due("2027-01-20", *BEFORE)
    assert step.key == f"{P}/s44_review/education/2027-04-14/-84/adviser"


def test_the_head_is_told_of_a_meeting_that_nobody_arranged():
    assert told("2027-04-27", "escalate", *BEFORE) == []
    assert told("2027-04-28", "escalate", *BEFORE) == ["service_manager 14"]


@pytest.mark.parametrize(
    "fact",
    [
        "review_invited=2027-04-20;meeting=2027-05-10",
        "review_meeting=2027-04-20",
        "decision_amend=2027-04-20",
        "transferred_out=2027-04-20",
    ],
)
def test_nobody_is_asked_to_arrange_what_has_a_day_was_held_or_is_over(fact: str):
    assert told("2027-04-28", "arrange", *BEFORE, fact) == []
    assert told("2027-04-28", "escalate", *BEFORE, fact, role=HEAD) == []


def test_letters_to_a_setting_wait_for_its_term_and_its_officer_works_on():
    in_august = ("plan_made=2025-09-22", "last_review=2025-09-22")  # due 21 September: wanted by 24 August
    assert told("2026-08-24", "arrange", *in_august) == ["adviser -42", "caseworker 0"]
    assert told("2026-09-01", "arrange", *in_august) == ["adviser 0", "caseworker 0"]
    later = Terms((Term(date(2026, 9, 4), date(2026, 10, 23)),))
    waiting = due("2026-09-03", *in_august, terms=later)
    assert [step.rung for step in waiting if step.role is SETTING] == ["-42"]
    back = due("2026-09-04", *in_august, terms=later)
    assert [step.rung for step in back if step.role is SETTING] == ["0"]


# Phase transfers and children under five


@pytest.mark.parametrize(
    ("morning", "rung"),
    [
        ("2026-08-31", []),
        ("2026-09-01", ["-84"]),
        ("2026-10-09", ["-42"]),
        ("2026-11-20", ["0"]),
        ("2026-12-06", ["14"]),
    ],
)
def test_before_a_phase_transfer_the_meeting_is_wanted_twelve_weeks_before_the_plan_is_due(
    morning: str, rung: list[str]
):
    found = [step for step in due(morning, *BEFORE, TRANSFER) if (step.kind, step.role) == (Kind.ARRANGE, SETTING)]
    assert [step.rung for step in found] == rung
    assert {(step.limit, step.due_day) for step in found} <= {("reg18_phase_transfer", date(2026, 11, 22))}


@pytest.mark.parametrize(
    ("last", "asked"),
    [
        ("last_review=2026-05-12;meeting=2026-04-14", ["adviser -42"]),
        # Held in September, decided without an amended plan: the transfer is carried on, its meeting was held.
        ("last_review=2026-10-06;meeting=2026-09-15", []),
    ],
)
def test_nobody_is_asked_for_a_meeting_about_a_transfer_that_the_last_review_spoke_of(last: str, asked: list[str]):
    begun = ("plan_made=2020-05-12", last, "phase_transfer:school=2027-09-01")
    assert told("2026-10-12", "arrange", *begun, role=SETTING) == asked


@pytest.mark.parametrize(
    ("morning", "limit", "rung"),
    [
        ("2027-01-21", "reg18_phase_transfer", "56"),  # the review alone would have asked on 20 January
        ("2027-02-14", "reg18_phase_transfer", "84"),
        ("2027-03-02", "reg18_phase_transfer", "84"),  # said long ago: nothing is asked in time for what has passed
        ("2027-03-03", "s44_review", "-42"),
    ],
)
def test_once_the_day_of_a_transfer_has_passed_the_review_itself_is_what_wants_a_meeting(
    morning: str, limit: str, rung: str
):
    found = due(morning, *BEFORE, TRANSFER)
    (step,) = (step for step in found if (step.kind, step.role) == (Kind.ARRANGE, SETTING))
    assert (step.limit, step.rung) == (limit, rung)


def test_the_last_word_for_a_transfer_wakes_for_the_first_that_comes_after_it():
    often = load_policy(
        "[reviews.arrange]\nsetting = [-3]\nthen_every = 5\nhead = []\ncaseworker = []\n"
        "[reviews.due]\ncaseworker = []\nmanager = []"
    )
    facts = ("plan_made=2024-02-21", "last_review=2026-02-21", TRANSFER)  # wanted by 23 January, 22 November
    found = steps(review(at("2027-02-12"), *facts, policy=often))
    assert [(step.limit, step.rung) for step in found.due if step.kind is Kind.ARRANGE] == [
        ("reg18_phase_transfer", "82")
    ]
    assert found.next_wake == at("2027-02-19", "07:00") + jitter(P, 15)


def test_for_a_child_under_five_the_meeting_is_wanted_within_the_six_months_of_the_code():
    young = ("plan_made=2026-05-13", "last_review=2026-05-13;early_years=yes")
    (step,) = (step for step in due("2026-10-16", *young) if (step.kind, step.role) == ("arrange", SETTING))
    assert (step.limit, step.rung) == ("code_early_years", "0")
    assert told("2026-10-16", "warn", *young) == ["caseworker -28"]


# What is sent out before it


@pytest.mark.parametrize(
    ("morning", "rung"),
    [
        ("2027-03-08", "invited@2027-03-08"),
        ("2027-03-22", "invited@2027-03-08"),
        ("2027-03-23", "-7"),
        ("2027-03-30", "0"),
        ("2027-04-13", "0"),
    ],
)
@pytest.mark.parametrize("service", ["health", "social_care"])
def test_health_and_social_care_hear_of_the_meeting_once_and_are_reminded_of_their_advice(
    service: str, morning: str, rung: str
):
    (step,) = (step for step in due(morning, *INVITED) if step.subject == service)
    assert (step.kind, step.role, step.rung) == (Kind.INVITE, SETTING, rung)
    assert step.due_day == date(2027, 3, 30)  # two clear weeks before the meeting


@pytest.mark.parametrize("fact", ["review_papers_sent=2027-03-22;meeting=2027-04-14", "review_meeting=2027-03-20"])
def test_advice_and_papers_are_not_asked_for_once_they_are_out_or_the_meeting_was_held(fact: str):
    kinds = {step.kind for step in due("2027-03-24", *INVITED, fact)}
    assert kinds.isdisjoint({Kind.INVITE, Kind.REVIEW_PAPERS, Kind.MEETING})


@pytest.mark.parametrize(
    ("morning", "said"),
    [
        ("2027-03-22", []),
        ("2027-03-23", ["adviser -7"]),
        ("2027-03-25", ["adviser -2"]),  # two days before is Easter Sunday
        ("2027-03-31", ["adviser 1", "caseworker 1"]),
    ],
)
def test_whoever_arranges_is_reminded_of_the_papers(morning: str, said: list[str]):
    assert told(morning, "review_papers", *INVITED) == said


def test_a_meeting_that_is_moved_is_told_of_anew_and_so_is_one_that_is_moved_back():
    moved = (*INVITED, "review_invited=2027-03-10;meeting=2027-04-28")
    back = (*moved, "review_invited=2027-03-12;meeting=2027-04-14", "review_invited=2027-03-15;meeting=2027-04-14")
    keys = [
        {step.key for step in due("2027-03-16", *facts) if step.kind is Kind.INVITE} for facts in (INVITED, moved, back)
    ]
    assert [{key.split("/")[4] for key in each} for each in keys] == [
        {"invited@2027-03-08"},
        {"invited@2027-03-10"},
        {"invited@2027-03-12"},
    ]
    assert len(set[str]().union(*keys)) == 6


# The planned day passes


@pytest.mark.parametrize(
    ("morning", "said"),
    [
        ("2027-04-14", []),
        ("2027-04-15", ["adviser 1"]),
        ("2027-04-21", ["adviser 7"]),
        ("2027-04-28", ["adviser 7", "caseworker 14"]),
        ("2027-05-05", ["adviser 21", "caseworker 14"]),
    ],
)
def test_a_planned_day_that_passes_without_a_word_is_asked_about(morning: str, said: list[str]):
    assert told(morning, "meeting", *INVITED) == said


def test_a_meeting_that_was_put_off_is_waited_for():
    assert told("2027-04-28", "meeting", *INVITED, "review_invited=2027-04-20;meeting=2027-05-20") == []


# The report


@pytest.mark.parametrize(
    ("morning", "said"),
    [
        ("2027-04-20", []),
        ("2027-04-21", ["adviser -7"]),
        ("2027-04-28", ["adviser 0"]),
        ("2027-04-29", ["adviser 1"]),
        ("2027-05-01", ["adviser 3"]),
        ("2027-05-05", ["adviser 7"]),
        ("2027-05-12", ["adviser 14"]),
    ],
)
def test_the_report_is_asked_for_in_its_first_week_on_its_day_and_then_ever_again(morning: str, said: list[str]):
    assert told(morning, "report", *HELD) == said


def test_the_head_is_told_of_a_report_that_is_three_days_late():
    assert told("2027-04-30", "escalate", *HELD) == []
    assert told("2027-05-01", "escalate", *HELD) == ["service_manager 3"]


@pytest.mark.parametrize("fact", ["review_report_received=2027-04-30", "decision_amend=2027-04-30"])
def test_a_report_that_has_come_or_is_no_longer_waited_for_is_not_chased(fact: str):
    assert told("2027-05-05", "report", *HELD, fact) == []
    assert told("2027-05-05", "escalate", *HELD, fact) == []


# Regulation 21


@pytest.mark.parametrize(
    ("morning", "kind", "facts", "said"),
    [
        ("2027-03-03", "arrange", BEFORE, ["caseworker -42"]),
        ("2027-05-12", "arrange", BEFORE, ["caseworker 28"]),
        ("2027-03-23", "review_papers", INVITED, ["caseworker -7"]),
        ("2027-04-15", "meeting", INVITED, ["caseworker 1"]),
        ("2027-04-29", "report", HELD, ["caseworker 1"]),
        ("2027-05-05", "escalate", HELD, []),
        ("2027-03-08", "invite", INVITED, ["adviser invited@2027-03-08"] * 2),
    ],
)
def test_where_the_authority_arranges_the_review_its_officer_hears_what_a_setting_would(
    morning: str, kind: str, facts: tuple[str, ...], said: list[str]
):
    assert told(morning, kind, *facts, BY_AUTHORITY) == said
    assert {step.subject for step in due(morning, *facts, BY_AUTHORITY)} <= {"", "health", "social_care"}


# The past is never mailed


def test_a_review_long_without_a_meeting_is_not_mailed_when_it_is_armed():
    old = ("plan_made=2021-03-01", "last_review=2023-03-01", TRANSFER)
    armed = at("2027-04-20", "12:00")
    found = steps(review(at("2027-04-20", "13:00"), *old, armed_from=armed))
    assert found.due == ()
    assert {passed.reason for passed in found.passed} == {BEFORE_ARMED}
    assert found.next_wake is not None and found.next_wake > armed


def test_a_policy_can_do_without_any_of_it():
    quiet = load_policy(
        "[reviews.arrange]\nsetting = []\nthen_every = 0\nhead = []\ncaseworker = []\n"
        "[reviews.due]\ncaseworker = []\nmanager = []"
    )
    found = steps(review(at("2027-04-20"), *BEFORE, policy=quiet))
    assert (found.due, found.next_wake) == ((), None)
