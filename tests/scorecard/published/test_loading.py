"""A new release of the department: taken in whole or not at all, and standing before what came with this version."""

from collections.abc import Iterator
from datetime import date

import pytest

from config.settings import Settings
from scorecard.comparison import comparison_of, council_named
from scorecard.measures import measure
from scorecard.published.errors import NotATable
from scorecard.published.loading import load, source_of, tables
from scorecard.published.rows import TABLES, Row
from scorecard.published.tables import DATA, from_files
from scorecard.published_columns import tables_of
from tests.casework.support import NOW, OFFICER, Council, council_of
from tests.support.database import Cluster

TODAY = date(2026, 11, 20)
ABOUT = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,la_name"
)
AREAS = (
    "Calendar year,National,E92000001,England,,,,",
    "Calendar year,Regional,E92000001,England,E12000003,Yorkshire and The Humber,,",
    "Calendar year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,E06000014,York",
)


def release(table: str, year: int, figure: str = "40", areas: tuple[str, ...] = AREAS) -> tuple[str, str]:
    """A file as the department might publish it for a year, every figure the same."""
    columns = tables_of(year)[table]
    assert columns
    figures = ",".join(figure for _ in columns)
    lines = [f"{year},{area},{figures}" for area in areas]
    return f"{table}.csv", "\n".join([f"{ABOUT},{','.join(columns)}", *lines, ""])


@pytest.fixture(scope="module")
def looking(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """A council in which nothing is loaded."""
    made = cluster.create()
    try:
        yield council_of(made.engine, tmp_path_factory.mktemp("council"))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


def own(row: Row | None) -> Row:
    assert row
    return row


def test_every_file_that_comes_with_this_version_could_be_loaded_and_says_the_same_then(council: Council) -> None:
    files = [(f"{table}.csv", (DATA / f"{table}.csv").read_text("utf-8-sig")) for table in TABLES]
    load(council.db, files, OFFICER, NOW)
    found, shipped = source_of(council.db), from_files()
    assert found.years() == shipped.years()
    for row in shipped.each:
        again = own(found.find(row.table, row.year, row.area))
        assert (again.as_published(), again.name, again.region) == (row.as_published(), row.name, row.region)


def test_a_release_with_renamed_columns_is_taken_in_and_replaced_and_years_before_stay(council: Council) -> None:
    (taken,) = load(council.db, [release("annual_reviews", 2025)], OFFICER, NOW)
    assert (taken.table, taken.year, taken.rows) == ("annual_reviews", 2025, 3)
    assert own(source_of(council.db).find("annual_reviews", 2025, "E06000014")).figures["review_completed_2025"] == 40
    load(council.db, [release("annual_reviews", 2025, "x")], OFFICER, NOW.replace(hour=23))
    assert own(source_of(council.db).find("annual_reviews", 2025, "E06000014")).missing["total_ehc_plans"] == "x"
    assert own(source_of(council.db).find("annual_reviews", 2024, "E06000014")).figures["total_ehc_plans"]
    assert [each.year for each in tables(council.db) if each.table == "annual_reviews"] == [2024, 2025]


GOOD = release("requests", 2025)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (
            ("r.csv", GOOD[1].replace(",requests_withdrawn,", ",withdrawn,", 1)),
            "r.csv has no column requests_withdrawn",
        ),
        (release("requests", 2025, areas=AREAS[1:]), "2025: there must be one row of England"),
        (release("requests", 2025, areas=AREAS[:2]), "2025: there is no row of a local authority"),
        (("r.csv", GOOD[1].replace("E06000014", "York")), "r.csv, 2025: the code 'York' of York is not one of"),
        (("r.csv", GOOD[1].replace("York,40", "York,many")), "r.csv, line 4: requests_received_in_year 'many'"),
        (
            ("r.csv", GOOD[1].replace("York,40", "York,-5")),
            "r.csv, line 4: requests_received_in_year '-5': it cannot be negative",
        ),
        (release("requests", 2025, areas=(AREAS[0], AREAS[2])), "no row of the region Yorkshire and The Humber"),
        (
            ("r.csv", GOOD[1].replace("York,40", "York,30")),
            "r.csv, 2025: the local authorities are far from requests_received_in_year of England",
        ),
        (("r.csv", GOOD[1]), "r.csv has requests of 2025, and so has requests.csv"),
        (("plans.csv", "time_period,plans\n2025,4\n"), "plans.csv has no column geographic_level"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place_and_nothing_of_the_others_is_taken(
    looking: Council, bad: tuple[str, str], says: str
) -> None:
    others = [GOOD] if "so has" in says else [release("annual_reviews", 2025)]
    with pytest.raises(NotATable) as refused:
        load(looking.db, [*others, bad], OFFICER, NOW)
    assert any(says in problem for problem in refused.value.problems), refused.value.problems
    assert 2025 not in source_of(looking.db).years()


def test_a_measure_stands_beside_its_published_years(council: Council) -> None:
    load(council.db, [release("timeliness_20_week", 2025)], OFFICER, NOW)
    settings = Settings(council="york")
    found = comparison_of(council.db, settings, measure("plans_twenty_weeks"), TODAY)
    assert (found.council, found.region, found.why_not) == ("York", "Yorkshire and The Humber", "")
    years = {each.year: each for each in found.years}
    assert list(years) == [2019, 2020, 2021, 2022, 2023, 2024, 2025]
    assert [year for year, each in years.items() if each.broke] == [2023]
    assert (years[2025].own.numerator, years[2025].own.denominator, str(years[2025].own.value)) == (40, 40, "100.0")
    assert str(years[2024].england.value) == "45.9"
    assert [(each.year, each.whole, each.period.last) for each in found.live] == [
        (2025, True, date(2025, 12, 31)),
        (2026, False, TODAY),
    ]


@pytest.mark.parametrize(
    ("name", "year", "value"),
    [
        ("plans_issued", 2024, "90392"),
        ("plans_twenty_weeks_ex", 2019, "60.4"),
        ("requests_refused", 2019, None),
        ("decisions_six_weeks", 2024, "84.8"),
        ("reviews_expected", 2024, "82.1"),
        ("reviews_expected_four_weeks_2025", 2024, "29.5"),
    ],
)
def test_england_as_published(looking: Council, name: str, year: int, value: str | None) -> None:
    found = comparison_of(looking.db, Settings(council="York"), measure(name), TODAY)
    told = {each.year: each.england.value for each in found.years}
    assert (None if told.get(year) is None else str(told[year])) == value


def test_a_column_with_the_year_in_its_name_is_found_in_every_release(council: Council) -> None:
    load(council.db, [release("annual_reviews", 2026)], OFFICER, NOW)
    (year,) = comparison_of(council.db, Settings(council="York"), measure("reviews_completed"), TODAY).years
    assert (year.year, year.own.numerator, str(year.own.value)) == (2026, 40, "100.0")


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings(), ""),
        (Settings(council="Nowhere"), ""),
        (Settings(council="England"), ""),
        (Settings(authority="810"), "Kingston upon Hull, City of"),
        (Settings(authority="810", council="E06000014"), "York"),
    ],
)
def test_with_whom_is_compared(looking: Council, settings: Settings, name: str) -> None:
    assert council_named(source_of(looking.db), settings) == name
    why = comparison_of(looking.db, settings, measure("plans_issued"), TODAY).why_not
    assert ("EHCP_COUNCIL" in why) == (not name)


def test_a_published_percentage_stands_in_only_for_a_share_of_the_same(council: Council) -> None:
    name, text = release("annual_reviews", 2024)
    header, *lines = text.splitlines()
    columns = header.split(",")
    cells = lines[2].split(",")
    cells[columns.index("review_expected")] = cells[columns.index("number_decision_gt_4weeks")] = "c"
    load(council.db, [(name, "\n".join([header, *lines[:2], ",".join(cells)]))], OFFICER, NOW, partial=True)
    settings = Settings(council="York")
    (four_weeks,) = comparison_of(council.db, settings, measure("reviews_four_weeks_2025"), TODAY).years
    (expected,) = comparison_of(council.db, settings, measure("reviews_expected_four_weeks_2025"), TODAY).years
    assert (four_weeks.own.numerator, four_weeks.own.value, four_weeks.own.missing) == (40, 40, "")
    assert (expected.own.value, expected.own.missing) == (None, "suppressed")
