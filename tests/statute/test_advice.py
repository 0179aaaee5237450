"""Requests for advice: one row and one six weeks for each, whatever became of it."""

import pytest

from tests.statute.saying import at, day, one, state

OPENED = ("request_received=2024-09-02", "decision_to_assess=2024-10-11")
ASKED = "advice_requested:health=2024-10-17"  # six weeks: 28 November


def rows(as_of: str, *said: str) -> set[tuple[str, str, str]]:
    found = at(as_of, *OPENED, *said).deadlines
    return {(row.limit, row.subject, row.state.value) for row in found if row.limit.endswith("_advice")}


@pytest.mark.parametrize(
    ("asked", "limit"),
    [
        ("advice_requested:health=2024-10-17", "reg8_advice"),
        ("advice_requested:education=2024-10-17", "code_advice"),
        ("advice_requested:educational_psychology=2024-10-17", "code_advice"),
        ("advice_requested:social_care=2024-10-17", "code_advice"),
        ("advice_requested:other=2024-10-17", "code_advice"),
        ("advice_requested:health=2024-10-17;section_31=no", "code_advice"),
        ("advice_requested:other=2024-10-17;section_31=yes", "reg8_advice"),
    ],
)
def test_regulation_8_binds_section_31_bodies_and_the_code_asks_the_rest(asked: str, limit: str) -> None:
    found = [row for row in at("2024-11-01", *OPENED, asked).deadlines if row.subject]
    assert [(row.limit, row.legal_due) for row in found] == [(limit, day("2024-11-28"))]


def test_a_limit_without_a_request_keeps_one_row_without_a_subject() -> None:
    assert rows("2024-11-01") == {("reg8_advice", "", "not_started"), ("code_advice", "", "not_started")}
    assert rows("2024-11-01", ASKED) == {("reg8_advice", "health", "running"), ("code_advice", "", "not_started")}


def test_a_single_body_of_a_category_is_shown_as_the_category() -> None:
    assert ("reg8_advice", "health", "running") in rows("2024-11-01", "advice_requested:health/slt=2024-10-17")


def test_several_bodies_of_a_category_have_their_own_rows_and_weeks() -> None:
    slt, ot = "advice_requested:health/slt=2024-10-17", "advice_requested:health/ot=2024-10-21"
    found = at("2024-11-29", *OPENED, slt, ot, "advice_requested:education=2024-10-17")
    shown = {(row.limit, row.subject): row.legal_due for row in found.deadlines if row.subject}
    assert shown == {
        ("reg8_advice", "health/ot"): day("2024-12-02"),
        ("reg8_advice", "health/slt"): day("2024-11-28"),
        ("code_advice", "education"): day("2024-11-28"),
    }


def test_the_weeks_run_from_the_bodys_own_receipt() -> None:
    row = one("2024-11-01", "reg8_advice", *OPENED, f"{ASKED};received_by_body=2024-10-21", subject="health")
    assert (row.start, row.legal_due) == (day("2024-10-21"), day("2024-12-02"))


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-11-28", (), "due_today"),
        ("2024-11-29", (), "overdue"),
        ("2024-12-05", ("advice_received:health=2024-11-28",), "met"),
        ("2024-12-05", ("advice_received:health=2024-11-29",), "met_late"),
        ("2024-12-05", ("advice_nil:health=2024-11-20",), "met"),
        ("2024-12-05", ("advice_part:health=2024-11-20",), "overdue"),
        ("2024-12-05", ("advice_part:health=2024-11-20", "advice_received:health=2024-12-02"), "met_late"),
        ("2024-11-20", ("advice_received:health=2024-11-10", "advice_insufficient:health=2024-11-15"), "due_soon"),
        ("2024-12-05", ("advice_received:health=2024-11-10", "advice_insufficient:health=2024-11-15"), "overdue"),
        (
            "2024-12-05",
            (
                "advice_received:health=2024-11-10",
                "advice_insufficient:health=2024-11-15",
                "advice_received:health=2024-11-27",
            ),
            "met",
        ),
        ("2024-12-05", ("advice_declined:health=2024-11-20",), "not_applicable"),
        ("2024-12-05", ("advice_declined:health=2024-11-28",), "not_applicable"),
        ("2024-12-05", ("advice_declined:health=2024-11-29",), "ended_overdue"),
        ("2024-12-09", ("advice_declined:health=2024-11-20", "advice_received:health=2024-12-06"), "met_late"),
        ("2024-12-05", ("advice_cancelled:health=2024-11-20",), "not_applicable"),
        ("2024-12-05", ("advice_cancelled:health=2024-11-30",), "ended_overdue"),
        ("2024-12-05", ("advice_cancelled:health=2024-11-20", "advice_received:health=2024-11-25"), "not_applicable"),
        ("2024-12-05", ("proceeding_without:health=2024-11-20",), "overdue"),
        ("2024-12-05", ("advice_expected:health=2024-11-20;day=2024-12-20",), "overdue"),
        ("2024-12-05", ("advice_reassigned:health=2024-11-20",), "overdue"),
        ("2024-12-05", ("advice_reassigned:health=2024-11-20;body=ot",), "not_applicable"),
        ("2024-12-05", ("advice_reassigned:health=2024-11-30;body=ot",), "ended_overdue"),
        ("2024-12-05", ("advice_received:health=2024-11-20", "advice_cancelled:health=2024-11-25"), "met"),
    ],
)
def test_what_becomes_of_a_request(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg8_advice", *OPENED, ASKED, *said, subject="health") == expected


def test_insufficient_advice_keeps_the_first_day() -> None:
    said = ("advice_received:health=2024-11-10", "advice_insufficient:health=2024-11-15")
    row = one("2024-12-05", "reg8_advice", *OPENED, ASKED, *said, subject="health")
    assert (row.start, row.legal_due, row.met_on) == (day("2024-10-17"), day("2024-11-28"), None)


def test_a_second_ask_while_one_is_open_leaves_the_clock_with_the_first() -> None:
    row = one("2024-12-05", "reg8_advice", *OPENED, ASKED, "advice_requested:health=2024-11-10", subject="health")
    assert row.legal_due == day("2024-11-28")


@pytest.mark.parametrize(
    "closing", ["advice_cancelled:health=2024-11-01", "advice_reassigned:health=2024-11-01;body=x"]
)
def test_after_a_closed_request_a_new_one_starts_anew(closing: str) -> None:
    again = "advice_requested:health=2024-11-10"
    row = one("2024-12-05", "reg8_advice", *OPENED, ASKED, closing, again, subject="health")
    assert (row.start, row.state) == (day("2024-11-10"), "running")


def test_an_answer_that_names_the_category_meets_its_only_open_request() -> None:
    slt, ot = "advice_requested:health/slt=2024-10-17", "advice_requested:health/ot=2024-10-17"
    assert ("reg8_advice", "health", "met") in rows("2024-12-05", slt, "advice_received:health=2024-11-20")
    both = (slt, ot, "advice_received:health/ot=2024-11-19", "advice_received:health=2024-11-20")
    assert {("reg8_advice", "health/slt", "met"), ("reg8_advice", "health/ot", "met")} <= rows("2024-12-05", *both)


def test_an_answer_keeps_its_request_when_an_earlier_one_to_another_body_is_recorded_afterwards() -> None:
    slt, ot = "advice_requested:health/slt=2024-10-17", "advice_requested:health/ot=2024-10-21"
    found = rows("2024-12-05", slt, "advice_received:health=2024-11-20", ot)
    assert {("reg8_advice", "health/slt", "met"), ("reg8_advice", "health/ot", "overdue")} <= found


def test_an_answer_can_name_its_request_by_id() -> None:
    said = (
        "advice_requested:health/slt=2024-10-17;request=R1",
        "advice_requested:health/ot=2024-10-17;request=R2",
        "advice_received:health=2024-11-20;request=R2",
    )
    assert {("reg8_advice", "health/slt", "overdue"), ("reg8_advice", "health/ot", "met")} <= rows("2024-12-05", *said)


def test_an_answer_that_came_before_its_request_leaves_nobody_to_chase() -> None:
    row = one("2024-12-05", "reg8_advice", *OPENED, "advice_received:health=2024-10-15", ASKED, subject="health")
    assert (row.state, row.met_on) == ("met", day("2024-10-15"))


def test_reused_advice_is_not_owed() -> None:
    said = (*OPENED, "advice_reused:health=2024-10-17;report_date=2024-05-01;agreed=giver,family,authority")
    row = one("2024-12-05", "reg8_advice", *said, subject="health")
    assert (row.state, row.legal_due) == ("not_applicable", None)
    assert "must not be sought again (regulation 6(4))" in row.explain()


def test_reuse_that_nobody_agreed_to_says_so() -> None:
    row = one("2024-12-05", "reg8_advice", *OPENED, "advice_reused:health=2024-10-17;agreed=giver", subject="health")
    assert "not recorded that giver, family and authority all agree" in row.explain()


def test_a_request_replaced_by_earlier_advice_is_not_owed() -> None:
    assert state("2024-12-05", "reg8_advice", *OPENED, ASKED, "advice_reused:health=2024-11-01", subject="health") == (
        "not_applicable"
    )
