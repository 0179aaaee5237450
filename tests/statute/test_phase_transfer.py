"""Moves to another phase of education: the strict days of regulation 18, and what it takes to meet them."""

import pytest

from statute.phase_transfer import backward
from statute.review_standing import unmet_transfers
from tests.statute.saying import day, facts
from tests.statute.saying_reviews import AMEND, AMENDED, MADE, MAINTAIN, MET, NOTICE, at, judged, one, state

SCHOOL = "phase_transfer:school=2025-09-01"
NAMED = "phase_transfer:school=2025-09-01;receiving=123456"
AMENDING = (MADE, MET, AMEND, NOTICE)


@pytest.mark.parametrize(
    ("kind", "transfer", "citation", "legal", "practice"),
    [
        ("school", "2025-09-01", "SI 2014/1530 reg 18(1)(b)", "2025-02-14", "2025-02-15"),
        ("school", "2024-09-02", "SI 2014/1530 reg 18(1)(b)", "2024-02-14", "2024-02-15"),
        ("school", "2026-01-05", "SI 2014/1530 reg 18(1)(b)", "2026-02-14", "2026-02-15"),
        ("post16", "2025-09-01", "SI 2014/1530 reg 18(1)(a)", "2025-03-30", "2025-03-31"),
        ("post16", "2024-09-01", "SI 2014/1530 reg 18(1)(a)", "2024-03-30", "2024-03-31"),
        ("post16_move", "2025-09-01", "SI 2014/1530 reg 18(2)", "2025-03-31", "2025-04-01"),
        ("post16_move", "2025-01-06", "SI 2014/1530 reg 18(2)", "2024-08-05", "2024-08-06"),
        # five months before 31 July end in February, on its last day, and the earlier reading is the day before
        ("post16_move", "2025-07-31", "SI 2014/1530 reg 18(2)", "2025-02-27", "2025-02-28"),
        ("post16_move", "2024-07-31", "SI 2014/1530 reg 18(2)", "2024-02-28", "2024-02-29"),
    ],
)
def test_the_three_kinds_of_transfer(kind: str, transfer: str, citation: str, legal: str, practice: str) -> None:
    found = one("2024-03-01", "reg18_phase_transfer", MADE, f"phase_transfer:{kind}={transfer}", subject=kind)
    assert (found.citation, found.start) == (citation, day(transfer))
    assert (found.legal_due, found.practice_due) == (day(legal), day(practice))


def test_a_strict_day_at_the_weekend_is_not_moved() -> None:
    found = one("2025-03-01", "reg18_phase_transfer", MADE, "phase_transfer:post16=2025-09-01", subject="post16")
    assert (found.legal_due, found.operational_due) == (day("2025-03-30"), day("2025-03-28"))


def test_the_day_of_transfer_can_be_told_beside_the_day_on_which_it_was_asked() -> None:
    asked = "phase_transfer:school=2024-10-01;transfer=2025-09-01"
    for as_of in ("2024-09-01", "2024-11-01"):
        found = one(as_of, "reg18_phase_transfer", MADE, asked, subject="school")
        assert (found.start, found.legal_due) == (day("2025-09-01"), day("2025-02-14"))


def test_a_transfer_that_was_asked_about_before_the_last_review_is_carried_on() -> None:
    carried = "phase_transfer:school=2024-02-01;transfer=2025-09-01"
    assert judged("last_review=2024-03-01", carried).refusals == ()
    assert state("2025-03-01", "reg18_phase_transfer", "last_review=2024-03-01", carried, subject="school") == "overdue"


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-10-01", (MADE, SCHOOL), "running"),
        ("2025-01-31", (MADE, SCHOOL), "due_soon"),
        ("2025-02-14", (MADE, SCHOOL), "due_today"),
        # on the day that custom allows it is late in law
        ("2025-02-15", (MADE, SCHOOL), "overdue"),
        ("2025-10-01", (MADE, SCHOOL), "overdue"),
        ("2025-03-01", (*AMENDING, SCHOOL, AMENDED), "met"),
        ("2025-03-01", (*AMENDING, SCHOOL, "amended_plan_sent=2025-02-15;names_setting=yes"), "met_late"),
        ("2025-03-01", (MADE, SCHOOL, "plan_amended=2025-02-01;names_setting=yes"), "met"),
        # a reg 28 amendment names it as well as one after a review
        ("2025-03-01", (MADE, SCHOOL, NOTICE, AMENDED), "met"),
        # the plan must name where the child goes
        ("2025-03-01", (MADE, SCHOOL, NOTICE, "amended_plan_sent=2025-01-28"), "overdue"),
        ("2025-03-01", (MADE, SCHOOL, NOTICE, "amended_plan_sent=2025-01-28;names_setting=no"), "overdue"),
        ("2025-03-01", (MADE, SCHOOL, NOTICE, "amended_plan_sent=2025-01-28;names_setting=No"), "overdue"),
        ("2025-03-01", (MADE, NAMED, NOTICE, "amended_plan_sent=2025-01-28;names_setting=Yes"), "met"),
        # the type is enough in law, also where the receiving school is known
        ("2025-03-01", (MADE, NAMED, NOTICE, "amended_plan_sent=2025-01-28;names_setting=type"), "met"),
        ("2025-03-01", (MADE, SCHOOL, NOTICE, "amended_plan_sent=2025-01-28;names_setting=123456;to=setting"), "overdue"),
        ("2025-03-01", (MADE, NAMED, NOTICE, "amended_plan_sent=2025-01-28;names_setting=123456"), "met"),
        ("2025-03-01", (MADE, NAMED, NOTICE, "amended_plan_sent=2025-01-28;names_setting=999999,123456"), "met"),
        ("2025-03-01", (MADE, NAMED, NOTICE, "amended_plan_sent=2025-01-28;names_setting=999999"), "overdue"),
        ("2025-03-01", (MADE, SCHOOL, MET, MAINTAIN), "not_applicable"),
        ("2025-03-01", (MADE, SCHOOL, "decision_maintain=2025-02-20"), "ended_overdue"),
        ("2025-03-01", (MADE, SCHOOL, "died=2025-02-01"), "not_applicable"),
        ("2025-03-01", (MADE, SCHOOL, "opened_in_error=2025-02-20"), "not_applicable"),
    ],
)  # fmt: skip
def test_a_phase_transfer_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg18_phase_transfer", *said, subject="school") == expected


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ("", "is not recorded to name the receiving school, institution or type"),
        (";names_setting=no", "does not name the receiving school, institution or type"),
        (";names_setting=999999", "names 999999, not 123456"),
    ],
)
def test_a_plan_that_does_not_name_it_is_told_of(names: str, why: str) -> None:
    found = at("2025-02-01", *AMENDING, NAMED, f"amended_plan_sent=2025-01-28{names}")
    assert any(why in warning for warning in found.warnings)


def test_two_transfers_have_a_row_each_and_no_transfer_has_one_that_does_not_bind() -> None:
    found = at("2025-01-01", MADE, SCHOOL, "phase_transfer:post16_move=2025-09-01")
    rows = [d.subject for d in found.deadlines if d.limit == "reg18_phase_transfer"]
    assert rows == ["school", "post16_move"]
    assert state("2025-01-01", "reg18_phase_transfer", MADE) == "not_started"


def test_of_two_transfers_of_one_kind_the_first_unmet_is_shown_and_one_plan_meets_one() -> None:
    later = "phase_transfer:school=2026-09-01"
    assert one("2025-01-01", "reg18_phase_transfer", MADE, SCHOOL, later, subject="school").start == day("2025-09-01")
    said = (*AMENDING, SCHOOL, later, AMENDED)
    assert one("2025-01-28", "reg18_phase_transfer", *said, subject="school").start == day("2026-09-01")


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ((MADE,), []),
        ((MADE, SCHOOL), ["school"]),
        ((*AMENDING, SCHOOL, AMENDED), []),
        ((MADE, SCHOOL, MET, MAINTAIN), ["school"]),
        ((MADE, SCHOOL, "phase_transfer:post16=2026-09-01", MET, MAINTAIN), ["school", "post16"]),
        ((*AMENDING, SCHOOL, "retracted:phase_transfer:school=2025-09-01"), []),
    ],
)
def test_what_no_plan_has_met_goes_on_to_the_next_review(said: tuple[str, ...], kinds: list[str]) -> None:
    assert [fact.subject for fact in unmet_transfers(facts(*said), day("2025-03-01"))] == kinds


def test_what_goes_on_is_not_said_to_be_over() -> None:
    told = one("2025-03-01", "reg18_phase_transfer", MADE, SCHOOL, MET, MAINTAIN, subject="school").explain()
    assert "It is still owed: it goes on with the next review of the plan." in told


def test_a_transfer_is_planned_backwards_from_its_last_lawful_day() -> None:
    plan = backward(day("2025-02-14"))
    assert plan.final == day("2025-02-14")
    assert plan.draft == plan.decision == day("2024-12-20")
    assert plan.meeting == day("2024-11-22")
    assert plan.report == day("2024-12-06")
