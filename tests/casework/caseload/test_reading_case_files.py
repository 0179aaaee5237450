"""Files as councils have them: every way of saving a table gives the same rows."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from casework.caseload.reading import CaseFile, read_case_file
from casework.errors import Refused

TABLE = [
    ["case_ref", "surname", "received"],
    ["A-1", "Zoë", "2026-09-01"],
    ["A-2", "O'Neil; Brown", "2026-09-02"],
]


def csv_of(delimiter: str = ",", newline: str = "\r\n") -> str:
    return newline.join(delimiter.join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in TABLE)


def saved(folder: Path, data: bytes, name: str = "cases.csv") -> CaseFile:
    path = folder / name
    path.write_bytes(data)
    return read_case_file(path)


def table_of(file: CaseFile) -> list[list[str]]:
    return [list(file.columns), *(list(row.cells.values()) for row in file.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_reads_the_same_however_it_was_saved(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert table_of(saved(tmp_path, csv_of(delimiter).encode(encoding))) == TABLE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_are_understood(tmp_path: Path, newline: str) -> None:
    assert table_of(saved(tmp_path, csv_of(newline=newline).encode())) == TABLE


def test_a_workbook_with_real_dates_reads_as_the_csv_does(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(TABLE):
            sheet.write_row(line, 0, row)
        sheet.write_datetime(1, 2, date(2026, 9, 1), book.add_format({"num_format": "dd/mm/yy"}))
    assert table_of(read_case_file(path)) == TABLE


def test_headings_are_known_whatever_their_capitals_and_spaces(tmp_path: Path) -> None:
    file = saved(tmp_path, b" Case Ref ,RECEIVED,Health-Received,_Line\nA-1,2026-09-01,,\n")
    assert file.columns == ("case_ref", "received", "health_received", "_line")


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("case_ref,received", "assessments"),
        ("Plan ref,Plan made", "plans"),
        ("plan_ref,case_ref,plan_made", "plans"),
        ("plan_ref,case_ref,received", "assessments"),
    ],
)
def test_the_columns_tell_what_kind_of_file_it_is(tmp_path: Path, headings: str, kind: str) -> None:
    file = saved(tmp_path, f"{headings}\nA-1,2026-09-01,2026-09-01\n".encode())
    assert (file.kind.name, file.rows[0].ref != "") == (kind, True)


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        ("plan_ref,made", "no column plan_made"),
        ("plan_made", "no column plan_ref"),
        ("a,b", "no column case_ref and no column received"),
    ],
)
def test_a_file_that_cannot_be_timed_is_refused_whole(tmp_path: Path, headings: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        saved(tmp_path, f"{headings}\nx,y\n".encode())


def test_a_row_is_known_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    file = saved(tmp_path, b'case_ref,surname,received\n\nA-1,"two\nlines",2026-09-01\n,,\nA-2,,2026-09-02\n')
    assert [(row.line, row.cells["case_ref"]) for row in file.rows] == [(3, "A-1"), (6, "A-2")]


def test_cells_are_tidied_but_kept_as_they_came(tmp_path: Path) -> None:
    (row,) = saved(tmp_path, b"case_ref,surname,received\nA-1,  JONES  , 2026-09-01\n").rows
    assert row.cells["surname"] == "JONES"
    assert row.raw == ("A-1", "  JONES  ", " 2026-09-01")


def test_the_apostrophe_before_a_neutralised_formula_is_taken_off_again(tmp_path: Path) -> None:
    (row,) = saved(tmp_path, b"case_ref,surname,received\nA-1,'=HYPERLINK(1),2026-09-01\n").rows
    assert row.cells["surname"] == "=HYPERLINK(1)"


def test_cells_beyond_the_headings_are_counted(tmp_path: Path) -> None:
    (row,) = saved(tmp_path, b"case_ref,received\nA-1,2026-09-01,stray,\n").rows
    assert row.beyond == 1


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "empty.csv", "is empty"),
        (b"case_ref,surname\nA-1,Jones\n", "no_received.csv", "no column received"),
        (b"case_ref,received,Received\nA-1,,\n", "twice.csv", "received twice"),
        (b"PK\x03\x04broken", "broken.xlsx", "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls", "old Excel file or has a password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture.csv", "neither CSV nor xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, name: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        saved(tmp_path, data, name)


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.csv cannot be read: No such file"):
        read_case_file(tmp_path / "nowhere.csv")
