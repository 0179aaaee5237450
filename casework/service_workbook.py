"""The monthly report of services as a workbook: summary, breaches, what is open, and what each figure means."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casework.formulas import neutral
from casework.row_heights import points_for
from casework.service_definitions import DEFINITIONS, LEFT_OUT
from casework.service_figures import Counted, Figures, Outcome
from casework.service_report import Line, Report
from casework.service_requests import Asked, State
from statute.words import MONTHS, day_words

Cell = str | int | float | date | None
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
LINES = ("Service", "Requests due", "On time", "Late", "Still out", "Never came", "Breaches", "On-time rate",
         "Median days", "Nil rate", "Sent back", "Declined", "Passed on", "Under an exception",
         "Oldest open (days late today)")  # fmt: skip
RATES = frozenset({"On-time rate", "Nil rate", "Sent back"})
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.LATE: "Came late",
    Outcome.OUT: "Still out",
    Outcome.NEVER: "Never came",
}
STATES: Mapping[State, str] = {
    State.LATE: "Late",
    State.WAITING: "Not yet due",
    State.NOT_ASKED: "Papers not sent yet",
}
AGES = ((0, "Not yet due"), (14, "Up to 2 weeks late"), (42, "2 to 6 weeks late"), (84, "6 to 12 weeks late"))
OLDER = "More than 12 weeks late"


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look."""

    title: Format
    heading: Format
    heading_of_numbers: Format
    text: Format
    day: Format
    share: Format
    number: Format


def workbook(report: Report) -> bytes:
    """The report as the bytes of an xlsx file: days are real days, shares are shares, no cell is a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": f"Advice for EHC needs assessments, {report.title}, {report.month_words}"})
    formats = _formats(book)
    for name, fill in _SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&CPage &P of &N&RReferences only: no child is named")
        fill(sheet, formats, report)
    book.close()
    return out.getvalue()


def _summary(sheet: Worksheet, formats: _Formats, report: Report) -> None:
    widths = _columns(sheet, 34, *([12] * 13), 16)
    sheet.write_string(0, 0, f"Advice for EHC needs assessments: {neutral(report.title)}", formats.title)
    sheet.write_string(1, 0, f"Requests whose last day fell in {report.month_words}")
    sheet.write_string(2, 0, f"As known on {day_words(report.made_on)}. What the figures mean: sheet Definitions.")
    row = _table(sheet, formats, widths, 4, LINES, [_line(each) for each in report.lines])
    sheet.write_string(row + 1, 0, "The twelve months up to then", formats.title)
    months = ("Month", *LINES[1:-1])
    _table(sheet, formats, widths, row + 2, months, [_month(each) for each in report.trend])


def _breaches(sheet: Worksheet, formats: _Formats, report: Report) -> None:
    widths = _columns(sheet, 12, 34, 26, 13, 13, 16, 12, 12, 60)
    heads = ("Reference", "Service", "Advice", "Asked on", "Due by", "Returned on", "Outcome", "Days late",
             "Reason given")  # fmt: skip
    _listed(sheet, formats, widths, heads, [_breach(each) for each in report.breaches])


def _open(sheet: Worksheet, formats: _Formats, report: Report) -> None:
    widths = _columns(sheet, 12, 34, 26, 20, 13, 13, 14, 12, 24)
    heads = ("Reference", "Service", "Advice", "State", "Asked on", "Due by", "Promised for", "Days late", "Age")
    late = sorted(report.open, key=lambda row: (row.due is None, row.due or date.max, row.mail_ref))
    _listed(sheet, formats, widths, heads, [_owed(each, report.made_on) for each in late])


def _definitions(sheet: Worksheet, formats: _Formats, report: Report) -> None:
    widths = _columns(sheet, 22, 90, 70)
    heads = ("Figure", "What it means", "Source")
    row = _table(sheet, formats, widths, 0, heads, [(each.name, each.words, each.source) for each in DEFINITIONS])
    sheet.write_string(row + 1, 0, "What is left out", formats.heading)
    for line, words in enumerate(LEFT_OUT, start=row + 2):
        sheet.set_row(line, points_for(("", words), widths))
        sheet.write_string(line, 1, words, formats.text)


_SHEETS: Mapping[str, Callable[[Worksheet, _Formats, Report], None]] = {
    "Summary": _summary,
    "Breaches": _breaches,
    "Open": _open,
    "Definitions": _definitions,
}


def _listed(
    sheet: Worksheet,
    formats: _Formats,
    widths: Sequence[float],
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> None:
    """A table that begins on top, stays headed while one scrolls, and can be filtered."""
    end = _table(sheet, formats, widths, 0, heads, rows)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    if rows:
        sheet.autofilter(0, 0, end - 1, len(heads) - 1)
    else:
        sheet.write_string(1, 0, "None.")


def _table(
    sheet: Worksheet,
    formats: _Formats,
    widths: Sequence[float],
    first: int,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> int:
    """Write headings and rows from the line `first` on; returns the line after the last one."""
    written = [list(row) for row in rows]
    for column, head in enumerate(heads):
        of_numbers = any(isinstance(row[column], int | float) for row in written if column < len(row))
        sheet.write_string(first, column, head, formats.heading_of_numbers if of_numbers else formats.heading)
    sheet.set_row(first, points_for(heads, widths))
    for line, row in enumerate(written, start=first + 1):
        sheet.set_row(line, points_for(row, widths))
        for column, cell in enumerate(row):
            _write(sheet, formats, line, column, cell, is_share=heads[column] in RATES)
    return first + 1 + len(written)


def _write(sheet: Worksheet, formats: _Formats, line: int, column: int, cell: Cell, *, is_share: bool) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(line, column, datetime.combine(cell, time.min), formats.day)
    elif isinstance(cell, str):
        sheet.write_string(line, column, neutral(cell), formats.text)
    elif cell is not None:
        sheet.write_number(line, column, cell, formats.share if is_share else formats.number)


def _line(line: Line) -> Sequence[Cell]:
    return (line.service or "All together", *_numbers(line.figures), line.oldest)


def _month(figures: Figures) -> Sequence[Cell]:
    return (f"{MONTHS[figures.month.month - 1]} {figures.month.year}", *_numbers(figures))


def _numbers(row: Figures | None) -> Sequence[Cell]:
    if row is None:
        return (0,)
    counts = (row.due, row.on_time, row.late, row.out, row.never, row.breaches)
    rates = (row.on_time_rate, row.median_days, row.nil_rate, row.insufficient_rate)
    return (*counts, *rates, row.declined, row.passed_on, row.excepted)


def _breach(row: Counted) -> Sequence[Cell]:
    late = row.late or None
    returned = row.answered or ("Still out" if row.outcome is Outcome.OUT else "Not returned")
    return (row.mail_ref, row.service, _advice(row.subject), row.asked, row.due, returned, OUTCOMES[row.outcome], late,
            _reason(row))  # fmt: skip


def _owed(row: Asked, today: date) -> Sequence[Cell]:
    late = max(0, (today - row.due).days) if row.due else 0
    return (row.mail_ref, row.service, _advice(row.subject), STATES[row.state], row.asked, row.due, row.promised,
            late or None, _age(late) if row.due else STATES[State.NOT_ASKED])  # fmt: skip


def _reason(row: Counted) -> str:
    """What was given as a reason, as far as codes and days tell; what was written may name a child."""
    said = (
        (row.promised is not None, f"Could not come by then; promised for {day_words(row.promised)}"
         if row.promised else ""),
        (row.insufficient, "Sent back as insufficient"),
        (row.passed_on, "Passed on within the service or to another"),
        (row.declined, "Declined under section 31(2)"),
    )  # fmt: skip
    return "; ".join(words for is_so, words in said if is_so) or "None recorded"


def _age(late: int) -> str:
    return next((words for most, words in AGES if late <= most), OLDER)


def _advice(subject: str) -> str:
    return subject.partition("/")[0].replace("_", " ").capitalize()


def _columns(sheet: Worksheet, *widths: float) -> Sequence[float]:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return widths


def _formats(book: Any) -> _Formats:
    top: dict[str, Any] = {"valign": "top"}
    heading = {**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#F3F2F1"}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        heading=book.add_format(heading),
        heading_of_numbers=book.add_format({**heading, "align": "right"}),
        text=book.add_format({**top, "text_wrap": True}),
        day=book.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"}),
        share=book.add_format({**top, "num_format": "0%"}),
        number=book.add_format({**top, "num_format": "#,##0"}),
    )
