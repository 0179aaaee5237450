"""Plans, week after week: what a file opens, completes and ends, and what a person's word stands against."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.arming import All, arm
from casework.caseload.report import ImportReport
from casework.lists import overdue
from tests.casework.caseload.files import child, read, write, write_xlsx
from tests.casework.caseload.plan_files import plan
from tests.casework.caseload.tracker import NOW, TODAY, Tracker
from tests.casework.support import OFFICER

MEETING = {"last_review_meeting": "2026-11-02"}
DECIDED = {**MEETING, "last_review_decision": "2026-11-16"}
NEXT_WEEK = datetime(2026, 11, 27, 9, tzinfo=UTC)
TABLES = ("person", "plan", "review", "process", "fact", "deadline", "wake", "import_file", "import_refusal")


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.added, report.changed, report.unchanged


def told(report: ImportReport) -> list[str]:
    return [each.message for each in report.warnings]


def rows(tracker: Tracker) -> dict[str, int]:
    return {table: tracker.council.count(table) for table in TABLES}


def reviews(tracker: Tracker, plan_ref: str) -> list[dict[str, Any]]:
    """The cycles of a plan, with what is known of each."""
    query = (
        "SELECT case_ref, ended_on, opens_on, review.opened_at IS NOT NULL AS open, armed_from, process.officer FROM review "
        "JOIN plan ON plan.id = plan_id JOIN process ON process.id = review.process_id "
        "WHERE plan_ref = :ref ORDER BY cycle"
    )
    return tracker.council.rows(query, ref=plan_ref)


def the_plan(tracker: Tracker, plan_ref: str) -> dict[str, Any]:
    return tracker.council.row("SELECT * FROM plan WHERE plan_ref = :ref", ref=plan_ref)


def test_a_plan_is_there_with_its_review_quiet_and_says_where_it_came_from(tracker: Tracker) -> None:
    report = tracker.takes(
        plan("P-1", arranged_by="authority"),
        plan("P-2", **MEETING),
        plan("P-3", transferred_out="2026-10-01"),
        plan("P-4", surname="=1+1"),
    )
    assert (counts(report), told(report), report.notes) == ((4, 0, 0), [], [])
    starts = ["plan_made=2024-03-04", "last_review=2026-03-02"]
    assert tracker.ledger("P-1/R1") == [*starts, "review_arranged_by=2026-03-02"]
    assert tracker.ledger("P-2/R1")[2:] == ["review_meeting=2026-11-02"]
    (first,), (second,), (third,) = (reviews(tracker, ref) for ref in ("P-1", "P-2", "P-3"))
    # Sixteen weeks before 1 March 2027 has passed: the next sweep opens it. A review under way is open at once.
    assert (first["opens_on"], first["open"], second["opens_on"], second["open"]) == (TODAY, False, None, True)
    assert (third["ended_on"], the_plan(tracker, "P-3")["ended_by"]) == (date(2026, 10, 1), "transferred_out")
    assert tracker.council.count("process WHERE armed_from IS NOT NULL OR NOT imported") == 0
    assert tracker.council.count("fact WHERE channel <> 'import' OR NOT attributes ? 'file'") == 0
    assert tracker.case("P-4/R1")["surname"] == "=1+1"
    assert [(item.case_ref, item.limit) for item in overdue(tracker.council.db, OFFICER, TODAY).items] == [
        ("P-2/R1", "reg20_report")
    ]


def test_the_same_plans_again_change_nothing_however_they_are_saved(tracker: Tracker) -> None:
    these = [
        plan("P-1", last_review_outcome="amend", amendment_notice_sent="2026-03-02"),
        plan("P-2", phase_transfer="school", transfer_date="2027-09-01", receiving="117244", **MEETING),
        plan("P-3", last_review_outcome="cease", last_review_decision="2026-11-16"),
        plan("P-4", plan_made=""),
    ]
    tracker.takes(*these)
    before = rows(tracker)
    assert counts(tracker.takes(*these)) == (0, 0, 3)
    assert rows(tracker) == before
    book = write_xlsx(tracker.folder / "tracker.xlsx", these)
    assert counts(tracker.takes_file(book)) == (0, 0, 3)
    english = [{**row, "plan_made": row["plan_made"] and "04/03/2024"} for row in these]
    path = write(tracker.folder / "tracker.csv", english, encoding="cp1252", delimiter=";")
    assert counts(tracker.takes_file(path)) == (0, 0, 3)
    assert tracker.council.count("fact") == before["fact"]


def test_a_dry_run_reports_everything_and_writes_nothing(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", **MEETING))
    before = rows(tracker)
    report = tracker.takes(
        plan("P-1", **DECIDED, last_review_outcome="maintain"), plan("P-2"), plan("P-3", plan_made=""), dry_run=True
    )
    assert (counts(report), len(report.refused), report.rejects_path) == ((1, 1, 0), 1, None)
    assert rows(tracker) == before


def test_next_weeks_file_completes_reviews_and_the_next_begin(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", **MEETING), plan("P-2"), plan("P-3"), plan("P-4"))
    arm(tracker.council.db, All(), OFFICER, NOW)
    decided = {**DECIDED, "last_review_decision": "2026-11-24"}
    report = tracker.takes(
        plan("P-1", **decided, last_review_outcome="maintain"),
        plan("P-2", **decided, last_review_outcome="amend", amendment_notice_sent="2026-11-24"),
        plan("P-3", ceased="2026-11-23"),
        plan("P-5"),
        now=NEXT_WEEK,
    )
    assert (counts(report), told(report), report.disappeared) == ((1, 3, 0), [], ["P-4"])
    done, following = reviews(tracker, "P-1")
    assert (done["ended_on"], following["ended_on"], following["armed_from"]) == (date(2026, 11, 24), None, NEXT_WEEK)
    assert tracker.ledger("P-1/R2") == ["plan_made=2024-03-04", "last_review=2026-11-24"]
    amending, _ = reviews(tracker, "P-2")
    assert amending["ended_on"] is None
    assert tracker.ledger("P-2/R1")[2:] == [
        "review_meeting=2026-11-02",
        "decision_amend=2026-11-24",
        "amendment_notice_sent=2026-11-24",
    ]
    (ceased,) = reviews(tracker, "P-3")
    assert (ceased["ended_on"], the_plan(tracker, "P-3")["ceased_on"]) == (date(2026, 11, 23), date(2026, 11, 23))

    sent = plan("P-2", **decided, last_review_outcome="amend", amendment_notice_sent="2026-11-24")
    report = tracker.takes(plan("P-1", **decided), {**sent, "amended_plan_sent": "2026-11-26"}, now=NEXT_WEEK)
    assert (counts(report), told(report)) == ((0, 1, 1), [])
    assert [each["ended_on"] for each in reviews(tracker, "P-2")] == [date(2026, 11, 26), None]

    # The file takes its own decision back: the review goes on, and the one behind it should not have begun.
    assert told(tracker.takes(plan("P-1", **MEETING), now=NEXT_WEEK)) == []
    going_on, void = reviews(tracker, "P-1")
    assert (going_on["ended_on"], void["ended_on"]) == (None, NEXT_WEEK.date())


def test_how_a_review_ended_is_not_invented(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", **MEETING))
    report = tracker.takes(plan("P-1", **DECIDED))
    assert ["how this review ended is not in the file" in message for message in told(report)] == [True]
    assert tracker.ledger("P-1/R1")[2:] == ["review_meeting=2026-11-02", "corrected:last_review=2026-11-16"]
    assert (counts(tracker.takes(plan("P-1", **DECIDED))), len(reviews(tracker, "P-1"))) == ((0, 0, 1), 1)
    items = tracker.council.rows("SELECT limit_id, legal_due FROM deadline WHERE standing = 'open' AND to_day IS NULL")
    assert items == [{"limit_id": "s44_review", "legal_due": date(2027, 11, 15)}]


def test_a_phase_transfer_that_an_amended_plan_met_is_not_asked_for_again(tracker: Tracker) -> None:
    transfer = {"phase_transfer": "school", "transfer_date": "2026-09-01", "receiving": "117244"}
    amended = {"last_review_outcome": "amend", "amended_plan_sent": "2026-04-10", "names_setting": "117244"}
    tracker.takes(plan("P-1", **transfer, **amended), plan("P-2", **transfer))
    listed = overdue(tracker.council.db, OFFICER, TODAY).items
    assert [(item.case_ref, item.limit, item.subject) for item in listed] == [
        ("P-2/R1", "reg18_phase_transfer", "school")
    ]
    assert counts(tracker.takes(plan("P-1", **transfer, **amended), plan("P-2"))) == (0, 1, 1)
    assert overdue(tracker.council.db, OFFICER, TODAY).items == ()


def test_what_is_odd_about_very_many_rows_is_said_once(tracker: Tracker) -> None:
    report = tracker.takes(*(plan(f"P-{number}", ceased="2026-10-01") for number in range(21)))
    assert [(note.line, note.message[:38]) for note in report.notes] == [(1, "21 rows: No decision to cease the plan")]


# One child, one plan


def test_the_plan_that_an_assessment_made_is_adopted_not_doubled(tracker: Tracker) -> None:
    made = {"decision": "assess", "decision_notified": "2024-01-01", "received": "2023-11-20"}
    who = {name: child("A-2")[name] for name in ("surname", "forename", "date_of_birth")}
    tracker.takes(
        child("A-1", **made, final_sent="2024-03-04"), child("A-2", **made, final_sent="2024-03-04"), name="cases.csv"
    )
    mine = {name: child("A-1")[name] for name in ("surname", "forename", "date_of_birth")}
    report = tracker.takes(plan("a-1", **mine), plan("P-77", **who, setting_urn="117244", team="West"))
    assert (counts(report), told(report), tracker.council.count("person")) == ((0, 2, 0), [], 2)
    assert [row["plan_ref"] for row in tracker.council.rows("SELECT plan_ref FROM plan ORDER BY 1")] == ["A-1", "P-77"]
    assert tracker.ledger("A-2/R1") == ["plan_made=2024-03-04", "last_review=2026-03-02"]
    # What the file of assessments said of the child is no person's word against the plan's file.
    assert (tracker.case("A-2/R1")["setting_urn"], tracker.case("A-2/R1")["team"]) == ("117244", "West")

    # Called from then on as the file calls it, whatever else is put right.
    again = {**who, "date_of_birth": "2012-12-12", "setting_urn": "117244", "team": "West"}
    report = tracker.takes(plan("a-1", **mine), plan("P-77", **again, **MEETING))
    assert (counts(report), tracker.council.count("plan"), report.disappeared) == ((0, 1, 1), 2, [])


def test_another_plan_that_runs_is_told_and_one_that_has_ended_is_not(tracker: Tracker) -> None:
    who = {"surname": "Nowak", "forename": "Ewa", "date_of_birth": "2014-04-04"}
    report = tracker.takes(
        plan("P-1", **who), plan("P-2", **who), plan("P-3", **who, ceased="2026-05-05"), plan("P-1", forename="Jo")
    )
    assert (tracker.council.count("person"), told(report)) == (1, ["another plan for the same child: P-1"])
    assert [(each.column, each.line) for each in report.refused] == [("plan_ref", 5)]


def test_a_reference_that_belongs_to_another_child_is_refused(tracker: Tracker) -> None:
    tracker.takes(plan("P-1"))
    report = tracker.takes(plan("P-1", surname="Else", forename="Somebody", date_of_birth="2019-09-09"))
    assert [each.column for each in report.refused] == ["plan_ref"]


# The word of a person


def test_a_tracker_that_is_behind_the_app_takes_nothing_back(tracker: Tracker) -> None:
    tracker.takes(plan("P-1"))
    tracker.says("P-1/R1", "review_meeting=2026-11-02", "decision_maintain=2026-11-16")
    before = rows(tracker)
    for behind in (plan("P-1"), plan("P-1", **MEETING), plan("P-1", **DECIDED, last_review_outcome="maintain")):
        report = tracker.takes(behind)
        assert (counts(report), told(report)) == ((0, 0, 1), [])
    assert {**rows(tracker), "import_file": 0} == {**before, "import_file": 0}
    report = tracker.takes(plan("P-1", **DECIDED, last_review_outcome="amend"))
    assert ["a person has recorded decision_maintain 2026-11-16" in message for message in told(report)] == [True]
    assert rows(tracker)["fact"] == before["fact"]


def test_officer_and_setting_follow_the_file_until_a_person_changes_them(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", last_review_outcome="amend", amendment_notice_sent="2026-03-05"))
    report = tracker.takes(
        plan(
            "P-1",
            last_review_outcome="amend",
            amendment_notice_sent="2026-03-05",
            caseworker="p.singh",
            team="West",
            setting_urn="117244",
        )
    )
    assert counts(report) == (0, 1, 0)
    assert {each["officer"] for each in reviews(tracker, "P-1")} == {"p.singh"}
    assert tracker.council.rows("SELECT DISTINCT officer, team FROM deadline") == [
        {"officer": "p.singh", "team": "West"}
    ]
    assert tracker.case("P-1/R1")["setting_urn"] == "117244"


def test_a_plan_opened_in_error_is_left_as_it_is(tracker: Tracker) -> None:
    tracker.takes(plan("P-1"))
    tracker.says("P-1/R1", "opened_in_error=2026-11-19")
    report = tracker.takes(plan("P-1", **MEETING))
    assert (counts(report), len(tracker.ledger("P-1/R1"))) == ((0, 0, 1), 3)
    assert ["opened in error" in message for message in told(report)] == [True]


# Rows that were refused


def test_a_refused_plan_is_not_timed_until_a_plans_file_has_it_right(tracker: Tracker) -> None:
    report = tracker.takes(plan("P-1", plan_made="soon"), plan("P-2", plan_made=""), name="plans.csv")
    assert (tracker.not_timed(), report.rejects_path) == (2, tracker.folder / "plans.rejects.csv")
    tracker.takes(child("P-1"), name="cases.csv")
    assert tracker.not_timed() == 2  # an assessment of that reference is no plan
    first, second = read(tracker.folder / "plans.rejects.csv")
    assert first["_reason"] == "plan_made: 'soon' is not a date: write it as 2026-11-20 or 20/11/2026"
    corrected = [{**first, "plan_made": "2024-03-04"}, second]
    report = tracker.takes_file(write(tracker.folder / "plans.rejects.csv", corrected))
    assert (counts(report), tracker.not_timed(), report.disappeared) == ((1, 0, 0), 1, [])


@pytest.mark.parametrize("missing", ["phase_transfer", "last_review_decision"])
def test_a_column_that_is_missing_takes_nothing_back(tracker: Tracker, missing: str) -> None:
    row = plan("P-1", phase_transfer="school", transfer_date="2027-09-01", **MEETING)
    tracker.takes(row)
    report = tracker.takes({column: cell for column, cell in row.items() if column != missing})
    assert counts(report) == (0, 0, 1)
    assert told(report) == [f"the file has no column {missing}: what is recorded of these stays as it is"]
