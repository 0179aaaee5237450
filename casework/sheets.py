"""Reading rows from the files people have: CSV as Excel or anything else writes it, and xlsx."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from casework.errors import Refused

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: `line` is where a person finds it, `cells` are stripped texts by column name."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a column, empty when the column is blank or missing."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file as written, tidied (`case_ref`), and its rows that are not blank."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """The rows of a CSV (with or without byte-order mark, comma, semicolon or tab) or xlsx file.

    Raises Refused when the file is missing, too large, unreadable or has no heading.
    """
    data = _bytes_of(path)
    lines = _workbook_lines(data, path) if data[:4] == b"PK\x03\x04" else _text_lines(data)
    try:
        return _sheet(lines, path)
    except csv.Error as error:
        raise Refused(f"{path.name} is not a CSV file that can be read ({error}). Save it again as CSV.") from error


def require_columns(sheet: Sheet, needed: Iterable[str], path: Path) -> None:
    """Refuse a file without the columns that nothing can be done without."""
    if missing := [column for column in needed if column not in sheet.columns]:
        raise Refused(
            f"{path.name} has no column {', '.join(missing)}. Its columns are: {', '.join(sheet.columns)}. "
            "Rename or add the missing ones in the first line."
        )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB. Split it.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name and your access.") from error


def _text_lines(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1  # a cell may hold line breaks: a row is known by the line it begins on


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel writes in England without "CSV UTF-8"


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _workbook_lines(data: bytes, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refused(f"{path.name} is not a workbook that can be read. Save it again as xlsx or CSV.") from error
    try:
        rows = cast("Iterable[Sequence[object]]", book.worksheets[0].iter_rows(values_only=True))
        for line, cells in enumerate(rows, start=1):
            yield line, [_cell_text(cell) for cell in cells]
    finally:
        book.close()


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # Excel keeps a URN as 117222.0
    return str(value)


def _sheet(lines: Iterator[tuple[int, Sequence[str]]], path: Path) -> Sheet:
    heading = next((cells for _, cells in lines if any(cell.strip() for cell in cells)), None)
    if heading is None:
        raise Refused(f"{path.name} is empty. The first line must hold the column names.")
    columns = tuple(_column_name(cell) for cell in heading)
    rows = tuple(row for row in _rows(lines, columns) if any(row.cells.values()))
    return Sheet(columns, rows)


def _rows(lines: Iterator[tuple[int, Sequence[str]]], columns: Sequence[str]) -> Iterator[Row]:
    for line, cells in lines:
        named = zip(columns, cells, strict=False)
        yield Row(line, {column: cell.strip() for column, cell in named if column})


def _column_name(cell: str) -> str:
    return "_".join(cell.strip().lower().replace("-", " ").split())
