"""How a process ends, is reopened, or goes on after a refusal was changed."""

import pytest

from tests.statute.saying import at, day, one, state

REQUEST = "request_received=2024-09-02"
ASSESS = "decision_to_assess=2024-10-11"
ASKED = "advice_requested:health=2024-10-17"
ENDS = ["withdrawn", "moved_away", "died", "attained_26"]


@pytest.mark.parametrize("end", ENDS)
def test_what_was_past_its_day_ends_overdue_and_the_rest_falls_away(end: str) -> None:
    found = at("2025-06-01", REQUEST, ASSESS, ASKED, f"{end}=2024-12-01")
    states = {(row.limit, row.subject): row.state.value for row in found.deadlines}
    assert states == {
        ("reg4_refuse_assessment", ""): "not_applicable",
        ("reg5_decide", ""): "met",
        ("reg8_advice", "health"): "ended_overdue",
        ("code_advice", ""): "not_applicable",
        ("reg10_refuse_plan", ""): "not_applicable",
        ("reg13_representations", ""): "not_applicable",
        ("reg13_final_plan", ""): "not_applicable",
        ("code_consultation", ""): "not_applicable",
    }
    assert (found.ended_on, found.ended_by) == (day("2024-12-01"), end)


@pytest.mark.parametrize(
    ("end", "expected", "days"),
    [("2025-01-20", "not_applicable", 0), ("2025-01-21", "ended_overdue", 1), ("2024-12-01", "not_applicable", -50)],
)
def test_an_ended_limit_keeps_its_day_and_counts_to_the_end(end: str, expected: str, days: int) -> None:
    row = one("2025-06-01", "reg13_final_plan", REQUEST, ASSESS, f"withdrawn={end}")
    assert (row.state, row.days, row.legal_due) == (expected, days, day("2025-01-20"))


def test_before_the_end_the_limits_were_open() -> None:
    assert state("2024-11-30", "reg13_final_plan", REQUEST, ASSESS, "died=2024-12-01") == "running"


@pytest.mark.parametrize(("end", "expected"), [("2024-10-14", "not_applicable"), ("2024-10-15", "ended_overdue")])
def test_a_decision_never_recorded_ends_with_the_process(end: str, expected: str) -> None:
    assert state("2025-06-01", "reg5_decide", REQUEST, f"final_plan_sent={end}") == expected


@pytest.mark.parametrize("said", [("decision_not_to_assess=2024-10-10",), (ASSESS, "decision_not_to_issue=2024-12-20")])
def test_a_refusal_ends_the_process(said: tuple[str, ...]) -> None:
    found = at("2025-06-01", REQUEST, *said)
    final = found.get("reg13_final_plan")
    assert final is not None
    assert (final.state, found.ended_by) == ("not_applicable", said[-1].partition("=")[0])


def test_a_refusal_to_issue_after_twenty_weeks_leaves_the_plan_ended_overdue() -> None:
    assert state("2025-06-01", "reg13_final_plan", REQUEST, ASSESS, "decision_not_to_issue=2025-02-01") == (
        "ended_overdue"
    )


def test_what_is_said_after_the_end_changes_nothing() -> None:
    late = ("advice_received:health=2024-12-10", "final_plan_sent=2025-01-10")
    ended = (REQUEST, ASSESS, ASKED, "withdrawn=2024-12-01")
    assert at("2025-06-01", *ended, *late).deadlines == at("2025-06-01", *ended).deadlines


def test_what_happened_on_the_day_of_the_end_still_counts() -> None:
    said = (REQUEST, ASSESS, ASKED, "withdrawn=2024-11-20", "advice_received:health=2024-11-20")
    assert state("2025-06-01", "reg8_advice", *said, subject="health") == "met"


@pytest.mark.parametrize("void", ["opened_in_error=2025-03-01", "merged_into=2025-03-01;process=EHC-2024-0001"])
def test_a_process_that_should_not_exist_owed_nothing(void: str) -> None:
    found = at("2025-06-01", REQUEST, ASSESS, ASKED, "draft_plan_sent=2024-12-01", "consulted:123456=2024-12-01", void)
    assert {row.state.value for row in found.deadlines} == {"not_applicable"}
    assert {row.met_on for row in found.deadlines} == {None}


@pytest.mark.parametrize(
    "end", ["withdrawn", "moved_away", "died", "opened_in_error", "merged_into", "final_plan_sent"]
)
def test_reopening_undoes_a_closing_and_the_first_clock_runs_on(end: str) -> None:
    said = (REQUEST, ASSESS, f"{end}=2024-12-01", "reopened=2025-02-01")
    assert state("2025-03-01", "reg13_final_plan", *said) == "overdue"
    closed = at("2025-01-31", *said)
    assert closed.ended_on == day("2024-12-01")
    assert at("2025-03-01", *said).ended_on is None


def test_a_process_can_be_closed_reopened_and_closed_again() -> None:
    said = (REQUEST, "withdrawn=2024-10-01", "reopened=2024-10-05", "moved_away=2024-10-20;to_authority=302")
    assert at("2025-03-01", *said).ended_by == "moved_away"
    assert state("2025-03-01", "reg5_decide", *said) == "ended_overdue"


REFUSED = "decision_not_to_assess=2024-10-14"


def test_a_change_of_mind_leaves_the_first_twenty_weeks_running() -> None:
    """R (W) v Hertfordshire County Council [2023] EWHC 3138 (Admin)."""
    said = (REQUEST, REFUSED, "refusal_changed=2024-12-01;why=own_accord")
    found = at("2025-01-21", *said)
    states = {row.limit: row.state.value for row in found.deadlines}
    assert states["reg5_decide"] == states["reg4_refuse_assessment"] == "met"
    assert states["reg10_refuse_plan"] == "conditional"
    assert states["reg13_final_plan"] == "overdue"
    assert found.ended_on is None


@pytest.mark.parametrize("why", ["mediation_agreement", "reg45_notice", "tribunal_order", "consent_order"])
def test_an_agreement_or_order_replaces_the_later_limits(why: str) -> None:
    said = (REQUEST, REFUSED, f"refusal_changed=2024-12-01;why={why};agreed_plan_by=2025-03-01")
    found = at("2025-01-21", *said)
    states = {row.limit: row.state.value for row in found.deadlines}
    assert states["reg5_decide"] == states["reg4_refuse_assessment"] == "met"
    assert states["reg10_refuse_plan"] == states["reg13_final_plan"] == "replaced"
    assert at("2024-11-30", *said).ended_by == "decision_not_to_assess"
    final = found.get("reg13_final_plan")
    assert final is not None and "The day agreed is Saturday 1 March 2025." in final.explain()


def test_a_refusal_to_issue_can_be_changed_too() -> None:
    refused = (REQUEST, ASSESS, "decision_not_to_issue=2024-12-20")
    own = (*refused, "refusal_changed=2025-01-10;why=own_accord")
    assert state("2025-02-01", "reg10_refuse_plan", *own) == "met"
    assert state("2025-02-01", "reg13_final_plan", *own) == "overdue"
    ordered = (*refused, "refusal_changed=2025-01-10;why=tribunal_order", "final_plan_sent=2025-02-10")
    assert state("2025-03-01", "reg10_refuse_plan", *ordered) == "replaced"
    assert state("2025-03-01", "reg13_final_plan", *ordered) == "replaced"


def test_a_replaced_limit_still_shows_when_it_was_done() -> None:
    refused_late = (REQUEST, ASSESS, "decision_not_to_issue=2024-12-30")
    said = (*refused_late, "refusal_changed=2025-01-10;why=mediation_agreement", "final_plan_sent=2025-02-10")
    refusal, plan = one("2025-03-01", "reg10_refuse_plan", *said), one("2025-03-01", "reg13_final_plan", *said)
    assert (refusal.state, refusal.met_on, refusal.days) == ("replaced", day("2024-12-30"), 7)
    assert "was sent on Monday 30 December 2024, 7 days after the day that was replaced." in refusal.explain()
    assert (plan.state, plan.met_on, plan.days) == ("replaced", day("2025-02-10"), 21)


@pytest.mark.parametrize("end", ["died", "moved_away", "withdrawn"])
@pytest.mark.parametrize("why", ["own_accord", "tribunal_order"])
def test_a_changed_refusal_does_not_undo_what_ended_the_process_since(end: str, why: str) -> None:
    found = at("2025-03-01", REQUEST, REFUSED, f"{end}=2024-11-01", f"refusal_changed=2024-12-01;why={why}")
    assert (found.ended_on, found.ended_by) == (day("2024-11-01"), end)
    states = {row.limit: row.state.value for row in found.deadlines}
    assert states["reg10_refuse_plan"] == states["reg13_final_plan"] == "not_applicable"


def test_a_change_of_a_refusal_that_never_was_changes_nothing() -> None:
    changed = "refusal_changed=2024-12-01;why=tribunal_order"
    said = (REQUEST, REFUSED, changed, "retracted:decision_not_to_assess=2024-10-14")
    assert state("2025-03-01", "reg13_final_plan", *said) == "overdue"


def test_a_second_refusal_to_assess_can_be_the_one_that_regulation_4_reaches() -> None:
    first, second = "decision_not_to_assess=2024-10-14;under=s36(9)", "decision_not_to_assess=2024-11-20;under=s36(5)"
    said = (REQUEST, first, "refusal_changed=2024-11-01;why=own_accord", second)
    row = one("2025-03-01", "reg4_refuse_assessment", *said)
    assert (row.state, row.met_on) == ("met_late", day("2024-11-20"))
    assert state("2025-03-01", "reg5_decide", *said) == "met"


def test_a_later_decision_to_assess_does_not_unmeet_the_first() -> None:
    changed = "refusal_changed=2024-12-01;why=own_accord"
    row = one("2025-01-01", "reg5_decide", REQUEST, REFUSED, changed, "decision_to_assess=2024-12-02")
    assert (row.state, row.met_on) == ("met", day("2024-10-14"))
