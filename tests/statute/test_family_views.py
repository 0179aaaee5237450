"""The family's views: the officer invites them once and is gently reminded once; nothing of it is ever late."""

import pytest

from statute.ladder import Kind, Role
from statute.policy import load_policy
from statute.steps import steps
from tests.statute.rungs import ASSESSED, at, situation


def said(day: str, *facts: str, policy: str = "") -> list[str]:
    found = steps(situation(at(day), facts=[*ASSESSED, *facts], policy=load_policy(policy)))
    assert all(step.role is Role.CASEWORKER for step in found.due if step.kind is Kind.VIEWS)
    return [step.rung for step in found.due if step.kind is Kind.VIEWS]


@pytest.mark.parametrize(
    ("day", "rungs"),
    [("2026-08-12", ["0"]), ("2026-09-01", ["0"]), ("2026-09-02", ["21"]), ("2027-08-12", ["21"])],
)
def test_they_are_invited_at_the_decision_and_remembered_three_weeks_later_and_never_again(day: str, rungs: list[str]):
    assert said(day) == rungs


@pytest.mark.parametrize("day", ["2026-08-12", "2026-09-02"])
def test_once_they_are_there_nobody_is_reminded(day: str):
    assert said(day, "family_views=2026-08-12;from=parent") == []


def test_before_a_decision_to_assess_nobody_is_invited():
    assert [step for step in steps(situation(at("2026-09-02"), facts=[])).due if step.kind is Kind.VIEWS] == []


def test_an_authority_chooses_when_to_remind_or_not_at_all():
    assert said("2026-08-20", policy="[family_views]\nreminder = 8") == ["8"]
    assert said("2027-08-12", policy="[family_views]\nreminder = 0") == ["0"]


def test_the_clock_wakes_for_the_reminder():
    woken = steps(situation(at("2026-08-20"), facts=ASSESSED)).next_wake
    assert woken is not None
    assert woken.date().isoformat() == "2026-09-02"
