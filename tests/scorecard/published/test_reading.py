"""The published tables: what they say, what is missing, and files that are none of them."""

import csv
from pathlib import Path

import pytest

from scorecard.published.authorities import NUMBERS, areas_of
from scorecard.published.errors import NotATable, NotPublished
from scorecard.published.reading import read_file, read_table
from scorecard.published.rows import ENGLAND
from scorecard.published.tables import from_files, published

SOURCE = from_files()
HEAD = "time_period,geographic_level,region_code,region_name,new_la_code,la_name,total_ehc_plans,review_expected\n"
HULL = "2024,Local authority,E12000003,Yorkshire and The Humber,E06000010,Hull,3245,2716\n"


def test_a_row_is_found_by_name_whatever_the_capitals_or_by_code() -> None:
    by_name = SOURCE.row("annual_reviews", 2024, "kingston upon HULL, city of")
    assert by_name == SOURCE.row("annual_reviews", 2024, "E06000010")
    assert (by_name.region, by_name.figures["no_outcome"]) == ("E12000003", -153)


@pytest.mark.parametrize(
    ("number", "name"), [("810", "Kingston upon Hull, City of"), ("816", "York"), ("815", "North Yorkshire")]
)
def test_an_authority_is_found_by_its_three_digit_number_under_the_latest_code_with_figures(
    number: str, name: str
) -> None:
    assert SOURCE.row("requests", 2024, number).name == name


def test_every_authority_with_figures_has_its_number_and_no_number_has_two_names() -> None:
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["authority"], row["area"]) for row in csv.DictReader(file)]
    known = {area for _, area in pairs}
    assert {row.area for year in SOURCE.years() for row in SOURCE.authorities(year)} <= known
    assert len(known) == len(pairs)
    last = {row.area: row.name for row in SOURCE.authorities(2024)}
    assert len({number for number, area in pairs if area in last}) == len(last)
    assert areas_of("999") == ()


def test_a_missing_figure_is_none_and_keeps_its_sign() -> None:
    row = SOURCE.row("annual_reviews", 2024, "Wandsworth")
    assert row.figures["total_ehc_plans"] is None
    assert row.missing["total_ehc_plans"] == "x"
    assert row.as_published()["total_ehc_plans"] == "x"


def test_england_its_regions_and_its_authorities() -> None:
    assert {table: row.area for table, row in SOURCE.england(2024).items()} == dict.fromkeys(
        ("requests", "assessments", "timeliness_20_week", "annual_reviews"), ENGLAND
    )
    assert set(SOURCE.england(2023)) == {"requests", "assessments", "timeliness_20_week"}
    assert len(SOURCE.regions(2024)) == 9
    assert len(SOURCE.authorities(2024)) == 153


@pytest.mark.parametrize(
    ("table", "year", "name", "says"),
    [
        ("requests", 2024, "Yrok", "Did you mean 'York'"),
        ("requests", 2024, "hull", "Kingston upon Hull, City of"),
        ("requests", 2024, "", "take the department's own name"),
        ("annual_reviews", 2023, "York", "it is for 2024"),
        ("plans", 2024, "York", "there is no table 'plans'"),
    ],
)
def test_what_was_not_published_is_answered_with_what_was(table: str, year: int, name: str, says: str) -> None:
    with pytest.raises(NotPublished, match=says):
        SOURCE.row(table, year, name)


def test_rows_from_elsewhere_make_the_same_tables() -> None:
    again = published(SOURCE.rows("requests"))
    assert again.years() == SOURCE.years("requests")
    assert again.row("requests", 2024, "York") == SOURCE.row("requests", 2024, "York")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "has no column time_period"),
        (HEAD.replace("total_ehc_plans", "plans") + HULL, "is none of the four tables"),
        (HEAD, "has no rows"),
        (HEAD + HULL.replace("2716", "many"), "line 2: review_expected 'many' is neither a number nor one of x, z, c"),
        (HEAD + HULL.replace("2716", ""), "review_expected '' is neither"),
        (HEAD + HULL.replace("2716", "nan"), "review_expected 'nan' is neither"),
        (HEAD + HULL.replace(",2716", ""), "fewer or more cells"),
        (HEAD + HULL.replace("2024", "202425"), "is not a year"),
        (HEAD + HULL.replace("Local authority", "Ward"), "geographic_level 'Ward'"),
        (HEAD + HULL.replace("E06000010", ""), "new_la_code and la_name are needed"),
        (HEAD + HULL + HULL, "is in line 2 already"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_the_reason_and_the_line(text: str, says: str) -> None:
    with pytest.raises(NotATable, match=says):
        read_table(text, "reviews.csv")


def test_many_problems_are_told_up_to_twenty() -> None:
    rows = "".join(HULL.replace("E06000010", f"E{n}").replace("2716", "?") for n in range(30))
    with pytest.raises(NotATable) as refused:
        read_table(HEAD + rows, "reviews.csv")
    assert len(refused.value.problems) == 21
    assert refused.value.problems[-1] == "and 10 more"


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(NotATable, match="not text in UTF-8"):
        read_file(path)
