"""A plan goes from review to review: the decision that completes one begins the next, and nothing is owed twice."""

from datetime import date

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.lists import overdue
from casework.plans import open_plan
from records.tables import Person
from records.verification import verify
from statute.notation import parse_fact
from tests.casework.plans.conftest import REF, Plans
from tests.casework.support import OFFICER, at

R1, R2, R3 = "A-001/R1", "A-001/R2", "A-001/R3"
AMENDED = ("review_meeting=2025-11-05", "decision_amend=2025-11-26", "amendment_notice_sent=2025-11-26")


def amend(plans: Plans) -> None:
    """The first review comes to a decision to amend."""
    plans.says("2025-11-26", R1, *AMENDED)


def test_two_years_of_reviews_follow_one_another_without_a_gap(plans: Plans) -> None:
    plans.says("2025-11-05", R1, "review_meeting=2025-11-05")
    plans.says("2026-01-20", R1, "decision_maintain=2026-01-20")
    assert plans.reviews() == {R1: date(2026, 1, 20), R2: None}
    assert plans.open_rows(R2) == {"s44_review": date(2027, 1, 19)}
    assert plans.said_by_engine(R2) == ["plan_made=2025-01-06", "last_review=2026-01-20"]
    second = plans.review(R2)
    assert (second["officer"], second["opens_on"], second["armed_at"]) == (
        "a.marsh",
        date(2026, 9, 29),
        at("2026-01-20"),
    )
    plans.says("2026-10-07", R2, "review_meeting=2026-10-06")
    plans.says("2026-10-20", R2, "decision_maintain=2026-10-20")
    assert plans.reviews() == {R1: date(2026, 1, 20), R2: date(2026, 10, 20), R3: None}
    # The first was late, and is told so once for that time: not again in the cycles behind it.
    late = overdue(plans.council.db, OFFICER, date(2026, 11, 1), as_of=date(2026, 1, 12))
    owed = {(R1, limit) for limit in ("s44_review", "reg20_report", "reg20_decision")}
    assert {(item.case_ref, item.limit) for item in late.items} == owed
    known = overdue(plans.council.db, OFFICER, date(2026, 11, 1), as_of=date(2026, 1, 12), known_on=date(2026, 11, 1))
    assert set(known.items) == set(late.items)
    with Session(plans.council.db) as session:
        assert verify(session) == []


def test_while_the_amended_plan_is_owed_the_next_review_is_there_already(plans: Plans) -> None:
    amend(plans)
    assert plans.reviews() == {R1: None, R2: None}
    assert plans.open_rows(R1) == {"reg22_final": date(2026, 1, 21), "devon_final": date(2026, 1, 28)}
    assert plans.open_rows(R2) == {"s44_review": date(2026, 11, 25)}
    plans.says("2026-01-14", R1, "amended_plan_sent=2026-01-14;to=family;names_setting=117222")
    assert plans.reviews() == {R1: date(2026, 1, 14), R2: None}
    assert R2 not in plans.woken()


def test_a_decision_put_right_is_put_right_in_the_review_behind_it(plans: Plans) -> None:
    amend(plans)
    plans.says("2025-12-01", R1, "corrected:decision_amend=2025-11-28")
    assert plans.open_rows(R2) == {"s44_review": date(2026, 11, 27)}
    plans.says("2025-12-02", R1, "corrected:review_meeting=2025-11-03")
    row = plans.council.row("SELECT norm_due FROM deadline WHERE case_ref = :ref AND to_day IS NULL", ref=R2)
    assert row["norm_due"] == date(2026, 11, 2)
    plans.says("2025-12-03", R1, "retracted:decision_amend=2025-11-28")
    assert plans.review(R2)["ended_on"] == date(2025, 12, 3)
    assert (plans.open_rows(R2), plans.review(R2)["opens_on"]) == ({}, None)
    assert plans.open_rows(R1)["s44_review"] == date(2026, 1, 5)
    plans.says("2025-12-04", R1, "decision_maintain=2025-12-03")
    assert plans.reviews() == {R1: date(2025, 12, 3), R2: None}
    assert plans.open_rows(R2) == {"s44_review": date(2026, 12, 2)}
    assert plans.review(R2)["run"] == 2


def test_a_review_behind_that_has_begun_stays_when_the_one_before_opens_again(plans: Plans) -> None:
    plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_maintain=2025-11-26")
    plans.says("2026-05-04", R2, "review_invited=2026-05-04;meeting=2026-06-01")
    recorded = plans.says("2026-05-05", R1, "retracted:decision_maintain=2025-11-26")
    assert any("A-001/R2 behind it has entries of its own" in warning for warning in recorded.warnings)
    assert plans.reviews() == {R1: None, R2: None}
    assert {ref.process_id for ref in recorded.wakes} == {plans.review(R1)["id"]}


def test_reopened_a_review_takes_back_the_one_behind_it_and_runs_again(plans: Plans) -> None:
    plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_maintain=2025-11-26")
    plans.says("2025-12-08", R1, "reopened=2025-12-08", confirm=True)
    assert plans.reviews() == {R1: None, R2: date(2025, 12, 8)}
    assert plans.review(R1)["run"] == 2
    assert plans.plan()[2] is None


def test_what_is_recorded_of_a_review_opens_it_before_its_day(plans: Plans) -> None:
    plans.says("2025-02-03", R1, "phase_transfer:post16=2026-09-01;receiving=120000")
    assert (plans.review(R1)["opens_on"], plans.woken().count(R1)) == (date(2025, 9, 1), 0)
    recorded = plans.says("2025-04-01", R1, "review_invited=2025-04-01;meeting=2025-05-01")
    review = plans.review(R1)
    assert (review["opens_on"], review["opened_at"]) == (None, at("2025-04-01"))
    assert [ref.kind for ref in recorded.wakes] == ["annual-review"]
    assert plans.woken().count(R1) == 1


class TestAPhaseTransfer:
    """It is met only by an amended plan that names where the child goes on to."""

    TRANSFER = "phase_transfer:post16=2026-09-01;receiving=120000"

    def test_unmet_at_the_end_it_goes_over_to_the_next_review(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, self.TRANSFER, "review_meeting=2025-11-05", "decision_maintain=2025-11-26")
        assert plans.open_rows(R2)["reg18_phase_transfer"] == date(2026, 3, 30)
        late = overdue(plans.council.db, OFFICER, date(2026, 4, 1), limit="reg18_phase_transfer")
        assert [item.case_ref for item in late.items] == [R2]

    def test_met_it_stays_and_put_right_it_comes_and_goes(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, self.TRANSFER, *AMENDED)
        assert "reg18_phase_transfer" not in plans.open_rows(R2)
        plans.says("2026-01-14", R1, "amended_plan_sent=2026-01-14;to=family;names_setting=117222")
        assert "reg18_phase_transfer" in plans.open_rows(R2)
        plans.says("2026-01-15", R1, "corrected:amended_plan_sent=2026-01-14;names_setting=120000")
        assert "reg18_phase_transfer" not in plans.open_rows(R2)

    def test_left_undone_by_an_amendment_that_lasts_it_goes_to_the_newest_review(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, self.TRANSFER, *AMENDED)
        plans.says("2026-10-21", R2, "review_meeting=2026-10-07", "decision_maintain=2026-10-21")
        plans.says("2026-11-04", R1, "amended_plan_sent=2026-11-04;to=family")
        assert "reg18_phase_transfer" in plans.open_rows(R3)
        assert "reg18_phase_transfer" not in plans.open_rows(R1) | plans.open_rows(R2)


class TestTheEndOfAPlan:
    """What ends the plan ends every review of it."""

    def test_a_plan_that_ceases_after_the_window_has_no_review_any_more(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_cease=2025-11-26;reason=4")
        assert plans.reviews() == {R1: None}
        plans.says("2026-02-02", R1, "plan_ceased=2026-02-02;reason=4")
        assert plans.plan()[2:] == (date(2026, 2, 2), "plan_ceased")
        assert plans.reviews() == {R1: date(2026, 2, 2)}

    def test_kept_by_an_appeal_it_goes_on_to_the_next_review(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_cease=2025-11-26;reason=4")
        plans.says("2026-01-12", R1, "appeal_registered=2026-01-12")
        plans.says("2026-05-11", R1, "appeal_determined=2026-05-11;outcome=allowed")
        assert plans.reviews() == {R1: date(2026, 5, 11), R2: None}
        assert plans.plan()[2] is None

    def test_it_ends_both_reviews_and_taken_back_both_go_on(self, plans: Plans) -> None:
        amend(plans)
        plans.says("2025-12-15", R2, "died=2025-12-15")
        assert plans.reviews() == {R1: date(2025, 12, 15), R2: date(2025, 12, 15)}
        assert plans.plan()[2:] == (date(2025, 12, 15), "died")
        assert plans.woken()[-1] == R1  # the only one with a clock
        plans.says("2025-12-16", R2, "corrected:died=2025-12-14")
        assert plans.reviews() == {R1: date(2025, 12, 14), R2: date(2025, 12, 14)}
        plans.says("2025-12-17", R2, "retracted:died=2025-12-14")
        assert plans.reviews() == {R1: None, R2: None}
        assert plans.plan()[2] is None
        plans.says("2025-12-18", R1, "transferred_out=2025-12-18;to_authority=330")
        plans.says("2026-01-08", R1, "reopened=2026-01-08", confirm=True)
        assert plans.reviews() == {R1: None, R2: None}
        assert plans.review(R1)["run"] == 3

    def test_no_review_of_an_ended_plan_is_opened_again(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_maintain=2025-11-26")
        plans.says("2026-02-02", R2, "moved_away=2026-02-02")
        plans.says("2026-02-03", R1, "retracted:decision_maintain=2025-11-26")
        assert plans.reviews() == {R1: date(2026, 2, 2), R2: date(2026, 2, 2)}
        plans.says("2026-02-04", R2, "retracted:moved_away=2026-02-02")
        assert plans.reviews() == {R1: None, R2: None}

    def test_a_review_opened_in_error_leaves_no_gap(self, plans: Plans) -> None:
        plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_maintain=2025-11-26")
        plans.says("2025-12-01", R2, "opened_in_error=2025-12-01", confirm=True)
        assert plans.reviews() == {R1: date(2025, 11, 26), R2: date(2025, 12, 1), R3: None}
        assert plans.open_rows(R3) == {"s44_review": date(2026, 11, 25)}
        for ref in (R1, R3):
            plans.says("2025-12-02", ref, "opened_in_error=2025-12-02", confirm=True)
        assert plans.plan()[2:] == (date(2025, 1, 6), "opened_in_error")


def test_a_plan_that_moved_in_is_reviewed_within_three_months_and_is_a_newcomer_once(plans: Plans) -> None:
    with Session(plans.council.db) as session, session.begin():
        person = Person(authority="301", surname="Lee", forename="Sam")
        session.add(person)
        session.flush()
        facts = ("plan_made=2024-02-05", "last_review=2025-01-20", "transferred_in=2025-12-01;from_authority=330")
        process = open_plan(session, person, "T-9", list(map(parse_fact, facts)), OFFICER, at("2025-12-02"))
        assert process.case_ref == "T-9/R1"
    assert plans.open_rows("T-9/R1") == {"reg15_inform": date(2026, 1, 12), "reg15_review": date(2026, 2, 28)}
    assert plans.review("T-9/R1")["opens_on"] == date(2025, 12, 2)
    plans.says("2026-02-16", "T-9/R1", "review_meeting=2026-02-09", "decision_maintain=2026-02-16")
    assert plans.open_rows("T-9/R2") == {"s44_review": date(2027, 2, 15)}


def test_a_plan_that_comes_with_its_review_half_done_is_open_at_once(plans: Plans) -> None:
    facts = ("plan_made=2023-02-06", "last_review=2025-01-20", *AMENDED)
    with Session(plans.council.db) as session, session.begin():
        person = session.get_one(Person, plans.review(R1)["person_id"])
        said = list(map(parse_fact, facts))
        open_plan(session, person, "T-9", said, Actor("a.marsh", "import"), at("2025-12-02"), imported=True)
    assert plans.open_rows("T-9/R2") == {"s44_review": date(2026, 11, 25)}
    assert (plans.review("T-9/R1")["opened_at"], plans.review("T-9/R2")["opened_at"]) == (at("2025-12-02"), None)
    assert plans.woken()[-1] == "T-9/R1"
    assert plans.review("T-9/R2")["armed_from"] is None


@pytest.mark.parametrize("reference", [REF, "a-001"])
def test_a_death_that_is_recorded_on_the_assessment_ends_the_plan(plans: Plans, reference: str) -> None:
    recorded = plans.says("2025-06-02", reference, "died=2025-06-02")
    assert recorded.case_ref == R1
    assert plans.plan()[2:] == (date(2025, 6, 2), "died")


def test_a_plan_that_was_to_cease_and_is_amended_after_all_has_a_next_review(plans: Plans) -> None:
    plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_cease=2025-11-26;reason=4")
    plans.says("2025-12-03", R1, "amendment_notice_sent=2025-12-03")
    assert list(plans.reviews()) == [R1]
    plans.says("2026-01-12", R1, "amended_plan_sent=2026-01-12;to=family")
    assert list(plans.reviews()) == [R1, R2]
    assert plans.open_rows(R2) == {"s44_review": date(2026, 11, 25)}
