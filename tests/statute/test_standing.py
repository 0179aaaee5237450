"""Corrections, retractions and reopenings: what stands, and as of when."""

from dataclasses import replace

import pytest

from statute.notation import format_fact
from statute.standing import standing
from tests.statute.saying import at, day, facts, one, state

REQUEST = "request_received=2024-09-02;source=1"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ((REQUEST,), [REQUEST]),
        ((REQUEST, "corrected:request_received=2024-09-05"), ["request_received=2024-09-05;source=1"]),
        ((REQUEST, "corrected:request_received=2024-09-02;source=2"), ["request_received=2024-09-02;source=2"]),
        ((REQUEST, "corrected:request_received=2024-09-02;source="), ["request_received=2024-09-02"]),
        (
            (REQUEST, "corrected:request_received=2024-09-05", "corrected:request_received=2024-09-06"),
            ["request_received=2024-09-06;source=1"],
        ),
        (  # the latest, unless `was` says which
            (
                REQUEST,
                "draft_plan_sent=2024-12-01",
                "draft_plan_sent=2024-12-09",
                "corrected:draft_plan_sent=2024-12-10",
            ),
            [REQUEST, "draft_plan_sent=2024-12-01", "draft_plan_sent=2024-12-10"],
        ),
        (
            (
                REQUEST,
                "draft_plan_sent=2024-12-01",
                "draft_plan_sent=2024-12-09",
                "corrected:draft_plan_sent=2024-12-02;was=2024-12-01",
            ),
            [REQUEST, "draft_plan_sent=2024-12-02", "draft_plan_sent=2024-12-09"],
        ),
        (
            (REQUEST, "advice_requested:health=2024-10-17", "corrected:advice_requested:health=2024-10-20"),
            [REQUEST, "advice_requested:health=2024-10-20"],
        ),
        ((REQUEST, "decision_to_assess=2024-10-01", "retracted:decision_to_assess=2024-10-01"), [REQUEST]),
        (  # another day was retracted: nothing is
            (REQUEST, "decision_to_assess=2024-10-01", "retracted:decision_to_assess=2024-10-02"),
            [REQUEST, "decision_to_assess=2024-10-01"],
        ),
        (  # retracted, then recorded anew
            (
                REQUEST,
                "decision_to_assess=2024-10-01",
                "retracted:decision_to_assess=2024-10-01",
                "decision_to_assess=2024-10-03",
            ),
            [REQUEST, "decision_to_assess=2024-10-03"],
        ),
        (
            (REQUEST, "withdrawn=2024-10-01", "reopened=2024-10-05"),
            [REQUEST, "reopened=2024-10-05"],
        ),
        (  # a closing after the reopening stands
            (REQUEST, "withdrawn=2024-10-01", "reopened=2024-10-05", "died=2024-10-09"),
            [REQUEST, "reopened=2024-10-05", "died=2024-10-09"],
        ),
        (  # a plan that went to the school alone closed nothing, so nothing of it is undone
            (REQUEST, "final_plan_sent=2025-01-10;to=setting", "withdrawn=2025-01-11", "reopened=2025-01-15"),
            [REQUEST, "final_plan_sent=2025-01-10;to=setting", "reopened=2025-01-15"],
        ),
        (
            (REQUEST, "final_plan_sent=2025-01-10;to=family,setting", "reopened=2025-01-15"),
            [REQUEST, "reopened=2025-01-15"],
        ),
        (  # the letter of a refusal was sent all the same
            (REQUEST, "decision_not_to_assess=2024-10-01", "reopened=2024-10-05"),
            [REQUEST, "decision_not_to_assess=2024-10-01", "reopened=2024-10-05"],
        ),
    ],
)
def test_what_stands(said: tuple[str, ...], stands: list[str]) -> None:
    assert [format_fact(fact) for fact in standing(facts(*said))] == stands


def test_what_stands_is_ordered_by_day_then_as_recorded() -> None:
    said = facts("request_received=2024-09-02", "draft_plan_sent=2024-12-09", "decision_to_assess=2024-10-01")
    twice = [*said, *facts("consulted:2=2024-12-09", "consulted:1=2024-12-09")]
    numbered = [replace(fact, sequence=number) for number, fact in enumerate(twice)]
    assert [fact.subject or fact.kind for fact in standing(numbered)] == [
        "request_received",
        "decision_to_assess",
        "draft_plan_sent",
        "2",
        "1",
    ]


def test_a_correction_can_name_its_fact_by_number() -> None:
    first, second, third = facts(
        "draft_plan_sent=2024-12-01", "draft_plan_sent=2024-12-09", "corrected:draft_plan_sent=2024-12-02"
    )
    found = standing([first, second, replace(third, supersedes=1)])
    assert [fact.day for fact in found] == [day("2024-12-02"), day("2024-12-09")]


def test_the_ledger_itself_is_never_changed() -> None:
    said = facts(REQUEST, "corrected:request_received=2024-09-05")
    before = list(said)
    standing(said)
    assert said == before


def test_a_corrected_received_date_moves_every_limit() -> None:
    row = one("2024-12-01", "reg13_final_plan", REQUEST, "corrected:request_received=2024-09-09")
    assert (row.start, row.legal_due) == (day("2024-09-09"), day("2025-01-27"))


def test_a_correction_holds_for_the_days_before_it_was_made() -> None:
    said = (REQUEST, "corrected:request_received=2024-09-09")
    assert state("2024-09-05", "reg5_decide", *said) == "not_started"
    assert state("2024-09-09", "reg5_decide", *said) == "running"


def test_a_reopening_holds_only_from_its_own_day() -> None:
    said = (REQUEST, "withdrawn=2024-10-01", "reopened=2024-10-20")
    assert at("2024-10-19", *said).ended_by == "withdrawn"
    assert at("2024-10-20", *said).ended_by == ""


def test_a_closing_that_was_undone_since_can_still_be_corrected_or_retracted() -> None:
    said = (REQUEST, "withdrawn=2024-10-01", "reopened=2024-10-20")
    later = (*said, "corrected:withdrawn=2024-10-05")
    assert at("2024-10-04", *later).ended_by == ""
    assert at("2024-10-05", *later).ended_by == "withdrawn"
    assert at("2024-10-20", *later).ended_by == ""
    assert at("2024-10-04", *said, "retracted:withdrawn=2024-10-01").ended_by == ""


def test_a_retracted_withdrawal_never_was() -> None:
    said = (REQUEST, "withdrawn=2024-10-01", "retracted:withdrawn=2024-10-01")
    assert state("2024-10-20", "reg5_decide", *said) == "overdue"
