"""An assessment that ends in a final plan leaves a plan behind it, and its first review."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from casework.errors import NeedsConfirmation
from casework.lists import overdue
from casework.plans import open_plan
from records.tables import Person
from statute.notation import parse_fact
from tests.casework.plans.conftest import MADE, REF, Plans
from tests.casework.support import OFFICER, Council, at


def test_a_final_plan_makes_the_plan_with_its_first_review(plans: Plans) -> None:
    assert plans.plan() == (REF, MADE, None, "")
    review = plans.review("A-001/R1")
    assert (review["kind"], review["cycle"], review["officer"], review["team"]) == (
        "annual-review",
        1,
        "a.marsh",
        "East",
    )
    # Twelve months starting with the day it was made; sixteen weeks before, its clock opens.
    assert plans.open_rows("A-001/R1") == {"s44_review": date(2026, 1, 5)}
    assert (review["opens_on"], review["opened_at"]) == (date(2025, 9, 15), None)
    assert review["armed_from"] == datetime(2025, 1, 6, 10, tzinfo=UTC)
    assert plans.said_by_engine("A-001/R1") == ["plan_made=2025-01-06"]
    assert "A-001/R1" not in plans.woken()
    assert review["mail_ref"] != plans.assessment.mail_ref


def test_a_review_that_never_came_is_on_the_overdue_list_like_anything_else(plans: Plans) -> None:
    (item,) = overdue(plans.council.db, OFFICER, date(2026, 1, 16), team="East").items
    assert (item.case_ref, item.limit, item.days_overdue) == ("A-001/R1", "s44_review", 11)
    assert overdue(plans.council.db, OFFICER, date(2026, 1, 16), known_on=date(2026, 1, 16)).items == (item,)


def test_a_plan_that_was_made_on_another_day_is_reviewed_by_another(plans: Plans) -> None:
    plans.says("2025-02-03", REF, "corrected:final_plan_sent=2025-01-08")
    assert plans.plan() == (REF, date(2025, 1, 8), None, "")
    assert plans.open_rows("A-001/R1") == {"s44_review": date(2026, 1, 7)}
    assert plans.said_by_engine("A-001/R1")[1:] == ["corrected:plan_made=2025-01-08"]
    assert plans.review("A-001/R1")["opens_on"] == date(2025, 9, 17)


def test_a_plan_that_never_was_takes_its_review_with_it_and_a_later_one_brings_it_back(plans: Plans) -> None:
    plans.says("2025-02-03", REF, "retracted:final_plan_sent=2025-01-06")
    assert plans.plan() == (REF, MADE, MADE, "opened_in_error")
    assert plans.review("A-001/R1")["opens_on"] is None
    assert plans.open_rows("A-001/R1") == {}
    plans.says("2025-02-10", REF, "final_plan_sent=2025-02-10;to=family")
    assert plans.plan() == (REF, date(2025, 2, 10), None, "")
    assert plans.reviews() == {"A-001/R1": None}
    assert plans.open_rows("A-001/R1") == {"s44_review": date(2026, 2, 9)}
    plans.says("2025-03-03", REF, "reopened=2025-03-03", confirm=True)
    assert plans.plan()[3] == "opened_in_error"


def test_a_review_in_which_somebody_works_is_not_taken_away(plans: Plans) -> None:
    plans.says("2025-10-01", "A-001/R1", "review_invited=2025-10-01;meeting=2025-11-05")
    recorded = plans.says("2025-10-02", REF, "retracted:final_plan_sent=2025-01-06")
    assert any("A-001/R1 has entries of its own" in warning for warning in recorded.warnings)
    assert plans.plan() == (REF, MADE, None, "")
    assert plans.reviews() == {"A-001/R1": None}


def test_a_child_under_five_is_looked_at_again_after_six_months(council: Council) -> None:
    council.opens("2024-09-02", now=at("2024-09-03"), case_ref="B-1", date_of_birth="2021-03-01")
    plans = Plans(council, council.opens(case_ref="C-1"))
    plans.says("2025-01-06", "B-1", "final_plan_sent=2025-01-06;to=family", confirm=True)
    assert plans.open_rows("B-1/R1") == {"s44_review": date(2026, 1, 5), "code_early_years": date(2025, 7, 5)}


def test_a_reference_that_another_plan_has_is_told_apart(plans: Plans) -> None:
    plans.council.opens("2025-02-03", now=at("2025-02-04"), case_ref="B-2")
    with plans.council.db.begin() as connection:  # a plan that a file brought meanwhile, of another child
        connection.exec_driver_sql("UPDATE plan SET plan_ref = 'b-2', process_id = NULL")
    plans.says("2025-06-02", "B-2", "final_plan_sent=2025-06-02;to=family", confirm=True)
    refs = [row["plan_ref"] for row in plans.council.rows("SELECT plan_ref FROM plan ORDER BY made_on")]
    assert refs == ["b-2", "B-2/P"]
    assert set(plans.reviews()) == {"A-001/R1", "B-2/P/R1"}


def test_a_request_for_a_child_with_a_plan_opens_a_case_and_says_what_it_may_be(plans: Plans) -> None:
    child = plans.council.row("SELECT surname, forename, date_of_birth FROM person")
    opened = plans.council.opens("2025-06-02", now=at("2025-06-03"), **child)
    assert not opened.further
    assert any("under review as A-001/R1" in warning for warning in opened.warnings)
    with pytest.raises(NeedsConfirmation, match=opened.case_ref):
        plans.council.opens("2025-06-04", now=at("2025-06-05"), **child)


def test_a_plan_that_a_file_brought_before_is_the_one_that_the_assessment_made(council: Council) -> None:
    plans = Plans(council, council.opens("2024-09-02", now=at("2024-09-03"), case_ref="B-1"))
    with Session(council.db) as session, session.begin():
        person = session.exec(select(Person)).one()
        open_plan(
            session, person, "b-1", [parse_fact("plan_made=2025-01-08")], OFFICER, at("2025-02-03"), imported=True
        )
    plans.says("2025-02-04", "B-1", "final_plan_sent=2025-01-06;to=family", confirm=True)
    assert plans.plan() == ("b-1", date(2025, 1, 8), None, "")
    assert plans.reviews() == {"b-1/R1": None}
    plans.says("2025-02-05", "B-1", "retracted:final_plan_sent=2025-01-06")
    assert plans.plan()[2] is None
