"""People name a plan; what they record goes to the review that it belongs to."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from casework.arming import One, arm
from casework.case import explain, timeline
from casework.chronology import chronology
from casework.correspondence import messages
from casework.errors import Refused, UnknownCase
from casework.reassigning import reassign
from casework.recording import Line, record_many
from records.verification import verify
from tests.casework.plans.conftest import REF, Plans
from tests.casework.support import COLLEAGUE, OFFICER, at

R1, R2 = "A-001/R1", "A-001/R2"
BROUGHT = "P-77"


@pytest.fixture
def two(plans: Plans) -> Plans:
    """The plan has a reference of its own, and two open reviews: in one the amended plan is owed, the next is young."""
    plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_amend=2025-11-26")
    with plans.council.db.begin() as connection:  # as if a file had brought it
        connection.exec_driver_sql("UPDATE plan SET plan_ref = 'P-77', process_id = NULL")
    return plans


@pytest.mark.parametrize(
    ("fact", "review"),
    [
        ("review_invited=2026-03-02;meeting=2026-04-01", R2),
        ("review_meeting=2026-03-02", R2),
        ("decision_maintain=2026-03-02", R2),
        ("amendment_notice_sent=2025-12-01", R1),
        ("amended_plan_sent=2026-01-12;to=family", R1),
        ("decided_not_to_amend=2026-01-12", R1),
        ("plan_ceased=2026-03-02", R2),
        ("appeal_registered=2026-03-02", R2),
        ("mail_hold=2026-03-02;from=2026-03-02", R2),
        ("phase_transfer:post16=2027-09-01", R1),
        ("died=2026-03-02", R2),
        ("corrected:decision_amend=2025-11-25", R1),
        ("retracted:review_meeting=2025-11-05", R1),
        ("corrected:last_review=2025-11-25", R2),
        ("review_meeting=2025-11-05", R1),  # stands there already, word for word
        ("review_report_received=2025-11-20;recommends=amend", R1),  # said late: it was before that decision
        ("review_report_received=2025-11-26", R1),
        ("review_report_received=2025-11-27", R2),
    ],
)
def test_what_is_recorded_under_the_plan_goes_to_the_review_it_belongs_to(two: Plans, fact: str, review: str) -> None:
    assert two.says("2026-03-02", "p-77", fact, confirm=True).case_ref == review


def test_when_ceasing_is_under_way_that_is_the_review_for_it(plans: Plans) -> None:
    plans.says("2025-11-26", REF, "review_meeting=2025-11-05", "decision_cease=2025-11-26;reason=4")
    plans.says("2026-01-12", REF, "appeal_registered=2026-01-12")
    assert plans.says("2026-03-02", REF, "appeal_determined=2026-03-02;outcome=dismissed").case_ref == R1
    assert plans.says("2026-03-03", REF, "plan_ceased=2026-03-03").case_ref == R1
    assert plans.says("2026-03-04", REF, "reopened=2026-03-04", confirm=True).case_ref == REF  # the assessment's own
    assert plans.says("2026-03-04", R1, "reopened=2026-03-04", confirm=True).case_ref == R1


def test_a_meeting_that_is_entered_after_the_decision_counts_in_the_review_that_it_led_to(plans: Plans) -> None:
    plans.says("2025-11-26", R1, "decision_maintain=2025-11-26")
    said = ("review_meeting=2025-11-05", "review_report_received=2025-11-14")
    assert plans.says("2025-11-28", REF, *said).case_ref == R1
    now = at("2025-11-28")
    assert [str(d.start) for d in explain(plans.council.db, R1, "reg20_decision", "", OFFICER, now)] == ["2025-11-05"]
    told = {entry["what"]: entry["detail"] for entry in chronology(plans.council.db, R2, OFFICER, now)}
    assert "meeting=2025-11-05" in told["corrected: the decision of the last review was sent"]


def test_facts_of_two_reviews_are_not_recorded_together(two: Plans) -> None:
    with pytest.raises(Refused, match="A-001/R1 and A-001/R2"):
        two.says("2026-01-12", BROUGHT, "amended_plan_sent=2026-01-12;to=family", "review_invited=2026-01-12")


def test_reading_shows_the_review_that_is_at_work_and_then_the_next(two: Plans) -> None:
    now = at("2026-01-05")
    assert [d.limit for d in explain(two.council.db, BROUGHT, "reg22_final", "", OFFICER, now)] == ["reg22_final"]
    two.says("2026-01-12", BROUGHT, "amended_plan_sent=2026-01-12;to=family")
    assert str(timeline(two.council.db, BROUGHT, OFFICER, now).started_on) == "2025-11-26"
    told = [entry["what"] for entry in chronology(two.council.db, R1, OFFICER, now)]
    assert told[0] == "the plan was made"
    assert "the review was opened: its clock runs" in told
    assert messages(two.council.db, OFFICER, case=BROUGHT) == []


def test_a_child_whom_one_may_not_see_has_no_plan_either(two: Plans) -> None:
    with two.council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET sensitivity = 'restricted', restricted_to = '{a.marsh}'")
    with pytest.raises(UnknownCase):
        timeline(two.council.db, BROUGHT, COLLEAGUE, at("2026-01-05"))


def test_an_assessment_takes_what_is_about_it_and_leaves_the_rest_to_its_plan(plans: Plans) -> None:
    assert timeline(plans.council.db, REF, OFFICER, at("2025-03-03")).process == "assessment"
    assert plans.says("2025-03-03", REF, "advice_received:health=2025-03-03").case_ref == REF
    assert plans.says("2025-10-06", REF, "review_invited=2025-10-06;meeting=2025-11-05").case_ref == R1
    assert plans.says("2025-10-07", REF, "mail_hold=2025-10-07;from=2025-10-07").case_ref == R1
    assert plans.says("2025-10-08", REF, "retracted:mail_hold=2025-10-07").case_ref == R1


def test_a_file_of_facts_under_plan_references_can_be_given_again(two: Plans) -> None:
    said = ("amended_plan_sent=2026-01-12;to=family", "review_invited=2026-01-13;meeting=2026-02-02", "decison=x")
    lines = [Line(number, BROUGHT, fact) for number, fact in enumerate(said[:2], start=2)]
    result = record_many(two.council.db, lines, OFFICER, at("2026-01-14"))
    assert (result.recorded, result.refused) == (2, [])
    assert {ref.process_id for ref in result.wakes} == {two.review(R1)["id"], two.review(R2)["id"]}
    again = record_many(two.council.db, lines, OFFICER, at("2026-01-15"))
    assert (again.recorded, again.unchanged, again.wakes) == (0, 2, [])
    assert record_many(two.council.db, [Line(4, BROUGHT, said[2])], OFFICER, at("2026-01-15")).refused


def test_a_plan_is_armed_and_given_away_as_a_whole_and_no_clock_is_opened_by_it(two: Plans) -> None:
    with two.council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE process SET armed_from = NULL, armed_at = NULL; DELETE FROM wake")
    assert arm(two.council.db, One("p-77"), OFFICER, at("2026-01-05")) == 2
    assert two.woken() == [R1]
    assert two.review(R2)["opens_on"] is not None
    assert arm(two.council.db, One(R2), OFFICER, at("2026-01-06")) == 0
    given = reassign(two.council.db, BROUGHT, "p.singh", OFFICER, at("2026-01-07"))
    assert given.case_refs == (R1, R2)
    assert [ref.process_id for ref in given.wakes] == [two.review(R1)["id"]]
    assert two.council.row("SELECT officer, team FROM plan") == {"officer": "p.singh", "team": "West"}
    assert "armed: letters may go" in [e["what"] for e in chronology(two.council.db, R2, OFFICER, at("2026-01-08"))]


def test_the_next_review_is_as_quiet_as_the_one_before(two: Plans) -> None:
    with two.council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE process SET armed_from = NULL")
    two.says("2026-03-02", R2, "review_meeting=2026-03-02", "decision_maintain=2026-03-02")
    assert two.review("P-77/R3")["armed_from"] is None


def test_people_who_record_at_once_on_one_plan_wait_for_one_another(plans: Plans) -> None:
    plans.says("2025-11-26", R1, "review_meeting=2025-11-05", "decision_amend=2025-11-26")
    refs = [R1, R2, REF, R2, R1, REF, R1, R2]

    def holds(place: int) -> int:
        day = f"2026-01-{place + 1:02}"
        return plans.says("2026-01-12", refs[place], f"mail_hold={day};from={day};to={day}", confirm=True).version

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(holds, range(8)))) == 8
    with Session(plans.council.db) as session:
        assert verify(session) == []
    assert plans.council.count("fact WHERE kind = 'mail_hold'") == 8


def test_no_case_is_opened_under_the_reference_of_a_plan(two: Plans) -> None:
    with pytest.raises(Refused, match="A plan with the reference p-77 exists"):
        two.council.opens("2026-01-05", case_ref="p-77")


def test_a_fact_of_a_review_is_refused_where_there_is_no_plan(plans: Plans) -> None:
    plans.council.opens("2025-01-06", case_ref="N-1")
    with pytest.raises(Refused, match="review"):
        plans.says("2025-03-03", "N-1", "review_meeting=2025-03-03")
