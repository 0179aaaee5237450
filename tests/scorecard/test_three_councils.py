"""Three councils of 2024 through the ordinary import: the scorecard counts their published rows to the digit.

Files, directories and import are those of `ehcp synth` and `ehcp import`; all other authorities are for
`make verify-dfe`, which puts the same rows straight into the tables.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text

from benchmarks.dfe.bulk import tables_of
from benchmarks.dfe.comparing import compared, differences
from casework.actor import ENGINE
from casework.caseload.importing import import_caseload
from casework.caseload.report import ImportReport
from casework.directories import import_officers, import_services, import_settings
from demo import FOLDER
from scorecard.as_published import as_published
from scorecard.counted.keeping import bring_up_to_date
from scorecard.published.tables import from_files
from scorecard.synthetic.council import Council, council
from scorecard.synthetic.writing import write
from tests.support.database import Cluster, Database

SOURCE = from_files()
YEAR = 2024
DECISIONS = ("review_decision25", "review_decision24", "review_decision_prior24")
SMALLEST = "Hartlepool"
NAMES = ("Kingston upon Hull, City of", "York", SMALLEST)


@dataclass(frozen=True)
class Loaded:
    """A council in a database of its own, what its import said, and what was counted."""

    made: Council
    database: Database
    assessments: ImportReport
    plans: ImportReport
    counted: Mapping[str, Mapping[str, int | float | None]]
    told: Mapping[str, Any]

    def cases(self, words: str) -> int:
        """How many cases are on the bridge that says this; none where it was not needed."""
        return sum(bridge["cases"] for bridge in self.told["bridges"] if words in bridge["how"])

    def all_of(self, table: str, *columns: str) -> int:
        """The sum of counted columns."""
        return sum(int(self.counted[table][column] or 0) for column in columns)


def load(database: Database, folder: Path, name: str) -> Loaded:
    """As `ehcp synth` and three commands of `ehcp import` do."""
    made = council(SOURCE, name, YEAR)
    files = write(made, folder)
    now = datetime.combine(made.as_of, time(12), UTC)
    for directory, take in (
        ("services", import_services),
        ("settings", import_settings),
        ("officers", import_officers),
    ):
        take(database.engine, FOLDER / f"{directory}.csv", ENGINE, now)
    first, second = (import_caseload(database.engine, file, ENGINE, now, as_of=made.as_of) for file in files[:2])
    found = as_published(database.engine, YEAR).tables
    counted = {table: dict(row) for table, row in found.items() if row}
    return Loaded(made, database, first, second, counted, json.loads(files[3].read_text()))


@pytest.fixture(scope="module")
def loaded(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Loaded]]:
    """Each council is loaded once for all tests here, when the first of them asks for it."""
    found: dict[str, Loaded] = {}

    def of(name: str) -> Loaded:
        if name not in found:
            found[name] = load(cluster.create(), tmp_path_factory.mktemp("council"), name)
        return found[name]

    yield of
    for each in found.values():
        each.database.engine.dispose()
        cluster.drop(each.database.name)


@pytest.mark.parametrize("name", NAMES)
def test_the_import_takes_every_row_and_leaves_nothing_of_it_out(loaded: Callable[[str], Loaded], name: str) -> None:
    here = loaded(name)
    assert (here.assessments.refused, here.plans.refused) == ([], [])
    assert (here.assessments.warnings, here.plans.warnings) == ([], [])
    assert here.assessments.added == len(here.made.assessments) == here.told["rows"]["assessments"]
    # A plan that an assessment made was there already when its own row came.
    came = here.plans.added + here.plans.changed + here.plans.unchanged
    assert came == len(here.made.plans) == here.told["rows"]["plans"]


@pytest.mark.parametrize("name", NAMES)
def test_the_published_row_comes_out_to_the_digit(loaded: Callable[[str], Loaded], name: str) -> None:
    here = loaded(name)
    unmet = {(each.table, each.column): each.value for each in here.made.bridges.unmet}
    found: dict[tuple[str, str], object] = {}
    for table, row in SOURCE.of(YEAR, here.made.area).items():
        published, counted = row.as_published(), here.counted[table]
        given = {column for column, said in published.items() if isinstance(said, int | float)}
        not_kept = {column for column in given if f"{table}: {column}" in here.told["not_kept"]}
        assert set(compared(published, counted)) == given - not_kept  # nothing is passed over
        for each in differences(YEAR, name, table, published, counted, {}):
            found[each.table, each.column] = each.counted
    assert found == unmet


@pytest.mark.parametrize("name", NAMES)
def test_the_counts_and_bridges_that_the_files_tell_of_are_those_of_the_cases(
    loaded: Callable[[str], Loaded], name: str
) -> None:
    here = loaded(name)
    assert here.told["bridges"]
    for table, figures in here.told["figures"].items():
        assert {column: here.counted[table][column] for column in figures} == figures
    decided = here.all_of("requests", "requests_decided_to_assess", "requests_decided_not_to_assess")
    in_january, before = here.cases("first decided on in January"), here.cases("first decided on in it")
    in_weeks = here.all_of("requests", "request_outcome_six_weeks", "request_outcome_over_6_weeks")
    assert decided - in_january + before == in_weeks
    issued, sent = here.all_of("assessments", "assess_issued"), here.all_of("timeliness_20_week", "plans_issued_den")
    assert issued - here.cases("not among the plans sent in the year") == sent
    agreed = here.all_of("requests", "requests_decided_to_assess")
    came, open_still = here.cases("came to their outcome in it"), here.cases("still being assessed when it ended")
    assert agreed + came - open_still == here.all_of("assessments", "assess_in_year")
    moved_in, ended = here.cases("child who moved in"), here.cases("ended again before the census")
    assert made_here(here) + moved_in - ended == here.all_of("annual_reviews", "review_not_expected")


@pytest.mark.parametrize("name", NAMES)
def test_the_bridges_of_reviews_hold(loaded: Callable[[str], Loaded], name: str) -> None:
    here = loaded(name)
    decisions = here.all_of("annual_reviews", *DECISIONS)
    owed = here.all_of("annual_reviews", "review_decision_not_due", "review_decision_outstanding")
    met = here.all_of("annual_reviews", "total_review_meeting")
    assert decisions + owed - here.cases("counted in both") == met
    outcomes = here.all_of("annual_reviews", "outcome_amend", "outcome_cease", "outcome_maintan")
    no_meeting, no_outcome = here.cases("no meeting is on record"), here.cases("without its outcome")
    assert decisions + no_meeting - no_outcome == outcomes


def made_here(here: Loaded) -> int:
    """Plans that the council's own assessments made from New Year to the day of the census."""
    statement = "SELECT count(*) FROM plan WHERE process_id IS NOT NULL AND made_on BETWEEN :first AND :last"
    with here.database.engine.connect() as connection:
        bounds = {"first": f"{YEAR}-01-01", "last": here.made.as_of}
        return connection.execute(text(statement), bounds).scalar_one()


def test_rows_put_straight_into_the_tables_are_counted_as_those_of_the_import(
    loaded: Callable[[str], Loaded], cluster: Cluster
) -> None:
    here, there = loaded(SMALLEST), cluster.create()
    try:
        tables = tables_of(here.made.assessment_rows(), here.made.plan_rows(), here.made.as_of)
        with psycopg.connect(there.owner_url.replace("+psycopg", "")) as connection:
            tables.copy(connection)
        bring_up_to_date(there.engine)
        for table in ("counted_assessment", "counted_review", "counted_relief"):
            expected = counted_rows(here.database.engine, table)
            assert counted_rows(there.engine, table) == expected
        assert len(counted_rows(there.engine, "counted_review")) > len(here.made.plans)
    finally:
        there.engine.dispose()
        cluster.drop(there.name)


def counted_rows(db: Engine, table: str) -> list[str]:
    """The rows by which measures count, in one order: with the child for ids, which each database makes anew."""
    statement = f"""
        SELECT (
            to_jsonb(c) - '{{process_id,plan_id,version}}'::text[]
            || jsonb_build_object('child', concat_ws(' ', e.forename, e.surname, e.date_of_birth))
        )::text
        FROM {table} c JOIN process p ON p.id = c.process_id JOIN person e ON e.id = p.person_id ORDER BY 1
    """
    with db.connect() as connection:
        return list(connection.execute(text(statement)).scalars())
