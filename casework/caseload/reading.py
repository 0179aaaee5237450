"""Reading a case file without losing how its rows were written: refused rows go back as they came."""

import csv
import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from casework.caseload.columns import NEEDED
from casework.errors import Refused

MAX_BYTES = 50 * 1024 * 1024

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `line` is where it begins in the file, `raw` its cells as they came, `cells` tidied by column name.

    `beyond` counts filled cells to the right of the last heading: a sign of a stray comma. `refused_at` is, in a
    rejects file of ours, the line, column and reason with which it was refused in the file that it came from.
    """

    line: int
    raw: tuple[str, ...]
    cells: Mapping[str, str]
    beyond: int = 0
    refused_at: tuple[int, str, str] | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file as read: its headings as written and tidied, its rows that are not blank, and the hash of its bytes."""

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    file_hash: str

    @property
    def is_rejects(self) -> bool:
        """Whether this is a rejects file of ours, corrected: a part of a caseload, not the whole."""
        return "_line" in self.columns


def read_case_file(path: Path) -> CaseFile:
    """Read a CSV (comma, semicolon, tab; UTF-8, UTF-16 or Windows) or xlsx file.

    Raises `Refused` when it cannot be opened, is of another kind, or has no case_ref or received column.
    """
    data = _bytes_of(path)
    lines = _workbook_lines(data, path) if data[:4] == b"PK\x03\x04" else _text_lines(data, path)
    try:
        return _case_file(lines, path, hashlib.sha256(data).hexdigest())
    except csv.Error as error:
        raise Refused(f"{path.name} is not a CSV file that can be read ({error}). Save it again as CSV.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB. Split it by team or year.")
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name and your access.") from error
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(
            f"{path.name} is an old Excel file or has a password. Open it in Excel and save it as xlsx without one."
        )
    return data


def _text_lines(data: bytes, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(data)
    if "\x00" in text:
        raise Refused(f"{path.name} is neither CSV nor xlsx. Save the list as CSV or as an Excel workbook (xlsx).")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1  # a cell may hold line breaks: a row is known by the line it begins on


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")  # Excel's "Unicode text"
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel writes in England without "CSV UTF-8"


def _delimiter(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    return max(",;\t", key=heading.count)


def _workbook_lines(data: bytes, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and drop-downs that do not concern us
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise Refused(f"{path.name} is not a workbook that can be read. Save it again as xlsx or CSV.") from error
        try:
            rows = cast("Iterable[Sequence[object]]", book.worksheets[0].iter_rows(values_only=True))
            yield from ((line, [_cell_text(cell) for cell in cells]) for line, cells in enumerate(rows, start=1))
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


def _case_file(lines: Iterator[tuple[int, Sequence[str]]], path: Path, file_hash: str) -> CaseFile:
    headings = next((tuple(cells) for _, cells in lines if any(cell.strip() for cell in cells)), None)
    if headings is None:
        raise Refused(f"{path.name} is empty. Its first line must hold the column names.")
    columns = tuple(column_name(cell) for cell in headings)
    _check_columns(columns, path)
    rows = tuple(row for row in _rows(lines, columns) if any(row.cells.values()) or row.beyond)
    return CaseFile(headings, columns, rows, file_hash)


def _check_columns(columns: Sequence[str], path: Path) -> None:
    if missing := [column for column in NEEDED if column not in columns]:
        raise Refused(
            f"{path.name} has no column {' and no column '.join(missing)}, so no clock can be computed. "
            f"Its columns are: {', '.join(filter(None, columns)) or 'none'}. Name them in the first line."
        )
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise Refused(f"{path.name} has the column {', '.join(twice)} twice. Rename or remove one of them.")


def _rows(lines: Iterator[tuple[int, Sequence[str]]], columns: Sequence[str]) -> Iterator[RawRow]:
    for line, cells in lines:
        named = {column: tidied(cell) for column, cell in zip(columns, cells, strict=False) if column}
        tidy = {column: text for column, text in named.items() if not column.startswith("_")}
        beyond = sum(1 for cell in cells[len(columns) :] if cell.strip())
        yield RawRow(line, tuple(cells), tidy, beyond, _refused_at(named))


def _refused_at(named: Mapping[str, str]) -> tuple[int, str, str] | None:
    line = named.get("_line", "")
    return (int(line), named.get("_column", ""), named.get("_reason", "")) if line.isdecimal() else None


def tidied(cell: str) -> str:
    """A cell without stray spaces, and without the apostrophe that our own files put before a formula."""
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_SIGNS) else text


def column_name(heading: str) -> str:
    """A heading as columns are named: `Case Ref` and `case-ref` are `case_ref`; the sign that marks ours stays."""
    heading = heading.strip().lower()
    mark = "_" if heading.startswith("_") else ""
    return mark + "_".join(heading.replace("-", " ").replace("_", " ").split())
