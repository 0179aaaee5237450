"""`ehcp import` on a council's tracker, and the directories that go with it."""

import csv
import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import AS_OF, DEMO, Council, Ehcp

# The imported tracker is made once for each worker: one makes it for all.

TRUTH = json.loads((Path(__file__).parents[1] / "data" / "caseload" / f"overdue_{AS_OF}.json").read_text())
COLUMNS = ["case_ref", "surname", "forename", "request_source", "received"]
REPORT = {"kind", "added", "changed", "unchanged", "refused", "warnings", "notes", "disappeared", "rejects_path"}


def write(path: Path, *rows: list[str], columns: list[str] = COLUMNS) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """Two cases that can be timed and one that cannot."""
    good = [["T-1", "Quill", "Ada", "1", "2026-09-02"], ["T-2", "Plume", "Ben", "1", "2026-10-05"]]
    return write(tmp_path / "tracker.csv", *good, ["T-3", "Nib", "Cy", "1", "soon"])


def test_the_overdue_list_is_that_of_hand_checked_arithmetic(council: Council) -> None:
    listed = council.ehcp("overdue", "--as-of", AS_OF, "--json").json
    found = {tuple(item[name] for name in TRUTH["columns"]) for item in listed["items"]}
    assert {row for row in found if not row[0].startswith("BAD-")} == {tuple(row) for row in TRUTH["overdue"]}
    assert listed["not_timed"] == len(TRUTH["refused"])


def test_the_report_names_every_refused_row_with_line_column_and_reason(council: Council) -> None:
    assert council.imported.code == 0, council.imported.err
    report = council.imported.json
    assert set(report) == REPORT
    assert sorted(row["case_ref"] for row in report["refused"]) == sorted(row["case_ref"] for row in TRUTH["refused"])
    assert all(set(row) == {"line", "case_ref", "column", "reason"} and row["reason"] for row in report["refused"])
    assert report["warnings"]


def test_the_rejects_are_the_owners_alone(council: Council) -> None:
    rejects = Path(council.imported.json["rejects_path"])
    assert rejects.parent == council.tracker.parent
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(TRUTH["refused"])
    assert all(row["_line"] and row["_column"] and row["_reason"] for row in rows)


def test_nothing_of_a_child_is_in_the_report_of_a_whole_tracker(council: Council) -> None:
    with council.tracker.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    personal = {row[name].strip() for row in rows for name in ("upn", "date_of_birth")}
    said = council.imported.out + council.imported.err
    assert [secret for secret in personal if len(secret) > 5 and secret in said] == []


def test_a_dry_run_says_what_would_be_and_keeps_nothing(ehcp: Ehcp, tracker: Path) -> None:
    done = ehcp("import", str(tracker), "--dry-run")
    assert done.code == 0
    assert "Dry run, nothing was written. An import would give: 2 added" in done.out
    assert "1 refused" in done.out
    assert list(tracker.parent.glob("*.rejects*")) == []
    assert ehcp("overdue", "--json").json == {"items": [], "not_timed": 0}
    assert ehcp("timeline", "T-1").code == 1


def test_an_import_with_refused_rows_succeeds_and_says_where_they_are(ehcp: Ehcp, tracker: Path) -> None:
    done = ehcp("import", str(tracker))
    assert done.code == 0
    assert "Cases: 2 added, 0 changed, 0 unchanged, 1 refused" in done.out
    assert "tracker.rejects.csv" in done.out
    assert "ehcp arm" in done.out
    listed = ehcp("overdue")
    assert listed.out.startswith("1 row refused: not timed")


def test_the_same_file_twice_changes_nothing(ehcp: Ehcp, tracker: Path) -> None:
    ehcp("import", str(tracker))
    again = ehcp("import", str(tracker), "--json").json
    assert (again["added"], again["changed"], again["unchanged"], len(again["refused"])) == (0, 0, 2, 1)


def test_next_weeks_file_adds_corrects_and_tells_what_disappeared(ehcp: Ehcp, tracker: Path) -> None:
    ehcp("import", str(tracker))
    corrected, new = ["T-1", "Quill", "Ada", "1", "2026-09-03"], ["T-4", "Ink", "Dee", "2", "2026-11-02"]
    done = ehcp("import", str(write(tracker.with_name("next.csv"), corrected, new)), "--json").json
    assert (done["added"], done["changed"], done["disappeared"]) == (1, 1, ["T-2"])
    starts = {row["start"] for row in ehcp("timeline", "T-1", "--json").json["deadlines"] if row["start"]}
    assert starts == {"2026-09-03"}


def test_corrected_rejects_resolve_what_was_not_timed(ehcp: Ehcp, tracker: Path) -> None:
    rejects = Path(ehcp("import", str(tracker), "--json").json["rejects_path"])
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace("soon,", "2026-11-02,", 1))
    done = ehcp("import", str(rejects), "--json")
    assert (done.json["added"], done.json["refused"], done.json["disappeared"]) == (1, [], [])
    assert ehcp("overdue", "--json").json["not_timed"] == 0


def test_rejects_go_to_the_data_folder_where_the_files_own_folder_takes_none(
    ehcp: Ehcp, tracker: Path, tmp_path: Path
) -> None:
    tracker.with_name("tracker.rejects.csv").mkdir()
    done = ehcp("import", str(tracker), "--json")
    assert done.code == 0
    assert done.json["rejects_path"] == str(tmp_path / "data" / "tracker.rejects.csv")
    assert stat.S_IMODE(Path(done.json["rejects_path"]).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_file_that_is_none_is_a_mistyped_command(ehcp: Ehcp, tmp_path: Path, name: str) -> None:
    assert ehcp("import", str(tmp_path / name)).code == 2


def test_a_file_without_the_day_received_is_refused_whole(ehcp: Ehcp, tmp_path: Path) -> None:
    done = ehcp("import", str(write(tmp_path / "odd.csv", ["x", "y"], columns=["a", "b"])))
    assert done.code == 1
    assert "column" in done.err


def test_imported_cases_are_quiet_until_armed(ehcp: Ehcp, tracker: Path) -> None:
    ehcp("import", str(tracker))
    assert ehcp("arm", "T-1", "--json").json == {"armed": 1}
    assert ehcp("arm", "--all", "--json").json == {"armed": 1}
    assert ehcp("arm", "--all", "--json").json == {"armed": 0}
    assert ehcp("arm").code == 2
    assert ehcp("arm", "T-1", "--all").code == 2
    assert ehcp("arm", "--officer", "no.body").code == 1


@pytest.mark.parametrize(("kind", "rows"), [("services", 4), ("settings", 559), ("officers", 10)])
def test_directories_are_taken_once(ehcp: Ehcp, kind: str, rows: int) -> None:
    first = ehcp(kind, "import", str(DEMO / f"{kind}.csv"), "--json").json
    again = ehcp(kind, "import", str(DEMO / f"{kind}.csv"), "--json").json
    assert (first["added"], first["unchanged"]) == (rows, 0)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, rows)
