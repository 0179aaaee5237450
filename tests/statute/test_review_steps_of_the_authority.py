"""The authority's own side of a review: its warnings, the notice, the family's days, ceasing, the end."""

import pytest

from statute.ladder import Kind, Role
from tests.statute.reviews import AMENDING, BEFORE, BY_AUTHORITY, HELD, INVITED, REPORTED, TRANSFER, due, told
from tests.statute.rungs import P


def warned(morning: str, *facts: str, limit: str = "", role: Role = Role.CASEWORKER) -> list[str]:
    steps = (step for step in due(morning, *facts) if step.kind in (Kind.WARN, Kind.BREACH) and step.role is role)
    return [f"{step.kind} {step.limit} {step.rung}" for step in steps if limit in ("", step.limit)]


@pytest.mark.parametrize(
    ("morning", "officer", "manager"),
    [
        ("2027-04-13", [], []),
        ("2027-04-14", ["warn s44_review -28"], []),
        ("2027-04-28", ["warn s44_review -14"], ["warn s44_review -14"]),
        ("2027-05-12", ["warn s44_review 0"], ["warn s44_review 0"]),
        ("2027-05-13", ["breach s44_review 1"], ["breach s44_review 1"]),
        ("2027-09-01", ["breach s44_review 1"], ["breach s44_review 1"]),
    ],
)
def test_officer_and_manager_are_warned_of_a_review_that_falls_due(
    morning: str, officer: list[str], manager: list[str]
):
    assert warned(morning, *BEFORE) == officer
    assert warned(morning, *BEFORE, role=Role.MANAGER) == manager


@pytest.mark.parametrize(
    ("morning", "officer"),
    [
        ("2027-04-27", []),
        ("2027-04-28", ["warn reg20_decision -14"]),  # two weeks after the meeting
        ("2027-05-05", ["warn reg20_decision -7"]),  # three
        ("2027-05-12", ["warn reg20_decision 0"]),
        ("2027-05-13", ["breach reg20_decision 1"]),
    ],
)
def test_the_decision_is_warned_of_two_and_three_weeks_after_the_meeting(morning: str, officer: list[str]):
    # The review itself is due on the same day: one warning is enough.
    assert warned(morning, *HELD) == officer


def test_of_two_limits_that_one_decision_meets_the_earlier_is_warned_of_and_both_are_told_when_broken():
    early = (*BEFORE, "review_meeting=2027-04-07")  # to be decided by 5 May, a week before the review is due
    assert warned("2027-05-05", *early) == ["warn reg20_decision 0"]
    assert warned("2027-05-13", *early) == ["breach reg20_decision 1", "breach s44_review 1"]


def test_the_local_day_for_the_decision_follows_an_early_report():
    early = (*HELD, "review_report_received=2027-04-20")
    assert warned("2027-05-03", *early, limit="local_report_decision") == []
    assert warned("2027-05-04", *early, limit="local_report_decision") == ["warn local_report_decision 0"]
    late = (*HELD, "review_report_received=2027-04-30")
    assert warned("2027-05-12", *late, limit="local_report_decision") == []


def test_a_plan_that_moved_in_is_to_be_told_of_and_reviewed():
    moved = ("plan_made=2026-09-01", "transferred_in=2027-01-04")
    assert warned("2027-02-01", *moved) == ["warn reg15_inform -14"]
    assert warned("2027-02-16", *moved) == ["breach reg15_inform 1"]
    assert warned("2027-02-16", "plan_made=2026-09-01", "transferred_in=2027-01-04;family_told_on=2027-01-20") == []


# Phase transfers


@pytest.mark.parametrize(
    ("morning", "said"),
    [
        ("2026-12-04", ["-14"]),
        ("2026-12-11", ["-7"]),  # the day itself is Sunday 20 December
        ("2026-12-18", ["0"]),
    ],
)
def test_the_notice_is_wanted_eight_weeks_before_the_plan_is_due_for_a_transfer(morning: str, said: list[str]):
    found = [step for step in due(morning, *BEFORE, TRANSFER) if step.limit == "local_transfer_decision"]
    assert [step.rung for step in found] == said
    assert {(step.kind, step.subject, step.role) for step in found} == {(Kind.WARN, "school", Role.CASEWORKER)}


def test_where_the_law_wants_the_decision_sooner_the_transfer_adds_nothing():
    held = (*BEFORE, TRANSFER, "review_meeting=2026-11-10")
    assert warned("2026-12-11", *held) == ["breach reg20_decision 1"]
    noticed = (*BEFORE, TRANSFER, "review_meeting=2026-12-08", "decision_amend=2026-12-15")
    assert "warn local_transfer_decision 0" in warned("2026-12-18", *noticed)
    assert warned("2026-12-18", *noticed, "amendment_notice_sent=2026-12-15", limit="local_transfer_decision") == []
    late = (*BEFORE, TRANSFER, "review_meeting=2026-12-08")
    assert warned("2026-12-18", *late) == ["warn local_transfer_decision 0"]


def test_a_transfer_that_was_missed_is_a_breach():
    assert warned("2027-02-12", *BEFORE, TRANSFER) == ["warn reg18_phase_transfer 0", "warn local_transfer_decision 0"]
    assert warned("2027-02-15", *BEFORE, TRANSFER, limit="reg18_phase_transfer") == ["breach reg18_phase_transfer 1"]
    assert warned("2027-02-15", *BEFORE, TRANSFER, role=Role.MANAGER) == ["breach reg18_phase_transfer 1"]


# After a decision to amend


def test_a_decision_to_amend_without_its_notice_reminds_the_officer_of_the_notice():
    decided = (*REPORTED, "decision_amend=2027-05-06")
    assert told("2027-05-06", "notice", *decided) == []
    assert told("2027-05-07", "notice", *decided) == ["caseworker 1"]
    assert told("2027-05-13", "notice", *decided) == ["caseworker 7"]
    assert warned("2027-05-13", *decided, limit="reg20_decision") == ["breach reg20_decision 1"]
    assert told("2027-05-13", "notice", *decided, "amendment_notice_sent=2027-05-12") == []


@pytest.mark.parametrize(
    "facts",
    [
        (*BEFORE, "decision_amend=2027-05-06"),  # nobody recorded a meeting
        (*BEFORE, "amendment_notice_sent=2027-03-01", "review_meeting=2027-04-14", "decision_amend=2027-05-06"),
    ],
)
def test_a_notice_from_before_the_meeting_is_not_that_of_the_decision(facts: tuple[str, ...]):
    assert told("2027-05-07", "notice", *facts) == ["caseworker 1"]


def test_when_the_familys_fifteen_days_are_over_the_officer_can_finish_the_plan():
    assert told("2027-05-24", "finalise", *AMENDING) == []
    (step,) = (step for step in due("2027-05-25", *AMENDING) if step.kind is Kind.FINALISE)
    assert step.key == f"{P}/reg22_representations//2027-05-24/1/caseworker"


def test_the_final_is_warned_of_eight_weeks_from_the_notice_and_later_limits_only_once_broken():
    assert warned("2027-06-07", *AMENDING) == ["warn reg22_final -28"]  # due 5 July, the outer limit 7 July
    assert warned("2027-07-06", *AMENDING) == ["breach reg22_final 1"]
    assert warned("2027-07-08", *AMENDING) == ["breach reg22_final 1", "breach devon_final 1"]


def test_an_amendment_without_a_review_has_its_own_end_and_the_review_is_still_to_come():
    outside = (*BEFORE, "amendment_notice_sent=2026-11-02")
    assert warned("2026-12-14", *outside) == ["warn reg22_final -14"]
    done = (*outside, "amended_plan_sent=2026-12-15")
    assert due("2026-12-21", *done) == []
    assert told("2027-03-03", "arrange", *done) == ["adviser -42"]


# Ceasing

CEASING = (*REPORTED, "decision_cease=2027-05-10")


@pytest.mark.parametrize(
    ("morning", "facts", "said"),
    [
        ("2027-07-10", CEASING, []),
        ("2027-07-13", CEASING, ["caseworker 1"]),
        ("2027-08-10", CEASING, ["caseworker 28"]),
        ("2027-09-01", (*CEASING, "appeal_registered=2027-07-01"), []),
    ],
)
def test_a_plan_is_kept_until_nobody_can_appeal_or_the_appeal_is_over(
    morning: str, facts: tuple[str, ...], said: list[str]
):
    assert told(morning, "hold_over", *facts) == said


def test_an_appeal_that_was_dismissed_or_withdrawn_lets_the_plan_cease():
    early = (*CEASING, "appeal_registered=2027-05-20", "appeal_determined=2027-06-20;outcome=dismissed")
    assert told("2027-06-21", "hold_over", *early) == ["caseworker 1"]
    given_up = (*CEASING, "appeal_registered=2027-05-20", "appeal_determined=2027-06-20;outcome=withdrawn")
    assert told("2027-07-12", "hold_over", *given_up) == []  # the window is still open
    for outcome in ("dismissed", "withdrawn"):
        over = (*CEASING, "appeal_registered=2027-07-01", f"appeal_determined=2027-11-03;outcome={outcome}")
        assert told("2027-11-03", "hold_over", *over) == []
        assert told("2027-11-04", "hold_over", *over) == ["caseworker 1"]


def test_an_appeal_that_was_allowed_keeps_the_plan():
    allowed = (*CEASING, "appeal_registered=2027-07-01", "appeal_determined=2027-11-03;outcome=allowed")
    assert due("2027-11-04", *allowed) == []


# The end


@pytest.mark.parametrize("fact", ["died=2027-03-20", "transferred_out=2027-03-20", "decision_maintain=2027-03-20"])
def test_after_the_end_whoever_was_invited_to_a_meeting_still_to_come_is_told_to_stop(fact: str):
    found = due("2027-03-20", *INVITED, fact)
    assert [(step.kind, step.subject, step.urgent) for step in found] == [
        (Kind.STOP, subject, True) for subject in ("education", "health", "social_care")
    ]
    assert found[0].key == f"{P}/stop/education/2027-03-20/now/adviser"
    ours = due("2027-03-20", *INVITED, BY_AUTHORITY, fact)
    assert [step.subject for step in ours] == ["health", "social_care"]


def test_on_the_day_of_the_meeting_itself_nobody_may_have_come_yet():
    assert len(due("2027-04-14", *INVITED, "died=2027-04-14")) == 3


@pytest.mark.parametrize(
    "facts",
    [
        (*BEFORE, "died=2027-04-20"),
        (*HELD, "died=2027-04-20"),
        (*INVITED, "review_meeting=2027-04-07", "died=2027-04-10"),  # held earlier than planned
        (*INVITED, "decision_maintain=2027-04-20"),  # the planned day has passed: the meeting will have been held
    ],
)
def test_nobody_else_hears_anything_after_the_end(facts: tuple[str, ...]):
    assert due("2027-04-21", *facts) == []
