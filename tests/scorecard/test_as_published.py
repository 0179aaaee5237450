"""The authority's figures in the department's own columns."""

import csv

import pytest

from scorecard.as_published import as_published
from scorecard.published.tables import DATA
from scorecard.published_columns import tables_of
from tests.casework.support import Council

IDENTIFYING = {"time_period", "geographic_level", "region_code", "region_name", "new_la_code", "la_name"}


@pytest.mark.parametrize("table", ["requests", "assessments", "timeliness_20_week", "annual_reviews"])
def test_the_columns_are_those_of_the_published_file_in_its_order(table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert list(tables_of(2024)[table] or ()) == [name for name in header if name not in IDENTIFYING]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_a_council_without_cases_has_noughts_and_no_percentages(council: Council, year: int) -> None:
    printed = as_published(council.db, year)
    for table, columns in tables_of(year).items():
        row = printed.tables[table]
        assert (row is None) == (columns is None)
        assert list(row or ()) == list(columns or ())
        assert set((row or {}).values()) <= {0, None}
