"""Writing lists for people to open in a spreadsheet, without letting a cell become a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

import xlsxwriter

from casework.formulas import neutral
from config.files import write_private

MARKED = "utf-8-sig"
"""The encoding whose mark tells Excel that a file is UTF-8."""

Cell = str | int | float | date | bool | None


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a heading and rows as CSV; days in ISO form, blanks for None."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([_plain(cell) for cell in row] for row in rows)


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """The same as a workbook of one sheet: days are real dates, texts are never formulas or links."""
    out = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(title[:31])
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    heading = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), 18)
    for column, name in enumerate(columns):
        sheet.write_string(0, column, neutral(name), heading)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, datetime.combine(cell, time.min), day)
            elif isinstance(cell, str):
                sheet.write_string(line, column, neutral(cell))
            elif cell is not None:
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


def csv_text(items: Iterable[Mapping[str, Cell]], columns: Sequence[str]) -> str:
    """A list as CSV text with these columns, which are headed also when there is no item."""
    out = io.StringIO(newline="")
    write_csv(out, columns, ([item[column] for column in columns] for item in items))
    return out.getvalue()


def write_csv_file(
    path: Path, items: Iterable[Mapping[str, Cell]], columns: Sequence[str], *, encoding: str = "utf-8"
) -> None:
    """A list as a CSV file at `path` that only its owner can read; `MARKED` for one that is opened in Excel."""
    write_private(path, csv_text(items, columns).encode(encoding))


def write_xlsx(path: Path, items: Iterable[Mapping[str, Cell]], title: str, columns: Sequence[str]) -> None:
    """A list as a workbook at `path` that only its owner can read."""
    write_private(path, xlsx_bytes(columns, ([item[column] for column in columns] for item in items), title))


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else cell
