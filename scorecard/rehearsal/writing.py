"""A rehearsal's report as a page that stands by itself, as a workbook, and as JSON."""

import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from casework.formulas import neutral
from config.files import private_dir, write_private
from scorecard.rehearsal.tables import Report, Table
from statute.words import day_words

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_WIDTHS = (22, 60)
NAMES = ("rehearsal.html", "rehearsal.xlsx", "rehearsal.json")


def write(report: Report, folder: Path) -> list[Path]:
    """Write all three into a folder that only its owner can read. Raises OSError."""
    private_dir(folder)
    contents = (page(report), workbook(report), json.dumps(as_json(report), ensure_ascii=False, indent=2))
    return [write_private(folder / name, content) for name, content in zip(NAMES, contents, strict=True)]


def page(report: Report) -> str:
    """One HTML page without scripts, pictures or anything from elsewhere."""
    return _template().render(report=report)


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs: each table a list of rows by column."""
    return {
        "title": report.title,
        "sentences": list(report.sentences),
        "assumed": list(report.assumed),
        **{table.name: [_row(table, row) for row in table.rows] for table in report.tables},
        "letters": [{"kind": kind, "text": text} for kind, text in report.letters],
    }


def workbook(report: Report) -> bytes:
    """The bytes of an xlsx file: a sheet of sentences, then one for each table. No cell is a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Summary")
    first.set_column(0, 0, 110)
    first.write_string(0, 0, report.title, bold)
    for line, sentence in enumerate((*report.sentences, *report.assumed), 1):
        first.write_string(line, 0, sentence, wrapped)
    for table in report.tables:
        _sheet(book.add_worksheet(table.name.capitalize()), table, bold, days)
    book.close()
    return out.getvalue()


def _sheet(sheet: Any, table: Table, bold: Any, days: Any) -> None:
    for number, heading in enumerate(table.columns):
        sheet.write_string(0, number, heading, bold)
        longest = max((len(str(row[number])) for row in table.rows), default=0)
        sheet.set_column(number, number, min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1]))
    for line, row in enumerate(table.rows, 1):
        for number, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, number, cell, days)
            elif isinstance(cell, int):
                sheet.write_number(line, number, cell)
            else:
                sheet.write_string(line, number, neutral(cell))
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _row(table: Table, row: tuple[Any, ...]) -> dict[str, Any]:
    names = (column.lower().replace(" ", "_") for column in table.columns)
    return {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in zip(names, row, strict=True)}


@cache
def _template() -> Template:
    # Escaped always: what is written here is a page, whatever the template is called.
    loader = PackageLoader("scorecard.rehearsal", "")
    house = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    house.filters["plain"] = _plain
    return house.get_template("page.html")


def _plain(cell: object) -> object:
    return day_words(cell) if isinstance(cell, date) else cell
