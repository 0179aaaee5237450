"""The demonstration is true on whatever day it is shown, is loaded once, and survives being killed while it loads."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.actor import Actor
from casework.caseload.demo import demo_rows, load_demo
from casework.errors import Refused
from casework.lists import overdue
from demo import AS_OF, FOLDER
from tests.casework.caseload.files import caseload
from tests.casework.support import OFFICER, Council
from tests.support.database import Database

NOW = datetime(2027, 3, 2, 6, tzinfo=UTC)
TODAY = date(2027, 3, 2)
DEMO = Actor("demo", "cli")
TRUTH = json.loads((Path(__file__).parents[2] / "data/caseload/overdue_2026-11-20.json").read_text())


class Killed(Exception):
    """Stands for kill -9."""


def test_every_day_is_moved_by_the_same_number_of_days_in_its_own_style() -> None:
    moved = {row.line: row.cells for row in demo_rows(AS_OF + timedelta(days=10)).rows}
    came = dict(enumerate(caseload(), start=2))
    assert moved[2]["received"] == "2026-09-11"
    assert came[2]["received"] == "2026-09-01"
    english = next(line for line, row in came.items() if row["case_ref"] == "EHC-2026-0447")
    assert (came[english]["received"], moved[english]["received"]) == ("12/03/2026", "22/03/2026")
    assert {row["received"] for row in moved.values()} >= {"soon", "31/02/2026", ""}


def test_on_its_own_day_nothing_is_moved() -> None:
    came = [{name: " ".join(cell.split()) for name, cell in row.items()} for row in caseload()]
    assert [dict(row.cells) for row in demo_rows(AS_OF).rows] == came


def test_it_is_killed_goes_on_and_is_then_true_armed_and_never_loaded_again(database: Database) -> None:
    def kill(done: int, total: int) -> None:
        if done > total / 3:
            raise Killed

    with pytest.raises(Killed):
        load_demo(database.engine, DEMO, NOW, on_progress=kill)
    council = Council(database.engine)
    assert 0 < council.count("process WHERE kind = 'assessment'") < 607

    # Past midnight it goes on with the day on which it began.
    demo = load_demo(database.engine, DEMO, NOW + timedelta(days=1))
    assert demo.day == TODAY
    listed = overdue(database.engine, OFFICER, TODAY)
    found = {
        (item.case_ref, item.limit, item.subject, item.days_overdue)
        for item in listed.items
        if not item.case_ref.startswith("BAD-")
    }
    assert found == {(ref, limit, subject, days) for ref, limit, subject, _, days in TRUTH["overdue"]}
    assert listed.not_timed == len(TRUTH["refused"])

    quiet = council.count("process WHERE armed_from IS NULL AND ended_on IS NULL")
    moments = council.rows("SELECT DISTINCT armed_from FROM process WHERE armed_from IS NOT NULL")
    assert (quiet, moments) == (0, [{"armed_from": datetime(2027, 3, 2, tzinfo=UTC)}])
    assert demo.armed == council.count("process WHERE ended_on IS NULL")

    before = {table: council.count(table) for table in ("fact", "process", "wake", "officer", "import_file")}
    again = load_demo(database.engine, DEMO, NOW + timedelta(days=30))
    assert (again.day, again.report, again.armed) == (TODAY, None, 0)
    assert {table: council.count(table) for table in before} == before


def test_it_is_never_mixed_with_real_cases(council: Council) -> None:
    council.opens()
    with pytest.raises(Refused, match="not the demonstration's"):
        load_demo(council.db, DEMO, NOW)


def test_its_addresses_can_never_be_delivered_to() -> None:
    for name in ("services", "settings", "officers"):
        cells = (FOLDER / f"{name}.csv").read_text(encoding="utf-8-sig").replace("\n", ",").split(",")
        assert all(cell.endswith(".example") for cell in cells if "@" in cell)
