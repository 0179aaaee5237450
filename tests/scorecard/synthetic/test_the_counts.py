"""A synthetic council has the published counts, counted row by row by somebody else."""

from datetime import date
from functools import cache

import pytest

from scorecard.published.rows import Row
from scorecard.published.tables import from_files
from scorecard.synthetic.council import Council, council
from scorecard.synthetic.days import census_day
from statute.calendar import ENGLAND
from tests.scorecard.synthetic.counting import counted

SOURCE = from_files()

SPREAD = {2023: 38, 2024: 19}
"""Every so many authorities of a year; all of them are for `make verify-dfe`."""
ODD = [
    ("Kingston upon Hull, City of", 2024),
    ("City of London", 2024),
    ("Knowsley", 2024),
    ("Wandsworth", 2024),
    ("Lewisham", 2024),
    ("Hackney", 2023),
    ("Leicester", 2023),
    ("Isle of Wight", 2024),
]
"""A negative figure, all flagged, sums that are one out, suppressed cells, missing rows, more decisions than there were."""
SOME = [(row.name, year) for year, step in SPREAD.items() for row in SOURCE.authorities(year)[::step]] + ODD


@cache
def _made(name: str, year: int) -> Council:
    return council(SOURCE, name, year)


@pytest.mark.parametrize(("name", "year"), sorted(set(SOME)))
def test_the_rows_have_every_published_figure_that_is_not_listed_as_unmet(name: str, year: int) -> None:
    made = _made(name, year)
    found = counted(made.assessments, made.plans, year, made.as_of)
    unmet = {(each.table, each.column) for each in made.bridges.unmet}
    differing = {
        (table, column): (row.figures[column], value)
        for table, row in SOURCE.of(year, made.area).items()
        for column, value in found[table].items()
        if row.figures[column] not in (value, None) and (table, column) not in unmet
    }
    assert differing == {}


@pytest.mark.parametrize(("name", "year"), [("Wandsworth", 2024), ("Hackney", 2023), ("Leicester", 2023)])
def test_what_is_said_to_have_been_filled_is_what_the_rows_have(name: str, year: int) -> None:
    made = _made(name, year)
    found = counted(made.assessments, made.plans, year, made.as_of)
    assert made.bridges.filled
    assert all(found[each.table][each.column] == each.value for each in made.bridges.filled)


def test_every_missing_cell_that_is_counted_is_listed_as_filled() -> None:
    made = _made("Wandsworth", 2024)
    row = SOURCE.row("annual_reviews", 2024, "Wandsworth")
    listed = {each.column: each.sign for each in made.bridges.filled if each.table == "annual_reviews"}
    assert listed == {name: sign for name, sign in row.missing.items() if not name.startswith("pc_")}


def test_figures_that_contradict_their_own_table_are_listed_and_not_met() -> None:
    unmet = {(each.column, each.published, each.value) for each in _made("Knowsley", 2024).bridges.unmet}
    assert ("number_decision_gt_4weeks", 61, 60) in unmet or ("number_decision_gt_4weeks", 1880, 1879) in unmet


def test_a_percentage_is_unmet_for_the_figure_that_gave_way_or_because_it_is_of_another_sum() -> None:
    london = {each.column: each.why for each in _made("City of London", 2024).bridges.unmet}
    assert london["pc_plans_issued_gt20weeks_ltYear"] == "the percentage is of a figure that gave way"
    barnsley = {each.column: each.why for each in _made("Barnsley", 2023).bridges.unmet}
    assert barnsley["request_outcome_six_weeks_pc"] == "the percentage does not follow from the figures that it is of"


def test_hulls_figures_of_2024_are_all_met_and_its_bridges_say_how() -> None:
    made = _made("Kingston upon Hull, City of", 2024)
    assert made.bridges.unmet == ()
    bridges = {bridge.between: bridge.cases for bridge in made.bridges.bridges}
    assert bridges["plans issued in `assessments`, and the denominator of `timeliness_20_week`"] == 542 - 500
    assert made.figures["annual_reviews"]["no_outcome"] == -153


def test_reviews_of_2023_were_not_published_and_are_all_filled() -> None:
    made = _made("York", 2023)
    tables = {each.table for each in made.bridges.filled}
    assert tables == {"annual_reviews"}
    assert {each.sign for each in made.bridges.filled} == {""}


def test_nothing_happens_after_the_census_or_on_a_day_off() -> None:
    made = _made("Hartlepool", 2024)
    days = [day for row in (*made.assessments, *made.plans) for day in _days(row)]
    assert max(days) <= made.as_of == census_day(2024) == date(2025, 1, 16)
    assert all(ENGLAND.is_working_day(day) for day in days)


def _days(row: object) -> list[date]:
    names = [
        name
        for name in dir(row)
        if name.endswith(("_received", "_sent", "_notified", "_meeting", "_decision", "_made"))
    ]
    found = [getattr(row, name) for name in [*names, *(["received"] if hasattr(row, "received") else [])]]
    return [day for day in found if day is not None]


def test_the_published_rows_are_what_they_are() -> None:
    row: Row = SOURCE.row("requests", 2024, "kingston upon hull, city of")
    assert (row.area, row.figures["requests_received_in_year"]) == ("E06000010", 811)
