"""A council's tracker as such files come: 613 rows, two date styles, stray spaces, and rows that must be refused."""

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.caseload.importing import import_caseload
from casework.caseload.report import ImportReport
from casework.directories import import_officers, import_services, import_settings
from casework.lists import overdue
from demo import FOLDER
from tests.casework.caseload.files import caseload, read, write_xlsx
from tests.casework.support import OFFICER, Council
from tests.support.database import Cluster

AS_OF = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TRUTH = json.loads((Path(__file__).parents[2] / "data/caseload/overdue_2026-11-20.json").read_text())

TABLES = ("person", "process", "fact", "fact_text", "advice_request", "plan", "deadline", "wake", "message")
BOOKS = ("import_refusal", "import_file")


@dataclass(frozen=True)
class Imported:
    """A council that has imported its tracker."""

    council: Council
    path: Path
    report: ImportReport

    def again(self, path: Path | None = None) -> ImportReport:
        return import_caseload(self.council.db, path or self.path, OFFICER, NOW, as_of=AS_OF)

    def counts(self) -> dict[str, int]:
        return {table: self.council.count(table) for table in (*TABLES, *BOOKS)}


@pytest.fixture(scope="module")
def imported(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """One import for all tests of this file: they look, and import the same again."""
    fresh = cluster.create()
    folder = tmp_path_factory.mktemp("council")
    for name, take in (("services", import_services), ("settings", import_settings), ("officers", import_officers)):
        take(fresh.engine, FOLDER / f"{name}.csv", OFFICER, NOW)
    path = folder / "assessments.csv"
    path.write_bytes((FOLDER / "assessments.csv").read_bytes())
    try:
        report = import_caseload(fresh.engine, path, OFFICER, NOW, as_of=AS_OF)
        yield Imported(Council(fresh.engine), path, report)
    finally:
        fresh.engine.dispose()
        cluster.drop(fresh.name)


def test_the_overdue_list_is_that_of_hand_checked_arithmetic(imported: Imported) -> None:
    listed = overdue(imported.council.db, OFFICER, date(2026, 11, 21), as_of=AS_OF)
    found = {
        (item.case_ref, item.limit, item.subject, item.legal_due.isoformat(), item.days_overdue)
        for item in listed.items
        if not item.case_ref.startswith("BAD-")
    }
    assert found == {tuple(row) for row in TRUTH["overdue"]}
    assert listed.not_timed == len(TRUTH["refused"])


def test_exactly_the_rows_whose_clock_cannot_be_computed_are_refused(imported: Imported) -> None:
    assert sorted(said.case_ref for said in imported.report.refused) == sorted(
        row["case_ref"] for row in TRUTH["refused"]
    )
    assert imported.report.added == len(caseload()) - len(TRUTH["refused"])


@pytest.mark.parametrize(
    ("case_ref", "says"),
    [
        ("BAD-06", "the UPN is wrong: .* kept as unverified"),
        ("BAD-09", "request source '9' is not known"),
        ("BAD-10", "outcome 'perhaps' is not known: decision not recorded"),
        ("BAD-11", "date of birth is after the request: not stored"),
        ("BAD-12", "relief ground 'pause' is not known .* relief not applied"),
        ("BAD-DUP", "another process for the same child: EHC-2026-0009"),
    ],
)
def test_doubtful_rows_are_accepted_with_a_warning(imported: Imported, case_ref: str, says: str) -> None:
    assert case_ref in {row["case_ref"] for row in TRUTH["accepted_with_warning"]}
    messages = [each.message for each in imported.report.warnings if each.case_ref == case_ref]
    assert any(re.search(says, message) for message in messages)


def test_a_name_that_looks_like_a_formula_is_a_name(imported: Imported) -> None:
    person = imported.council.row(
        "SELECT surname FROM person JOIN process ON person.id = person_id WHERE case_ref = 'BAD-13'"
    )
    assert person["surname"] == "=HYPERLINK(1)"
    assert not [each for each in imported.report.warnings if each.case_ref == "BAD-13"]


def test_what_is_doubtful_is_left_out(imported: Imported) -> None:
    def kinds(case_ref: str) -> set[str]:
        query = "SELECT fact.kind FROM fact JOIN process ON process.id = process_id WHERE case_ref = :ref"
        return {row["kind"] for row in imported.council.rows(query, ref=case_ref)}

    assert kinds("BAD-09") == {"request_received", "decision_not_to_assess"}
    assert kinds("BAD-10") == {"request_received", "advice_requested"}
    assert "relief" not in kinds("BAD-12")
    born = "SELECT date_of_birth FROM person JOIN process ON person.id = person_id WHERE case_ref = 'BAD-11'"
    assert imported.council.row(born)["date_of_birth"] is None


def test_a_child_with_two_cases_is_one_person(imported: Imported) -> None:
    pairs = "SELECT DISTINCT person_id FROM process WHERE case_ref IN ('EHC-2026-0009', 'BAD-DUP')"
    assert len(imported.council.rows(pairs)) == 1


def test_everything_imported_is_quiet_and_says_where_it_came_from(imported: Imported) -> None:
    assert imported.council.count("process WHERE armed_from IS NOT NULL") == 0
    assert imported.council.count("process WHERE kind = 'assessment' AND NOT imported") == 0
    from_file = "fact JOIN process ON process.id = process_id WHERE process.kind = 'assessment'"
    assert imported.council.count(f"{from_file} AND (channel <> 'import' OR NOT attributes ? 'file')") == 0
    assert imported.council.count(f"{from_file} AND recorded_by <> 'a.marsh'") == 0


def test_every_plan_that_was_made_waits_for_its_first_review(imported: Imported) -> None:
    assert imported.council.count("plan") == imported.council.count("review WHERE opened_at IS NULL") == 197
    assert imported.council.count("review WHERE opens_on < '2026-11-21'") == 0


def test_every_case_is_waiting_for_its_clock_to_start_or_to_tell_how_it_ended(imported: Imported) -> None:
    assert imported.council.count("wake") == imported.council.count("process WHERE kind = 'assessment'")


def test_no_name_is_in_a_fact(imported: Imported) -> None:
    notes = imported.council.rows("SELECT DISTINCT name, text FROM fact_text")
    assert notes == [{"name": "because", "text": "family circumstances recorded on file"}]
    assert imported.council.count("fact WHERE attributes::text ~* 'family circumstances|surname'") == 0


def test_the_refused_rows_lie_beside_the_file_as_they_came(imported: Imported) -> None:
    path = imported.report.rejects_path
    assert path is not None
    assert (path.parent, path.name) == (imported.path.parent, "assessments.rejects.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = {row["_line"]: row for row in read(path)}
    for line, came in enumerate(caseload(), start=2):
        if str(line) in rows:
            row = rows.pop(str(line))
            assert {column: row[column] for column in came} == came
            assert row["_column"] in came
            assert row["_reason"]
    assert rows == {}


def test_the_same_file_again_changes_nothing(imported: Imported) -> None:
    before = imported.counts()
    report = imported.again()
    assert (report.added, report.changed, report.unchanged) == (0, 0, imported.report.added)
    assert report.refused == imported.report.refused
    assert report.disappeared == []
    assert imported.counts() == before


def test_the_same_rows_as_a_workbook_with_real_dates_change_nothing(imported: Imported, tmp_path: Path) -> None:
    before = imported.counts()
    report = imported.again(write_xlsx(tmp_path / "assessments.xlsx", caseload()))
    assert (report.added, report.changed) == (0, 0)
    after = imported.counts()
    assert {table: after[table] for table in TABLES} == {table: before[table] for table in TABLES}
    refusals = "import_refusal WHERE resolved_at IS NULL"
    assert imported.council.count(refusals) == len(TRUTH["refused"])
