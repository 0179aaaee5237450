"""How the sheets of a pack's workbook are laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casework.formulas import neutral
from casework.row_heights import points_for
from scorecard.status import Rag

Cell = str | int | Decimal | date | None
_RAGS: Mapping[Rag, tuple[str, str]] = {
    Rag.GREEN: ("#00542B", "#CCE2D8"),
    Rag.AMBER: ("#6E3619", "#FCD6C3"),
    Rag.RED: ("#942514", "#F4CDC6"),
    Rag.NONE: ("#484949", "#FFFFFF"),
}


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells look."""

    title: Format
    draft: Format
    heading: Format
    number_heading: Format
    group: Format
    text: Format
    right: Format
    number: Format
    decimal: Format
    day: Format
    rag: Mapping[str, Format]


def formats_of(book: Any) -> Formats:
    """The formats of a workbook."""
    top: dict[str, Any] = {"valign": "top", "text_wrap": True}
    heading = {**top, "bold": True, "bottom": 1, "bg_color": "#F3F2F1", "align": "left", "indent": 1}
    return Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        draft=book.add_format({"bold": True, "font_color": _RAGS[Rag.RED][0]}),
        heading=book.add_format(heading),
        number_heading=book.add_format({**heading, "align": "right", "indent": 0}),
        group=book.add_format({"bold": True, "font_size": 12, "bottom": 2}),
        text=book.add_format({**top, "align": "left", "indent": 1}),
        right=book.add_format({**top, "align": "right"}),
        number=book.add_format({"valign": "top", "num_format": "#,##0"}),
        decimal=book.add_format({"valign": "top", "num_format": "#,##0.0"}),
        day=book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left", "indent": 1}),
        rag={
            rag.value: book.add_format(
                {**top, "align": "left", "indent": 1, "bold": rag is not Rag.NONE, "font_color": ink, "bg_color": paper}
            )
            for rag, (ink, paper) in _RAGS.items()
        },
    )


def table(
    sheet: Worksheet,
    formats: Formats,
    widths: Sequence[float],
    first: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int] = (),
) -> int:
    """Headings and rows from the line `first` on; columns `numbers` stand to the right. The line after the last."""
    for column, head in enumerate(heads):
        look = formats.number_heading if column in numbers else formats.heading
        sheet.write_string(first, column, head, look)
    sheet.set_row(first, points_for(heads, widths))
    for line, row in enumerate(rows, start=first + 1):
        sheet.set_row(line, points_for(row, widths))
        for column, cell in enumerate(row):
            write(sheet, formats, line, column, cell, right=column in numbers)
    return first + 1 + len(rows)


def write(sheet: Worksheet, formats: Formats, line: int, column: int, cell: Cell, *, right: bool = False) -> None:
    """One cell: a day as a day, a number as a number, and words never as a formula."""
    if isinstance(cell, date):
        sheet.write_datetime(line, column, datetime.combine(cell, time.min), formats.day)
    elif isinstance(cell, str):
        sheet.write_string(line, column, neutral(cell), formats.right if right else formats.text)
    elif cell is not None:
        sheet.write_number(line, column, float(cell), formats.number if cell == int(cell) else formats.decimal)


def columns(sheet: Worksheet, *widths: float) -> Sequence[float]:
    """Set how wide the columns are, in characters."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return widths
