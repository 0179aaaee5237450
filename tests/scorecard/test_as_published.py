"""The authority's figures in the department's own columns."""

import csv
from datetime import date

import pytest

from scorecard.as_published import as_published
from scorecard.published.tables import DATA
from scorecard.published_columns import name_in, percentage, tables_of
from tests.casework.support import Council

IDENTIFYING = {"time_period", "geographic_level", "region_code", "region_name", "new_la_code", "la_name"}


@pytest.mark.parametrize("table", ["requests", "assessments", "timeliness_20_week", "annual_reviews"])
def test_the_columns_are_those_of_the_published_file_in_its_order(table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert list(tables_of(2024)[table] or ()) == [name for name in header if name not in IDENTIFYING]


@pytest.mark.parametrize(
    ("column", "year", "named"),
    [
        ("review_expected", 2024, "review_expected"),
        ("review_expected", 2025, "review_expected_2025"),
        ("review_completed_2025", 2026, "review_completed_2026"),
        ("plans_issued_den", 2026, "plans_issued_den"),
    ],
)
def test_some_columns_are_called_after_their_year(column: str, year: int, named: str) -> None:
    assert name_in(column, year) == named


def test_a_column_leads_to_that_in_per_cent() -> None:
    assert percentage("plans_issued_20_weeks_ex", 2024) == "PC_plans_issued_20_weeks_ex"
    assert percentage("requests_withdrawn", 2024) == "request_withdrawn_pc"
    assert percentage("plans_issued_den", 2024) is None


def test_a_council_without_cases_has_no_figure_and_says_so(council: Council) -> None:
    for year in (2023, 2024, 2025, 2026):
        printed = as_published(council.db, year)
        for table, columns in tables_of(year).items():
            row = printed.tables[table]
            assert (row is None) == (columns is None)
            assert list(row or ()) == list(columns or ())
            assert set((row or {}).values()) <= {None}
        assert printed.notes[0] == f"there are no data of {year}: no case had begun by the end of it"


def test_a_year_before_the_data_to_come_or_not_over_says_so(council: Council) -> None:
    council.opens("2025-03-03")
    today = date(2026, 11, 20)
    before, first, running, to_come = (as_published(council.db, year, today) for year in (2024, 2025, 2026, 2027))
    for printed, says in (
        (before, "there are no data of 2024: no case had begun by the end of it"),
        (to_come, "2027 is still to come: there is nothing to count"),
    ):
        assert printed.notes[0] == says
        assert {value for row in printed.tables.values() for value in (row or {}).values()} == {None}
    assert (first.tables["requests"] or {})["requests_received_in_year"] == 1
    assert (running.tables["requests"] or {})["requests_received_in_year"] == 0
    assert (running.tables["annual_reviews"] or {})["number_plans"] is None
    assert running.notes[0] == "2026 is not over: the figures are those up to Friday 20 November 2026"
    assert first.notes[0] == "columns without a figure: no case of their kind had begun by the end of 2025"


def test_what_the_ledger_does_not_keep_is_said(council: Council) -> None:
    printed = as_published(council.db, 2024)
    assert (printed.tables["requests"] or {})["requests_rya"] is None
    assert (
        "requests.requests_rya: whether the child was in relevant youth accommodation is not recorded" in printed.notes
    )
