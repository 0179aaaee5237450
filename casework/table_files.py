"""A file as people have it, CSV as Excel or anything else writes it or xlsx, as numbered lines of cells."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

from casework.errors import Refused

MAX_BYTES = 50 * 1024 * 1024
# What openpyxl stumbles over in a workbook that is broken, or was made to break whoever reads it.
_BROKEN = (
    ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError,
)  # fmt: skip

Line = tuple[int, Sequence[str]]
"""Where a row begins in its file (from 1), and its cells as they came."""


def file_bytes(path: Path) -> bytes:
    """What is in the file. Raises Refused when it is missing, too large, or Excel of a kind that cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB. Split it by team or year.")
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name and your access.") from error
    refuse_old_excel(data, path.name)
    return data


def refuse_old_excel(data: bytes, name: str) -> None:
    """Raise Refused for Excel of a kind that cannot be read: of before 2007, or with a password."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(
            f"{name} is an old Excel file or has a password. Open it in Excel and save it as xlsx without one."
        )


def file_lines(data: bytes, path: Path) -> Iterator[Line]:
    """The lines of a CSV (comma, semicolon, tab; UTF-8, UTF-16 or Windows) or xlsx file.

    Raises Refused, at the latest while the lines are read, when it is neither; `path` is what it is called there.
    """
    try:
        yield from _workbook_lines(data, path) if data[:4] == b"PK\x03\x04" else _text_lines(data, path)
    except csv.Error as error:
        raise Refused(f"{path.name} is not a CSV file that can be read ({error}). Save it again as CSV.") from error


def column_name(heading: str) -> str:
    """A heading as columns are named: `Case Ref` and `case-ref` are `case_ref`."""
    return "_".join(heading.strip().lower().replace("-", " ").replace("_", " ").split())


def _text_lines(data: bytes, path: Path) -> Iterator[Line]:
    text = _decoded(data)
    if "\x00" in text:
        raise Refused(f"{path.name} is neither CSV nor xlsx. Save the list as CSV or as an Excel workbook (xlsx).")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = begun = 1
    for cells in reader:
        begun = line
        yield line, cells
        line = reader.line_num + 1  # a cell may hold line breaks: a row is known by the line it begins on
    _closed(text, begun, path)


def _closed(text: str, begun: int, path: Path) -> None:
    """Refuse a file whose last row, begun on that line, swallowed the rows below it: a quotation mark is open."""
    last = list(io.StringIO(text, newline=""))[begun - 1 :]
    if len(last) > 1 and "".join(last).count('"') % 2:
        raise Refused(
            f"{path.name}, line {begun}: a quotation mark is opened there and never closed, so that the rows below "
            "it cannot be told from it. Close it or take it out."
        )


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


def _workbook_lines(data: bytes, path: Path) -> Iterator[Line]:
    cells = _cells(data)
    try:
        # The first sheet is only opened by the first row: what is broken in it shows here.
        yield from ((line, [_cell_text(cell) for cell in row]) for line, row in enumerate(cells, start=1))
    except _BROKEN as error:
        raise Refused(f"{path.name} is not a workbook that can be read. Save it again as xlsx or CSV.") from error


def _cells(data: bytes) -> Iterator[Sequence[object]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and drop-downs that do not concern us
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            yield from cast("Iterable[Sequence[object]]", book.worksheets[0].iter_rows(values_only=True))
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
