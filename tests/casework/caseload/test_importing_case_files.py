"""Week after week: what a file adds, corrects, clears, and what becomes of rows that were refused."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.caseload.importing import import_caseload
from casework.errors import Refused
from casework.lists import overdue
from casework.locks import alone
from casework.opening import Opening, open_case
from tests.casework.caseload.files import child, read, write, write_xlsx
from tests.casework.caseload.tracker import NOW, TODAY, Tracker
from tests.casework.support import OFFICER


def test_next_weeks_file_adds_corrects_and_clears(tracker: Tracker) -> None:
    tracker.takes(
        child("A-1", decision="assess", decision_notified="2026-10-09"),
        child("A-2", decision="assess", decision_notified="2026-10-09"),
        child("A-3", withdrawn="2026-10-01"),
    )
    report = tracker.takes(
        child("A-1", decision="assess", decision_notified="2026-10-09", draft_sent="2026-11-16"),
        child("A-2", decision="assess", decision_notified="2026-10-12"),
        child("A-3"),
        child("A-4"),
    )
    assert (report.added, report.changed, report.unchanged) == (1, 3, 0)
    assert tracker.ledger("A-1")[2:] == ["draft_plan_sent=2026-11-16"]
    assert tracker.ledger("A-2")[2:] == ["corrected:decision_to_assess=2026-10-12"]
    assert tracker.ledger("A-3")[2:] == ["retracted:withdrawn=2026-10-01"]
    assert tracker.case("A-3")["ended_on"] is None


def test_a_correction_carries_the_hash_of_its_file(tracker: Tracker) -> None:
    tracker.takes(child("A-1"))
    tracker.takes(child("A-1", received="2026-09-02"))
    fact = tracker.council.row("SELECT attributes, channel FROM fact WHERE kind = 'corrected'")
    files = tracker.council.rows("SELECT file_hash FROM import_file ORDER BY imported_at, changed")
    assert fact["attributes"]["file"] in {file["file_hash"][:16] for file in files}
    assert (fact["attributes"]["was"], fact["channel"]) == ("2026-09-01", "import")


def test_the_read_model_follows_a_corrected_received_date(tracker: Tracker) -> None:
    tracker.takes(child("A-1", received="2026-10-09"))
    before = overdue(tracker.council.db, OFFICER, date(2026, 11, 21)).items
    assert [(item.limit, item.legal_due) for item in before] == [("reg5_decide", date(2026, 11, 20))]
    tracker.takes(child("A-1", received="2026-10-19"))
    assert overdue(tracker.council.db, OFFICER, date(2026, 11, 30)).items == ()


def test_all_days_of_a_row_may_move_together(tracker: Tracker) -> None:
    tracker.takes(child("A-1", decision="assess", decision_notified="2026-10-09"))
    later = child("A-1", received="2026-10-10", decision="assess", decision_notified="2026-11-02")
    assert tracker.takes(later).warnings == []
    assert tracker.takes(child("A-1", decision="assess", decision_notified="2026-10-09")).warnings == []
    assert [fact["day"] for fact in tracker.standing("A-1")] == [date(2026, 9, 1), date(2026, 10, 9)]


def test_a_start_that_would_leave_a_persons_fact_before_it_is_not_moved(tracker: Tracker) -> None:
    tracker.takes(child("A-1"))
    tracker.says("A-1", "draft_plan_sent=2026-09-20")
    report = tracker.takes(child("A-1", received="2026-10-01"))
    assert tracker.ledger("A-1") == ["request_received=2026-09-01", "draft_plan_sent=2026-09-20"]
    assert ["request_received was left out" in each.message for each in report.warnings] == [True]


def test_open_imported_cases_that_disappeared_are_named(tracker: Tracker) -> None:
    tracker.takes(child("A-1"), child("A-2", withdrawn="2026-10-01"), child("A-3"))
    tracker.council.opens(case_ref="OURS-1")
    report = tracker.takes(child("A-1"))
    assert report.disappeared == ["A-3"]
    assert tracker.case("A-3")["ended_on"] is None


def test_what_a_person_recorded_in_the_app_is_kept_and_told(tracker: Tracker) -> None:
    tracker.takes(child("A-1", draft_sent="2026-11-02"))
    tracker.says("A-1", "corrected:draft_plan_sent=2026-11-03")
    before = tracker.ledger("A-1")
    report = tracker.takes(child("A-1", draft_sent="2026-11-04"))
    assert tracker.ledger("A-1") == before
    assert ["person has recorded draft_plan_sent 2026-11-03" in each.message for each in report.warnings] == [True]


def test_a_case_opened_in_the_app_is_brought_up_to_date_not_doubled(tracker: Tracker) -> None:
    row = child("a-1", decision="assess", decision_notified="2026-10-09")
    who = {name: row[name] for name in ("surname", "forename", "date_of_birth")}
    opening = Opening.model_validate({"received": "2026-09-01", "source": 1, "case_ref": "A-1", **who})
    open_case(tracker.council.db, opening, OFFICER, NOW)
    report = tracker.takes(row)
    assert (report.added, report.changed) == (0, 1)
    assert tracker.ledger("A-1") == ["request_received=2026-09-01", "decision_to_assess=2026-10-09"]


def test_a_reference_that_belongs_to_another_child_is_refused(tracker: Tracker) -> None:
    tracker.takes(child("A-1"))
    report = tracker.takes(
        child("A-1", surname="Else", forename="Somebody", date_of_birth="2019-09-09"), name="other.csv"
    )
    assert [said.column for said in report.refused] == ["case_ref"]
    assert tracker.case("A-1")["forename"] == "Sam"


def test_officer_team_and_setting_follow_the_file_until_a_person_changes_them(tracker: Tracker) -> None:
    tracker.takes(child("A-1"))
    tracker.takes(child("A-1", caseworker="p.singh", team="West"))
    assert (tracker.case("A-1")["officer"], tracker.case("A-1")["team"]) == ("p.singh", "West")
    item = tracker.council.row("SELECT DISTINCT officer FROM deadline")
    assert item["officer"] == "p.singh"
    with tracker.council.db.begin() as connection:
        connection.execute(text("UPDATE process SET officer = 'a.marsh'"))
    report = tracker.takes(child("A-1", caseworker="p.singh", team="East"))
    assert (tracker.case("A-1")["officer"], tracker.case("A-1")["team"]) == ("a.marsh", "East")
    assert [each.column for each in report.warnings] == ["caseworker"]


def test_an_officer_nobody_knows_leaves_the_case_unassigned(tracker: Tracker) -> None:
    report = tracker.takes(child("A-1", caseworker="N.Obody"))
    assert tracker.case("A-1")["officer"] is None
    assert [each.message for each in report.warnings] == ["officer 'n.obody' is not in the directory: unassigned"]


def test_a_missing_column_takes_nothing_back(tracker: Tracker) -> None:
    tracker.takes(child("A-1", draft_sent="2026-11-02"))
    row = {column: cell for column, cell in child("A-1").items() if column not in ("draft_sent", "team")}
    report = tracker.takes({**row, "remarks": "none"})
    assert report.unchanged == 1
    assert [each.message for each in report.warnings] == [
        "the file has no column draft_sent, team: what is recorded of these stays as it is",
        "not read, because these columns are not known: remarks",
    ]


@pytest.mark.parametrize("style", ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d 00:00:00"])
def test_other_ways_of_writing_the_same_days_change_nothing(tracker: Tracker, style: str) -> None:
    row = child("A-1", decision="assess", decision_notified="2026-10-09")
    tracker.takes(row)
    for column in ("received", "decision_notified", "date_of_birth"):
        row[column] = date.fromisoformat(row[column]).strftime(style)
    assert tracker.takes(row).unchanged == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_same_rows_saved_otherwise_change_nothing(tracker: Tracker, encoding: str, delimiter: str) -> None:
    row = child("A-1", surname="Façade")
    tracker.takes(row)
    path = write(tracker.folder / "other.csv", [row], encoding=encoding, delimiter=delimiter)
    assert tracker.takes_file(path).unchanged == 1
    assert tracker.takes_file(write_xlsx(tracker.folder / "other.xlsx", [row])).unchanged == 1


def test_a_dry_run_reports_everything_and_writes_nothing(tracker: Tracker) -> None:
    tracker.takes(child("A-1"))
    before = {table: tracker.council.count(table) for table in ("person", "process", "fact", "wake", "import_file")}
    report = tracker.takes(child("A-1", draft_sent="2026-11-02"), child("A-2"), child("A-3", received=""), dry_run=True)
    assert (report.added, report.changed, len(report.refused), report.rejects_path) == (1, 1, 1, None)
    assert {table: tracker.council.count(table) for table in before} == before
    assert (tracker.not_timed(), sorted(path.name for path in tracker.folder.iterdir())) == (0, ["tracker.csv"])


# Rows that were refused


def test_refused_rows_come_back_corrected_and_are_timed(tracker: Tracker) -> None:
    report = tracker.takes(child("A-1"), child("A-2", received="soon", relief_note="=1+1"), child("A-1", forename="Jo"))
    assert tracker.not_timed() == 2
    assert report.rejects_path is not None
    assert stat.S_IMODE(report.rejects_path.stat().st_mode) == 0o600
    first, second = read(report.rejects_path)
    assert (first["_line"], first["_column"], first["relief_note"]) == ("3", "received", "'=1+1")
    assert second["_reason"] == "second row with this reference: the first is in line 2"
    corrected = write(
        tracker.folder / "tracker.rejects.csv", [{**first, "received": "2026-09-03"}, {**second, "case_ref": "A-3"}]
    )
    report = tracker.takes_file(corrected)
    assert (report.added, report.refused, report.disappeared, report.warnings) == (2, [], [], [])
    assert tracker.not_timed() == 0
    assert tracker.ledger("A-2") == ["request_received=2026-09-03"]


def test_a_rejects_file_with_rows_still_wrong_counts_them_once(tracker: Tracker) -> None:
    report = tracker.takes(child("A-1", received="soon"), child("A-2", received="later"))
    assert report.rejects_path is not None
    rows = read(report.rejects_path)
    report = tracker.takes_file(write(report.rejects_path, [{**rows[0], "received": "2026-09-01"}, rows[1]]))
    assert (report.added, len(report.refused), tracker.not_timed()) == (1, 1, 1)
    assert report.rejects_path is not None
    assert report.rejects_path.name == "tracker.rejects-2.csv"


def test_a_refused_row_is_resolved_when_next_weeks_file_has_it_right(tracker: Tracker) -> None:
    tracker.takes(child("A-1", received=""), child("A-2", received=""), name="week1.csv")
    tracker.takes(child("A-1"), child("A-2", received="?"), name="week2.csv")
    assert tracker.not_timed() == 1


def test_a_row_without_a_reference_is_known_again_by_its_child(tracker: Tracker) -> None:
    nameless = child("X")
    tracker.takes(child("A-1"), {**nameless, "case_ref": ""}, name="week1.csv")
    assert tracker.not_timed() == 1
    tracker.takes(child("A-1"), {**nameless, "case_ref": ""}, child("A-5"), name="week2.csv")
    assert tracker.not_timed() == 1
    tracker.takes(child("A-1"), {**nameless, "case_ref": "A-2"}, name="week3.csv")
    assert tracker.not_timed() == 0


def test_the_file_at_the_same_place_replaces_its_refusals(tracker: Tracker) -> None:
    tracker.takes(child("A-1"), child("A-2", received=""))
    tracker.takes(child("A-1"))
    assert tracker.not_timed() == 0


def test_a_future_row_is_timed_by_the_same_file_once_its_day_has_come(tracker: Tracker) -> None:
    row = child("A-1", received="2026-11-23")
    tracker.takes(row)
    assert tracker.not_timed() == 1
    tracker.takes(row, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert (tracker.not_timed(), tracker.ledger("A-1")) == (0, ["request_received=2026-11-23"])


def test_a_rejects_file_that_somebody_has_touched_is_set_aside(tracker: Tracker) -> None:
    first = tracker.takes(child("A-1", received="")).rejects_path
    assert first is not None
    first.write_text("half corrected")
    second = tracker.takes(child("A-1", received="soon")).rejects_path
    assert second == first
    assert (tracker.folder / "tracker.rejects.old1.csv").read_text() == "half corrected"


def test_a_rejects_file_that_nobody_touched_is_written_anew(tracker: Tracker) -> None:
    future = child("A-1", received="2027-01-01")
    for day in (20, 21, 22):
        tracker.takes(future, child("A-2", withdrawn=f"2026-11-{day - 10}"), as_of=date(2026, 11, day))
    assert sorted(path.name for path in tracker.folder.iterdir()) == ["tracker.csv", "tracker.rejects.csv"]
    (row,) = read(tracker.folder / "tracker.rejects.csv")
    assert "(after 2026-11-22)" in row["_reason"]


def test_refused_rows_go_elsewhere_when_the_folder_cannot_be_written(tracker: Tracker, tmp_path: Path) -> None:
    path = write(tracker.folder / "tracker.csv", [child("A-1", received="")])
    # A folder in the place of the file stops even an administrator, whom a mode would not stop.
    (tracker.folder / "tracker.rejects.csv").mkdir()
    (tracker.folder / "tracker.rejects.csv" / "something").touch()
    fallback = tmp_path / "data"
    fallback.mkdir()
    report = tracker.takes_file(path, fallback_folder=fallback)
    assert report.rejects_path == fallback / "tracker.rejects.csv"


# Children


def test_the_same_upn_is_the_same_child(tracker: Tracker) -> None:
    tracker.takes(child("A-1", upn="J810392614088"), child("A-2", upn="j810 392614088", surname="Other"))
    assert tracker.council.count("person") == 1


def test_the_same_name_and_birth_date_is_the_same_child(tracker: Tracker) -> None:
    who = {"surname": "O'Neil", "forename": "Zoë", "date_of_birth": "2014-04-04"}
    report = tracker.takes(
        child("A-1", **who), child("A-2", **{**who, "surname": " ONEIL ", "date_of_birth": "04/04/2014"})
    )
    assert tracker.council.count("person") == 1
    assert [each.message for each in report.warnings] == ["another process for the same child: A-1"]


def test_twins_are_two_children_and_are_asked_about(tracker: Tracker) -> None:
    who = {"surname": "Ahmed", "date_of_birth": "2014-04-04"}
    report = tracker.takes(child("A-1", **who, forename="Ali"), child("A-2", **who, forename="Amal"))
    assert tracker.council.count("person") == 2
    assert ["twins" in note.message for note in report.notes] == [True]
    assert report.warnings == []


def test_one_number_on_two_different_children_is_a_slip(tracker: Tracker) -> None:
    other = {"surname": "Nowak", "forename": "Ewa", "date_of_birth": "2018-08-08"}
    report = tracker.takes(child("A-1", upn="J810392614088"), child("A-2", upn="J810392614088", **other))
    assert tracker.council.count("person") == 2
    assert (tracker.case("A-1")["upn_verified"], tracker.case("A-2")["upn_verified"]) == (True, False)
    assert ["another child on record has this UPN" in each.message for each in report.warnings] == [True]


def test_a_name_put_right_in_the_file_is_put_right_on_record(tracker: Tracker) -> None:
    tracker.takes(child("A-1", forename="Smauel"))
    tracker.takes(child("A-1", forename="Samuel"))
    assert tracker.case("A-1")["forename"] == "Samuel"


# The run itself


def test_progress_is_told_to_the_last_row(tracker: Tracker) -> None:
    told: list[tuple[int, int]] = []
    rows = [child(f"A-{number}") for number in range(60)]
    tracker.takes(*rows, child("B-1", received=""), on_progress=lambda done, total: told.append((done, total)))
    assert told == [(51, 61), (61, 61)]


def test_two_imports_at_once_are_not_possible(tracker: Tracker) -> None:
    with alone(tracker.council.db, "import"), pytest.raises(Refused, match="Another import is running"):
        tracker.takes(child("A-1"))


def test_facts_later_than_the_as_of_day_are_left_out(tracker: Tracker) -> None:
    report = tracker.takes(child("A-1", draft_sent="2026-11-02"), as_of=date(2026, 10, 31))
    assert tracker.ledger("A-1") == ["request_received=2026-09-01"]
    assert ["in the future (after 2026-10-31)" in each.message for each in report.warnings] == [True]


def test_an_as_of_day_to_come_is_believed(tracker: Tracker) -> None:
    tracker.takes(child("A-1", received="2026-12-01"), as_of=date(2026, 12, 31))
    listed = overdue(tracker.council.db, OFFICER, TODAY, as_of=date(2027, 1, 13))
    assert [(item.limit, item.days_overdue) for item in listed.items] == [("reg5_decide", 1)]


def test_whoever_imports_is_named_in_the_ledger(tracker: Tracker) -> None:
    path = write(tracker.folder / "tracker.csv", [child("A-1")])
    import_caseload(tracker.council.db, path, Actor("h.service", "cli"), NOW)
    fact = tracker.council.row("SELECT recorded_by, channel FROM fact")
    assert fact == {"recorded_by": "h.service", "channel": "import"}
