"""A pack as a workbook: summary, charts, the months as data, and what each figure means. No cell is a formula."""

import io
from collections.abc import Iterator
from typing import cast

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from casework.formulas import neutral
from casework.row_heights import points_for
from config.clock import london_day
from scorecard.packs.content import Entry, Pack
from scorecard.packs.hiding import Shown
from scorecard.packs.said import UNVERIFIED, counts_words, figure_words
from scorecard.packs.sheets import Cell, Formats, columns, formats_of, table
from scorecard.packs.view import rag_words
from scorecard.suppression import HIDDEN
from scorecard.words import BETTER, period_words, target_words, unit_words
from statute.words import day_words

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
SUMMARY = ("Measure", "Figure", "Of", "Target", "Status", "Action", "Owner", "Said", "Beside it, and compared")
DATA = ("Measure", "Part", "Month", "Frozen", "Counted", "Of", "Figure", "Unit", "More than chance")
DEFINITIONS = ("Measure", "What it means", "Source", "Direction", "Days", "Verified", "Our reading", "Left out")
_CHART_ROWS = 16


def workbook(pack: Pack) -> bytes:
    """The pack as the bytes of an xlsx file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": f"{pack.title}: {pack.period}", "company": pack.council, "created": pack.made})
    formats = formats_of(book)
    sheets = {name: _sheet(book, name, pack) for name in ("Summary", "Charts", "Data", "Definitions", "Restated")}
    _summary(sheets["Summary"], formats, pack)
    _charts(book, sheets["Charts"], formats, pack, _data(sheets["Data"], formats, pack))
    _definitions(sheets["Definitions"], formats, pack)
    _restated(sheets["Restated"], formats, pack)
    book.close()
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, pack: Pack) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    state = "DRAFT, not frozen" if pack.draft else "Public version" if pack.public else "As frozen"
    sheet.set_footer(f"&L&A&CPage &P of &N&R{state}")
    return sheet


def _summary(sheet: Worksheet, formats: Formats, pack: Pack) -> None:
    widths = columns(sheet, 50, 14, 14, 18, 15, 16, 28, 46, 46)
    sheet.write_string(0, 0, f"{pack.title}: {pack.period}{', public version' if pack.public else ''}", formats.title)
    sheet.write_string(1, 0, f"{neutral(pack.council)}. Made on {day_words(london_day(pack.made))}.")
    line = 2
    for words in filter(None, (pack.draft and f"DRAFT. {pack.draft}", pack.basis, *pack.notes)):
        sheet.write_string(line, 0, words, formats.draft if words.startswith("DRAFT") else None)
        line += 1
    for section in pack.sections:
        sheet.write_string(line + 1, 0, section.heading, formats.group)
        rows = [_line(pack, each) for each in section.entries]
        first, line = line + 3, table(sheet, formats, widths, line + 2, SUMMARY, rows, numbers=(1, 2))
        for place, each in enumerate(section.entries, start=first):
            sheet.write_string(place, 4, rag_words(pack, each), formats.rag[each.rag.value])


def _line(pack: Pack, entry: Entry) -> list[Cell]:
    measure = entry.measure
    beside = [*entry.beside, *(f"{each.who}: {each.figure}" for each in entry.compared)]
    return [
        measure.name,
        figure_words(measure, entry.figure),
        counts_words(measure, entry.figure),
        target_words(measure, entry.target),
        rag_words(pack, entry),
        entry.action,
        entry.owner,
        entry.narrative,
        "; ".join(beside),
    ]


def _data(sheet: Worksheet, formats: Formats, pack: Pack) -> dict[str, tuple[int, int]]:
    """The months of every measure, then the parts of the pack's own days; where each measure's months stand."""
    widths = columns(sheet, 44, 34, 24, 9, 11, 11, 11, 12, 40)
    rows: list[list[Cell]] = []
    places: dict[str, tuple[int, int]] = {}
    for entry in pack.entries:
        months = list(_months(entry))
        if len(months) > 1:
            places[entry.measure.id] = len(rows) + 1, len(rows) + len(months)
        rows += [*months, *_parts(pack, entry)]
    end = table(sheet, formats, widths, 0, DATA, rows, numbers=(4, 5, 6))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(end - 1, 1), len(DATA) - 1)
    return places


def _months(entry: Entry) -> Iterator[list[Cell]]:
    for month in entry.trend.months if entry.trend else ():
        signal = month.point.signal.value if month.point.signal else ""
        frozen = "Yes" if month.frozen else "No"
        yield [entry.measure.name, "All", month.last, frozen, *_numbers(entry, month.figure), signal]


def _parts(pack: Pack, entry: Entry) -> Iterator[list[Cell]]:
    frozen = "No" if pack.draft else "Yes"
    if entry.trend is None or entry.parts:
        days = period_words(entry.days)
        yield [entry.measure.name, "All", days, frozen, *_numbers(entry, entry.figure), ""]
        for part in entry.parts:
            yield [entry.measure.name, part.name, days, frozen, *_numbers(entry, part.figure), ""]


def _numbers(entry: Entry, figure: Shown | None) -> list[Cell]:
    if figure is None:
        return ["", "", "", ""]
    counted = HIDDEN if figure.hides and figure.numerator is None else figure.numerator
    of = HIDDEN if figure.hides_denominator else figure.denominator
    return [counted, of, HIDDEN if figure.hides else figure.value, unit_words(entry.measure)]


def _charts(
    book: xlsxwriter.Workbook, sheet: Worksheet, formats: Formats, pack: Pack, places: dict[str, tuple[int, int]]
) -> None:
    drawn = [entry for entry in pack.entries if entry.at_length and entry.measure.id in places]
    sheet.write_string(0, 0, f"{pack.title}: {pack.period}, month by month", formats.title)
    breaks: list[int] = []
    for place, entry in enumerate(drawn):
        chart = _chart(book, entry, *places[entry.measure.id])
        words = entry.trend.says if entry.trend else ""
        if place and place % 6 == 0:
            breaks.append(2 + _CHART_ROWS * (place // 2))
        sheet.insert_chart(2 + _CHART_ROWS * (place // 2), 10 * (place % 2), chart, {"description": words})
    sheet.set_h_pagebreaks(breaks)


def _chart(book: xlsxwriter.Workbook, entry: Entry, first: int, last: int) -> Chart:
    """The months of a measure, from the lines `first` to `last` of the data."""
    chart = cast("Chart", book.add_chart({"type": "line"}))
    chart.add_series({
        "name": entry.measure.name, "categories": ["Data", first, 2, last, 2], "values": ["Data", first, 6, last, 6],
        "marker": {"type": "circle", "size": 4}, "line": {"color": "#1D70B8", "width": 1.5},
    })  # fmt: skip
    chart.set_title({"name": entry.measure.name, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"date_axis": True, "num_format": "mmm yy", "major_unit": 3, "major_unit_type": "months"})
    lines = {"visible": True, "line": {"color": "#C8CCCE"}}
    chart.set_y_axis({"min": 0, "name": unit_words(entry.measure), "major_gridlines": lines})
    chart.show_na_as_empty_cell()
    chart.set_size({"width": 620, "height": 290})
    return chart


def _definitions(sheet: Worksheet, formats: Formats, pack: Pack) -> None:
    widths = columns(sheet, 38, 60, 18, 26, 24, 22, 50, 50)
    rows: list[list[Cell]] = [
        [each.measure.name, each.definition, each.measure.source.value, BETTER[each.measure.better],
         period_words(each.days), "Yes" if each.measure.verified else UNVERIFIED, each.measure.reading,
         "; ".join(left.why for left in each.measure.left_out)]
        for each in pack.entries
    ]  # fmt: skip
    table(sheet, formats, widths, 0, DEFINITIONS, rows)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _restated(sheet: Worksheet, formats: Formats, pack: Pack) -> None:
    widths = columns(sheet, 18, 50, 30, 40)
    rows: list[list[Cell]] = [[each.month, each.measure, each.told, each.now] for each in pack.restated]
    end = table(sheet, formats, widths, 0, ("Month", "Measure", "Told", "Known now"), rows)
    if not rows:
        words = "Not in the public version." if pack.public else "Nothing: every figure is known as it was told."
        sheet.set_row(end, points_for([words], widths[1:]))
        sheet.write_string(end, 0, words)
