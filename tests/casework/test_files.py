"""Files as councils send them and lists as councils open them."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from casework.days import read_day
from casework.errors import Refused
from casework.exports import MARKED, write_csv, write_csv_file, write_xlsx
from casework.sheets import read_sheet, require_columns

FORMULAS = ["=1+1", "+44 1482", "-2", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20/11/2026", date(2026, 11, 20)),
        (" 5/1/2026 ", date(2026, 1, 5)),
        ("2026-11-20 00:00:00", date(2026, 11, 20)),
        ("29/02/2024", date(2024, 2, 29)),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written_in_england(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2026", "does not exist"),
        ("soon", "is not a date"),
        ("11/20/2026", "does not exist"),
        ("1/2/26", "not a date"),
    ],
)
def test_a_day_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_day(text)


@pytest.mark.parametrize(
    "data",
    [
        b"case_ref,Team Name\nA1, East \n",
        "\ufeffCase-Ref;team name\r\nA1;East\r\n".encode(),
        "case ref\tTeam  Name\nA1\tEast\n".encode("utf-16"),
        b"\n\ncase_ref,team_name\n\n,\nA1,East\n",
    ],
)
def test_a_file_is_read_whatever_wrote_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(data)
    sheet = read_sheet(path)
    assert sheet.columns == ("case_ref", "team_name")
    assert [(row.get("case_ref"), row.get("team_name")) for row in sheet.rows] == [("A1", "East")]


def test_a_name_in_the_old_windows_alphabet_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes("surname\nGarçon\n".encode("cp1252"))
    assert read_sheet(path).rows[0].get("surname") == "Garçon"


def test_a_workbook_gives_the_same_rows_as_a_text_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["case_ref", "received", "setting_urn"])
    sheet.append(["A1", date(2026, 9, 2), 117222.0])
    book.save(tmp_path / "cases.xlsx")
    row = read_sheet(tmp_path / "cases.xlsx").rows[0]
    assert (row.line, dict(row.cells)) == (
        2,
        {"case_ref": "A1", "received": "2026-09-02", "setting_urn": "117222"},
    )


def test_a_row_is_known_by_the_line_that_it_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text('ref,note\nA1,"two\nlines"\nA2,x\n')
    assert [row.line for row in read_sheet(path).rows] == [2, 4]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    file.write_text('a,b\n1,"two\nlines"\n2,"never\n3,x\n')
    with pytest.raises(Refused, match="line 4: a quotation mark is opened there and never closed"):
        read_sheet(file)
    file.write_text('a,b\n1,6" wide\n2,"two\nlines ""quoted"""\n')
    assert len(read_sheet(file).rows) == 2


def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("\n \n")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "other.csv").write_text("colour\nred\n")
    with pytest.raises(Refused, match="is empty"):
        read_sheet(tmp_path / "empty.csv")
    with pytest.raises(Refused, match="Save it again"):
        read_sheet(tmp_path / "broken.xlsx")
    with pytest.raises(Refused, match="cannot be read"):
        read_sheet(tmp_path / "absent.csv")
    with pytest.raises(Refused, match="old Excel file"):
        read_sheet(tmp_path / "old.xls")
    with pytest.raises(Refused, match="no column urn"):
        require_columns(read_sheet(tmp_path / "other.csv"), ["urn"], tmp_path / "other.csv")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_never_becomes_a_formula_in_a_list_that_is_opened_in_excel(tmp_path: Path, text: str) -> None:
    out = io.StringIO(newline="")
    write_csv(out, ["team"], [[text]])
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == [f"'{text}"]
    write_xlsx(tmp_path / "list.xlsx", [{"team": text}], "Teams", ["team"])
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert str(sheet["A2"].value).startswith("'")


def test_an_export_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    older = [tmp_path / "list.csv", tmp_path / "list.xlsx"]
    for path in older:
        path.write_text("older and open to all")
        path.chmod(0o644)
    items = [{"days": -3}, {"days": None}, {"days": date(2026, 1, 2)}]
    write_csv_file(older[0], items, ["days"])
    write_xlsx(older[1], items, "Days", ["days"])
    assert [path.stat().st_mode & 0o777 for path in older] == [0o600, 0o600]


def test_a_list_that_is_opened_in_excel_says_that_it_is_utf_8(tmp_path: Path) -> None:
    write_csv_file(tmp_path / "list.csv", [{"name": "Zoë"}], ["name"], encoding=MARKED)
    assert (tmp_path / "list.csv").read_bytes() == "\ufeffname\r\nZoë\r\n".encode()


def test_numbers_and_days_stay_numbers_and_days_in_a_workbook(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "list.xlsx", [{"days": -3, "due": date(2026, 1, 2)}], "Days", ["days", "due"])
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert (sheet["A2"].value, str(sheet["B2"].value)[:10]) == (-3, "2026-01-02")
