"""The monthly report of a service as whoever opens it finds it: sheets, values, real days, shares, widths."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from casework.actor import Actor
from casework.opening import Opened
from casework.service_definitions import DEFINITIONS, LEFT_OUT
from casework.service_report import report_of
from casework.service_requests import services_of
from casework.service_workbook import workbook
from tests.casework.support import TODAY, Council

OCTOBER = date(2026, 10, 1)
DECIDED = "decision_to_assess=2026-08-27"
ASKED = "advice_requested:health=2026-08-28"  # due on 9 October


@pytest.fixture
def cases(council: Council) -> list[Opened]:
    """Asked together: answered in time, answered late with nothing to say, sent back, declined late, still out."""
    answers: tuple[tuple[str, ...], ...] = (
        ("advice_received:health=2026-10-09",),
        ("advice_nil:health=2026-10-19",),
        ("advice_received:health=2026-10-01", "advice_insufficient:health=2026-10-05", "advice_received:health=2026-10-12"),
        ("advice_declined:health=2026-10-30",),
        ("advice_expected:health=2026-10-08;by=2026-12-01",),
    )  # fmt: skip
    found: list[Opened] = []
    for facts in answers:
        case = council.opens("2026-08-20")
        council.records(case, DECIDED, ASKED, *facts, confirm=True)
        found.append(case)
    return found


def book(council: Council, service: str = "health/paediatrics", month: date = OCTOBER) -> Any:
    known = services_of(council.db, lead=False, email=None, team=None)
    mine = [each for each in known if service in ("", each.called)]
    report = report_of(council.db, mine, Actor("m.east", "web"), TODAY, month)
    return openpyxl.load_workbook(BytesIO(workbook(report)))


def table(sheet: Any, first: int) -> list[dict[str, Any]]:
    """The rows below the headings in that line, up to the first that is empty."""
    heads = [cell.value for cell in sheet[first]]
    found: list[dict[str, Any]] = []
    for row in sheet.iter_rows(min_row=first + 1, values_only=True):
        if row[0] is None:
            break
        found.append(dict(zip(heads, row, strict=True)))
    return found


def test_the_summary_has_the_month_and_the_year_up_to_it(council: Council, cases: list[Opened]) -> None:
    sheet = book(council)["Summary"]
    (line,) = table(sheet, 5)
    said = {name: line[name] for name in ("Requests due", "On time", "Late", "Still out", "Never came", "Breaches")}
    assert said == {"Requests due": 5, "On time": 1, "Late": 2, "Still out": 1, "Never came": 1, "Breaches": 4}
    assert (line["On-time rate"], line["Median days"]) == (0.2, 45)  # of 42, 45 and 52 days
    assert (line["Nil rate"], line["Sent back"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert (line["Declined"], line["Passed on"], line["Oldest open (days late today)"]) == (1, 0, 42)
    trend = table(sheet, 9)
    assert [(row["Month"], row["Requests due"]) for row in trend] == [("October 2026", 5)]


def test_each_breach_stands_with_its_days_and_the_reason_that_was_given(council: Council, cases: list[Opened]) -> None:
    found = {row["Reference"]: row for row in table(book(council)["Breaches"], 1)}
    _, nil, back, declined, out = (found.get(case.mail_ref) for case in cases)
    assert cases[0].mail_ref not in found
    assert nil and back and declined and out
    assert (nil["Returned on"], nil["Days late"], nil["Outcome"]) == (datetime(2026, 10, 19), 10, "Came late")
    assert (back["Days late"], back["Reason given"]) == (3, "Sent back as insufficient")
    assert (declined["Returned on"], declined["Outcome"]) == ("Not returned", "Never came")
    assert declined["Reason given"] == "Declined under section 31(2)"
    assert (out["Returned on"], out["Days late"]) == ("Still out", 42)
    assert out["Reason given"] == "Could not come by then; promised for Tuesday 1 December 2026"
    assert (out["Asked on"], out["Due by"]) == (datetime(2026, 8, 28), datetime(2026, 10, 9))


def test_what_is_open_stands_by_age_whatever_the_month(council: Council, cases: list[Opened]) -> None:
    young = council.opens("2026-10-26")
    council.records(young, "decision_to_assess=2026-11-02", "advice_requested:health=2026-11-03")
    rows = table(book(council, month=date(2026, 9, 1))["Open"], 1)
    assert [(row["Reference"], row["Age"]) for row in rows] == [
        (cases[4].mail_ref, "2 to 6 weeks late"),
        (young.mail_ref, "Not yet due"),
    ]


def test_days_shares_and_numbers_are_real_and_columns_wide_enough(council: Council, cases: list[Opened]) -> None:
    found = book(council)
    summary, breaches = found["Summary"], found["Breaches"]
    heads = [cell.value for cell in summary[5]]
    assert summary.cell(6, heads.index("On-time rate") + 1).number_format == "0%"
    assert summary.cell(6, heads.index("Median days") + 1).number_format == "#,##0"
    assert breaches.cell(2, 4).number_format == "dd/mm/yyyy"
    widths = {name: dimension.width for name, dimension in breaches.column_dimensions.items()}
    assert widths["A"] > len("K7F-3QX9")
    assert widths["D"] > len("28/08/2026")
    assert breaches.freeze_panes == "B2"
    assert summary.page_setup.orientation == "landscape"
    assert {sheet.page_setup.fitToHeight for sheet in found} == {0}  # as many pages as it takes, one wide


def test_no_text_runs_over_the_next_row_and_numbers_stand_below_their_heading(
    council: Council, cases: list[Opened]
) -> None:
    found = book(council)
    meaning, summary = found["Definitions"], found["Summary"]
    wide = meaning.column_dimensions["B"].width
    for line in range(1, meaning.max_row + 1):
        lines = len(str(meaning.cell(line, 2).value or "")) / wide
        assert (meaning.row_dimensions[line].height or 15) >= 15 * lines
    assert meaning.row_dimensions[2].height > 15  # what "Due" means takes two lines
    assert summary.row_dimensions[5].height > 15  # "Under an exception"
    assert (summary["A5"].alignment.horizontal, summary["B5"].alignment.horizontal) == (None, "right")


def test_a_service_called_like_a_formula_is_a_text(council: Council, cases: list[Opened]) -> None:
    with council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE body SET name = '=HYPERLINK(\"x\")' WHERE code = 'paediatrics'")
    cells = [cell for sheet in book(council) for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert '\'=HYPERLINK("x")' in {cell.value for cell in cells}


def test_all_services_stand_each_by_itself_and_together(council: Council, cases: list[Opened]) -> None:
    lines = table(book(council, service="")["Summary"], 5)
    assert [row["Service"] for row in lines][-1] == "All together"
    assert len(lines) == 5
    assert sum(row["Requests due"] or 0 for row in lines[:-1]) == lines[-1]["Requests due"] == 5


def test_a_month_without_requests_says_so(council: Council) -> None:
    found = book(council)
    assert table(found["Summary"], 5)[0]["Requests due"] == 0
    assert found["Breaches"]["A2"].value == found["Open"]["A2"].value == "None."


def test_each_figure_is_defined_with_its_source_and_what_is_left_out(council: Council) -> None:
    sheet = book(council)["Definitions"]
    rows = [tuple(cell.value for cell in row[:3]) for row in sheet.iter_rows(min_row=2)]
    assert rows[: len(DEFINITIONS)] == [(each.name, each.words, each.source) for each in DEFINITIONS]
    assert tuple(words for _, words, _ in rows[-len(LEFT_OUT) :]) == LEFT_OUT
    assert [each.source for each in DEFINITIONS if "ehcp clock" in each.source] == []  # a name keeps its capitals
