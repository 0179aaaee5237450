"""Rows of the managers' lists: what to do next, what is promised, how far a case has come, what still saves it."""

from datetime import date, timedelta

from casework.actor import Actor
from casework.contacts_log import Note, log_contact
from casework.list_queries import Filter, Query, lifted_query, overdue_query
from casework.listing.cohorts import Outcome, cohort, month_of
from casework.listing.pages import Page, every_row, page_of
from casework.listing.queries import saveable_query, waits_query
from casework.listing.rows import CaseRow
from casework.listing.stages import Stage
from casework.listing.untimed import untimed
from casework.listing.waits import to_save, waits
from casework.opening import Opened
from tests.casework.support import COLLEAGUE, NOW, OFFICER, TODAY, Council, at

NOBODY = Filter()


def listed(council: Council, query: Query, actor: Actor = OFFICER, day: date = TODAY) -> dict[str, CaseRow]:
    """The rows of a list by what is due, for a council of one case."""
    found = every_row(council.db, actor, query, NOBODY, day, TODAY)
    return {f"{row.limit} {row.subject}".strip(): row for row in found}


def overdue(council: Council, day: date = TODAY) -> dict[str, CaseRow]:
    """What is overdue on a day."""
    return listed(council, overdue_query(day, TODAY), day=day)


def decided(council: Council, received: str = "2026-05-01", *facts: str) -> Opened:
    """A case in which it was decided to assess and health was asked, and what else happened."""
    case = council.opens(received, now=at(received))
    asked = ("decision_to_assess=2026-06-01", "advice_requested:health/slt=2026-06-02")
    council.records(case, *asked, *facts, confirm=True)
    return case


def test_before_the_decision_the_decision_is_next_whatever_is_overdue(council: Council) -> None:
    council.opens("2026-05-01", now=at("2026-05-01"))
    found = overdue(council)
    assert {row.next_action for row in found.values()} == {"Decide whether to assess and tell the family."}
    assert {row.stage for row in found.values()} == {Stage.DECIDING}
    assert {row.weeks_open for row in found.values()} == {29}


def test_advice_that_is_out_is_chased_by_the_name_of_the_service(council: Council) -> None:
    decided(council)
    found = overdue(council)
    assert found["reg8_advice health"].next_action == "Chase Speech and Language Therapy: asked 2 Jun 2026."
    final = found["reg13_final_plan"]
    assert final.stage is Stage.AWAITING_ADVICE
    assert final.next_action == "Get the advice that is out from Speech and Language Therapy, then send the draft plan."


def test_a_promise_is_waited_for_and_then_held_against_the_service(council: Council) -> None:
    decided(council, "2026-05-01", "advice_expected:health/slt=2026-11-02;by=2026-12-03")
    advice = overdue(council)["reg8_advice health"]
    assert (advice.promised, advice.next_action) == (
        date(2026, 12, 3), "Wait for Speech and Language Therapy: promised for 3 Dec 2026."
    )  # fmt: skip
    later = every_row(council.db, OFFICER, overdue_query(date(2026, 12, 4), TODAY), NOBODY, date(2026, 12, 4), TODAY)
    said = "Chase Speech and Language Therapy: asked 2 Jun 2026, promised for 3 Dec 2026."
    assert said in {row.next_action for row in later}


def test_advice_found_insufficient_is_promised_no_more(council: Council) -> None:
    decided(
        council,
        "2026-05-01",
        "advice_expected:health/slt=2026-07-01;by=2026-07-20",
        "advice_received:health/slt=2026-07-20",
        "advice_insufficient:health/slt=2026-07-25",
    )
    assert overdue(council)["reg8_advice health"].promised is None


def test_a_correction_of_what_was_promised_is_what_counts(council: Council) -> None:
    case = decided(council, "2026-05-01", "advice_expected:health/slt=2026-11-02;by=2026-12-03")
    council.records(case, "retracted:advice_expected:health/slt=2026-11-02")
    assert overdue(council)["reg8_advice health"].promised is None


def test_after_the_advice_the_draft_is_next_and_after_the_draft_the_plan(council: Council) -> None:
    case = decided(council, "2026-05-01", "advice_received:health/slt=2026-08-01")
    assert overdue(council)["reg13_final_plan"].next_action == "Write the draft plan and send it to the family."
    council.records(case, "draft_plan_sent=2026-11-16;to=parent")
    assert overdue(council)["reg13_final_plan"].next_action == (
        "The family can answer until 30 Nov 2026. Send the final plan after that."
    )
    later = overdue_query(date(2026, 12, 1), TODAY)
    (row,) = every_row(council.db, OFFICER, later, Filter(limit="reg13_final_plan"), date(2026, 12, 1), TODAY)
    assert (row.stage, row.next_action) == (Stage.AFTER_DRAFT, "Finish the plan and send it to the family.")


def test_the_last_contact_with_the_family_is_told_for_today_alone(council: Council) -> None:
    case = decided(council)
    for day, whom in (("2026-10-01", "parent"), ("2026-11-01", "young_person"), ("2026-11-10", "setting")):
        note = Note(date.fromisoformat(day), "phone", whom, "Spoke about the draft")
        log_contact(council.db, case.case_ref, note, OFFICER, NOW)
    assert overdue(council)["reg13_final_plan"].last_contact == date(2026, 11, 1)
    assert overdue(council, date(2026, 10, 30))["reg13_final_plan"].last_contact is None


def test_a_row_of_a_past_day_is_as_it_was_then(council: Council) -> None:
    decided(council, "2026-05-01", "advice_received:health/slt=2026-08-01")
    then = overdue(council, date(2026, 7, 20))
    assert set(then) == {"reg8_advice health"}
    assert then["reg8_advice health"].stage is Stage.AWAITING_ADVICE
    assert then["reg8_advice health"].weeks_open == 11


def test_a_lifted_limit_says_its_ground_its_target_and_who_approved_it(council: Council) -> None:
    case = council.opens("2026-09-02", now=at("2026-09-02"))
    council.records(
        case,
        "relief=2026-09-20;ground=absent_4w;limit=reg8_advice;from=2026-09-01;to=2026-10-30",
        "relief=2026-10-12;ground=personal;limit=reg5_decide;from=2026-09-20;to=2026-10-10;target=2026-12-01"
        ";approver=m.east",
        confirm=True,
    )
    row = listed(council, lifted_query(TODAY))["reg5_decide"]
    assert (row.ground, row.approver, row.lifted_until) == ("personal", "m.east", date(2026, 10, 10))
    assert (row.target, row.promised, row.must) == (date(2026, 12, 1), date(2026, 12, 1), "")


def test_a_twenty_week_day_is_saveable_while_a_draft_leaves_the_family_its_fifteen_days(council: Council) -> None:
    due = TODAY + timedelta(days=15)
    received = due - timedelta(weeks=20)
    case = council.opens(received.isoformat(), now=at(received.isoformat()))
    council.records(case, f"decision_to_assess={received + timedelta(days=20)}")
    row = listed(council, saveable_query(TODAY))["reg13_final_plan"]
    assert row.legal_due == due
    assert (row.outcome, row.must) == (
        Outcome.SAVEABLE, "Draft plan out by 20 Nov 2026, final plan by 4 Dec 2026."
    )  # fmt: skip
    tomorrow = TODAY + timedelta(days=1)
    assert not listed(council, saveable_query(tomorrow), day=tomorrow)
    lost = listed(council, saveable_query(tomorrow, can=False), day=tomorrow)["reg13_final_plan"]
    assert (lost.outcome, lost.must) == (
        Outcome.LOST, "The draft plan had to be out by 20 Nov 2026 for the family to keep its 15 days."
    )  # fmt: skip


def test_a_draft_that_came_too_late_cannot_save_the_day(council: Council) -> None:
    received = TODAY + timedelta(days=10) - timedelta(weeks=20)
    case = council.opens(received.isoformat(), now=at(received.isoformat()))
    council.records(case, f"decision_to_assess={received + timedelta(days=20)}", f"draft_plan_sent={TODAY};to=parent")
    row = listed(council, saveable_query(TODAY, can=False))["reg13_final_plan"]
    assert row.must == ("The family can answer until 4 Dec 2026, so the plan cannot lawfully go by 30 Nov 2026.")
    assert to_save(council.db, OFFICER, TODAY, TODAY, NOBODY) == (0, 1, 0)


def test_the_longest_waits_count_what_is_lifted_too(council: Council) -> None:
    relief = "relief=2026-07-01;ground=personal;limit=reg13_final_plan;from=2026-05-01;to=2026-08-30"
    council.records(council.opens("2026-04-01", now=at("2026-04-01")), relief)
    council.opens("2025-10-01", now=at("2025-10-01"))
    council.opens("2026-09-01", now=at("2026-09-01"))
    found = waits(council.db, OFFICER, TODAY, NOBODY)
    assert (found.longest, found.over_20, found.over_52) == (59, 2, 1)
    rows = every_row(council.db, OFFICER, waits_query(TODAY), NOBODY, TODAY, TODAY)
    assert [row.began for row in rows] == [date(2025, 10, 1), date(2026, 4, 1)]
    assert waits(council.db, OFFICER, TODAY, Filter(team="West")) == type(found)(None, 0, 0)


def test_a_restricted_child_is_counted_for_those_named_alone(council: Council) -> None:
    council.opens("2026-04-01", now=at("2026-04-01"), sensitivity="restricted", restricted_to=["a.marsh"])
    month = month_of(date(2026, 8, 19))
    for actor, number in ((OFFICER, 1), (COLLEAGUE, 0)):
        assert waits(council.db, actor, TODAY, NOBODY).over_20 == number
        assert sum(cohort(council.db, actor, TODAY, month, NOBODY).values()) == number
        assert page_of(council.db, actor, waits_query(TODAY), NOBODY, TODAY, TODAY).number == number


def test_a_month_begins_and_ends_where_the_calendar_says() -> None:
    assert (month_of(date(2028, 2, 10)).last, month_of(date(2026, 12, 31)).after.last) == (
        date(2028, 2, 29), date(2027, 1, 31)
    )  # fmt: skip
    assert month_of(date(2027, 1, 1)).before.first == date(2026, 12, 1)


def test_pages_of_fifty_follow_one_another_and_say_how_many_there_are(council: Council) -> None:
    for number in range(53):
        council.opens("2026-09-01", case_ref=f"REF{number:02}")
    query = overdue_query(TODAY, TODAY)

    def page(after: str = "") -> Page:
        return page_of(council.db, OFFICER, query, NOBODY, TODAY, TODAY, after)

    first = page()
    assert first.next
    second = page(first.next)
    assert (len(first.rows), len(second.rows), second.next) == (50, 3, None)
    assert (first.number, second.number) == (53, 53)
    assert [row.case_ref for row in (*first.rows, *second.rows)] == [f"REF{number:02}" for number in range(53)]


def test_a_refused_row_that_names_a_restricted_child_is_not_told_to_others(council: Council) -> None:
    case = council.opens("2026-09-01", sensitivity="restricted", restricted_to=["a.marsh"])
    with council.db.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO import_refusal (authority, file_hash, line, case_ref, column_name, reason, refused_at) "
            "VALUES ('000', 'x', 2, %s, 'received', 'missing', %s)",
            (case.case_ref.lower(), NOW),
        )
    (row,) = untimed(council.db, OFFICER)
    assert (row.line, row.column, row.reason, len(row.processes)) == (2, "received", "missing", 1)
    assert untimed(council.db, COLLEAGUE) == []
