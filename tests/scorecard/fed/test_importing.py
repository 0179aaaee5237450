"""Figures from outside in a file: taken whole or not at all, told line by line, and never lost."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from casework.actor import Actor
from casework.errors import Refused
from scorecard.fed.entering import entered
from scorecard.fed.importing import FedReport, import_fed
from scorecard.fed.rows import COLUMNS
from scorecard.measures.fed import FED
from tests.support.database import Database

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
MANAGER = Actor("m.east", "cli")
HEAD = "measure,part,first_day,last_day,numerator,denominator,value,owner,source"
AUDIT = "audit_needs,,2026-09-01,2026-10-31,17,20,,Quality lead,Audit of October"
WAIT = "Wait_Autism,,01/10/2026,31/10/2026,,,61.5,ICB,Return of October"
APPEALS = 'appeals,"C and G",2026-10-01,2026-10-31,"1,204",,,SEND manager,Tribunal log'
GOOD = (HEAD, AUDIT, WAIT, APPEALS)


def written(folder: Path, *lines: str, name: str = "figures.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def rejects_of(report: FedReport) -> Path:
    assert report.rejects is not None
    return report.rejects


def taken(database: Database, path: Path, *, dry_run: bool = False) -> FedReport:
    return import_fed(database.engine, path, MANAGER, NOW, dry_run=dry_run)


def counts(report: FedReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refused)


def test_a_file_is_taken_and_the_same_file_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path, *GOOD)
    assert counts(taken(database, path)) == (3, 0, 0, 0)
    assert counts(taken(database, path)) == (0, 0, 3, 0)
    assert {(each.entry.measure_id, each.entry.value) for each in entered(database.engine)} == {
        ("audit_needs", None),
        ("wait_autism", Decimal("61.5")),
        ("appeals", Decimal(1204)),
    }


def test_what_changed_in_the_next_file_replaces_what_held(database: Database, tmp_path: Path) -> None:
    taken(database, written(tmp_path, *GOOD))
    assert counts(taken(database, written(tmp_path, HEAD, AUDIT.replace(",17,", ",18,"), WAIT))) == (0, 1, 1, 0)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(database: Database, tmp_path: Path) -> None:
    assert counts(taken(database, written(tmp_path, *GOOD), dry_run=True)) == (3, 0, 0, 0)
    bad = written(tmp_path, HEAD, AUDIT.replace(",17,", ",21,"), name="bad.csv")
    assert taken(database, bad, dry_run=True).rejects is None
    assert entered(database.engine) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "figures.csv"]


def test_one_wrong_row_keeps_the_whole_file_out_and_every_reason_is_told(database: Database, tmp_path: Path) -> None:
    bad = (
        HEAD,
        AUDIT,
        "audit_neds,,2026-09-01,2026-12-31,21,20,,,Audit",
        "wait_autism,,31/02/2026,,,,soon,ICB,Return",
        AUDIT,
    )
    report = taken(database, written(tmp_path, *bad))
    assert [(each.line, each.column) for each in report.refused] == [
        (3, "measure"),
        (3, "last_day"),
        (3, "owner"),
        (4, "first_day"),
        (4, "last_day"),
        (4, "value"),
        (5, ""),
    ]
    assert "did you mean audit_needs?" in report.refused[0].reason
    assert "line 2 is of the same measure" in report.refused[-1].reason
    assert entered(database.engine) == []


def test_the_rejects_file_holds_every_row_and_can_be_fed_once_corrected(database: Database, tmp_path: Path) -> None:
    report = taken(database, written(tmp_path, HEAD, AUDIT, WAIT.replace("61.5", "-61.5")))
    rejects = rejects_of(report)
    assert rejects == tmp_path / "figures.rejects.csv"
    rows = list(csv.DictReader(rejects.read_text("utf-8-sig").splitlines()))
    assert [row["_line"] for row in rows] == ["", "3"]
    assert (rows[1]["_column"], rows[1]["_reason"]) == ("value", "value: -61.5 is below nothing")
    assert rows[1]["value"] == "'-61.5"  # a spreadsheet must not run it
    corrected = rejects.read_text("utf-8-sig").replace("'-61.5", "61.5")
    rejects.write_text(corrected, "utf-8-sig")
    assert counts(taken(database, rejects)) == (2, 0, 0, 0)


def test_a_rejects_file_that_somebody_works_on_is_not_written_over(database: Database, tmp_path: Path) -> None:
    bad = written(tmp_path, HEAD, AUDIT.replace(",17,", ",21,"))
    rejects = rejects_of(taken(database, bad))
    rejects.write_text("somebody's work", "utf-8")
    taken(database, bad)
    assert (tmp_path / "figures.rejects.old1.csv").read_text("utf-8") == "somebody's work"


def test_where_the_folder_cannot_be_written_the_rejects_go_elsewhere(database: Database, tmp_path: Path) -> None:
    path, elsewhere = written(tmp_path, HEAD, AUDIT.replace(",17,", ",21,")), tmp_path / "data"
    elsewhere.mkdir()
    (tmp_path / "figures.rejects.csv").mkdir()
    report = import_fed(database.engine, path, MANAGER, NOW, fallback=elsewhere)
    assert rejects_of(report).is_file()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_as_excel_writes_them(database: Database, tmp_path: Path, encoding: str) -> None:
    lines = [line.replace("ICB", "Évelyne").replace(",", ";").replace('"1;204"', "1204") for line in GOOD]
    assert counts(taken(database, written(tmp_path, *lines, encoding=encoding))) == (3, 0, 0, 0)
    assert "Évelyne" in {each.entry.owner for each in entered(database.engine)}


def test_a_workbook_with_real_days_and_numbers(database: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Measure", "First day", "last-day", "VALUE", "owner", "source", "remark"])
    sheet.append(["satisfaction", date(2026, 10, 1), date(2026, 10, 31), 62.5, "+1+1 team", "@survey", "fine"])
    book.save(tmp_path / "figures.xlsx")
    report = taken(database, tmp_path / "figures.xlsx")
    assert (counts(report), report.unread) == ((1, 0, 0, 0), ("remark",))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"measure,first_day,last_day,value\r\n", "no column owner and no column source"),
        (HEAD.encode(), "holds no figure"),
        (f"{HEAD},value\r\n{AUDIT},1".encode(), "the column value twice"),
        (b"PK\x03\x04 no workbook", "not a workbook"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
        (f'{HEAD}\r\n"{AUDIT}\r\n{WAIT}'.encode(), "a quotation mark is opened"),
    ],
)
def test_what_is_no_file_of_figures_is_refused_with_the_reason(
    database: Database, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=said):
        taken(database, path)
    assert entered(database.engine) == []


def test_a_comma_too_many_is_no_figure(database: Database, tmp_path: Path) -> None:
    report = taken(database, written(tmp_path, HEAD, f"{AUDIT},more"))
    assert [each.reason for each in report.refused] == [
        "there is a cell to the right of the last heading: a comma too many?"
    ]


def test_the_columns_and_the_measures_of_a_file_are_told_in_the_documentation() -> None:
    told = (Path(__file__).parents[3] / "docs" / "importing.md").read_text().partition("## Figures from outside")[2]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in told.splitlines() if line.startswith("| ")]
    names = {name for row in rows for name in row.split(", ")}
    assert {*COLUMNS, *(each.id for each in FED)} <= names
