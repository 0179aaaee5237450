"""The council beside the demonstration: loaded once as any council is, quiet, and with months that were frozen."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.caseload.demo import MARK
from casework.caseload.importing import import_caseload
from casework.cases import authority
from casework.directories import import_officers, import_services, import_settings
from demo import FOLDER
from local.house import DEMO_SENDER
from records.tables import ImportFile
from scorecard.demonstration import LIKE, PREFIX, add_council, council_on, months_before
from scorecard.published.tables import from_files
from scorecard.snapshots.reading import frozen_months
from scorecard.synthetic.writing import write
from tests.casework.support import Council
from tests.support.database import Database

DAY = date(2027, 3, 2)
NOW = datetime(2027, 3, 2, 6, tzinfo=UTC)
DEMO = Actor("demo", "cli")
MONTHS = 2
"""A month takes as long to freeze as a hundred cases to import."""


def begun(database: Database, *, loaded: bool) -> Council:
    """A demonstration with its directories, and as a mark of its own caseload no more than the mark."""
    for name, take in (("services", import_services), ("settings", import_settings), ("officers", import_officers)):
        take(database.engine, FOLDER / f"{name}.csv", DEMO, NOW)
    note = {"day": DAY.isoformat(), "loaded": loaded}
    mark = ImportFile(
        authority=authority(), kind=MARK, file_hash=MARK, name=MARK, imported_at=NOW, imported_by=DEMO.name, note=note
    )
    with Session(database.engine) as session, session.begin():
        session.add(mark)
    return Council(database.engine)


def references_of_the_demonstration() -> Iterator[str]:
    for name, column in (("assessments", "case_ref"), ("plans", "plan_ref")):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from (row[column], row["upn"])


def test_it_is_loaded_once_goes_on_where_it_was_stopped_stays_quiet_and_has_frozen_months(
    database: Database, tmp_path: Path
) -> None:
    here = begun(database, loaded=True)
    made = council_on(DAY)
    # It was stopped between the two files.
    import_caseload(here.db, write(made, tmp_path)[0], DEMO, NOW, as_of=DAY)

    added = add_council(here.db, tmp_path, DEMO, NOW, MONTHS)
    assert added
    assessments, plans = added.reports
    assert (assessments.added, assessments.unchanged) == (0, len(made.assessments))
    assert plans.added + plans.changed + plans.unchanged == len(made.plans)
    assert [each for report in added.reports for each in (*report.refused, *report.warnings)] == []
    assert here.count("process WHERE kind = 'assessment'") == len(made.assessments) > 250

    assert here.count("process WHERE armed_from IS NOT NULL") == 0
    assert here.count("message") == 0
    assert here.count(f"review WHERE opens_on <= '{DAY}'") == 0  # whatever is due has its clock
    assert added.frozen == tuple(months_before(DAY, MONTHS))
    assert sorted(frozen_months(here.db)) == sorted(added.frozen)
    assert here.rows("SELECT DISTINCT taken_by FROM snapshot") == [{"taken_by": "demo"}]
    assert here.count("snapshot_figure WHERE measure_id = 'requests_received' AND numerator > 0") == MONTHS

    before = {table: here.count(table) for table in ("fact", "process", "wake", "snapshot", "import_file")}
    assert add_council(here.db, tmp_path, DEMO, NOW) is None
    assert {table: here.count(table) for table in before} == before


@pytest.mark.parametrize("there", ["nothing", "a demonstration that is still loading"])
def test_it_is_added_to_nothing_but_a_demonstration_that_is_loaded(
    database: Database, tmp_path: Path, there: str
) -> None:
    here = Council(database.engine) if there == "nothing" else begun(database, loaded=False)
    assert add_council(here.db, tmp_path, DEMO, NOW) is None
    assert here.count("process") == 0
    assert list(tmp_path.iterdir()) == []


def test_its_references_and_pupil_numbers_are_none_of_the_demonstrations() -> None:
    made = council_on(DAY)
    rows = [*made.assessment_rows(), *made.plan_rows()]
    refs = [row.get("case_ref") or row["plan_ref"] for row in rows]
    assert len(set(refs)) == len(refs)
    assert all(ref.startswith(f"{PREFIX}-") for ref in refs)
    assert not {*refs, *(row["upn"] for row in rows)} & set(references_of_the_demonstration())


def test_it_ends_on_the_day_and_says_that_its_years_are_not_the_published_ones(tmp_path: Path) -> None:
    made = council_on(DAY)
    assert 0 <= (DAY - max(row.received for row in made.assessments)).days < 14
    assert "no longer have the published counts" in write(made, tmp_path)[2].read_text()


def test_the_demonstration_is_laid_beside_the_authority_that_the_council_is_like() -> None:
    assert DEMO_SENDER["council"] == LIKE == from_files().named(from_files().code(LIKE))


def test_the_months_before_are_those_that_were_over() -> None:
    ends = months_before(DAY, 12)
    assert (len(ends), ends[0], ends[-1]) == (12, date(2026, 3, 31), date(2027, 2, 28))
