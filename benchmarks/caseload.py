"""A large council: the demonstration's cases many times over, taken in by the importer, with sixty officers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import text

from benchmarks.place import Town
from casework.actor import Actor
from casework.calendar_changes import apply, work_out
from casework.calendar_edits import TakeTerms
from casework.caseload.books import Run
from casework.caseload.demo import demo_rows
from casework.caseload.demo_terms import demo_terms
from casework.caseload.importing import import_rows
from casework.caseload.reading import CaseFile, RawRow
from casework.directories import import_officers, import_services, import_settings
from casework.sweep import open_due
from config.clock import london_day
from demo import FOLDER

OFFICERS = 60
STAFF = """
INSERT INTO officer (authority, username, name, email, team, role, active)
SELECT '000', 'officer' || n, 'Officer ' || n, 'officer' || n || '@example.invalid', 'Team ' || (n % 8), 'caseworker',
       true
FROM generate_series(0, 59) n
"""
OPEN = text("SELECT count(*) FROM process WHERE kind = 'assessment' AND ended_on IS NULL")
PLANS = text("SELECT count(*) FROM plan")


def council(place: Town, plans: int, assessments: int, actor: Actor, now: datetime) -> None:
    """At least so many plans and open assessments."""
    today = london_day(now)
    for name, take in (("services", import_services), ("settings", import_settings), ("officers", import_officers)):
        take(place.db, FOLDER / f"{name}.csv", actor, now)
    place.fill(STAFF)
    apply(place.db, work_out(place.db, TakeTerms(demo_terms(today)), actor, now), actor, now, "terms")
    for name, count, enough in (("assessments", OPEN, assessments), ("plans", PLANS, plans)):
        for number, file in enumerate(_copies(demo_rows(today, name))):
            import_rows(place.db, Run(file, actor, now, today, name=f"{name} {number}"))
            with place.db.connect() as connection:
                if connection.execute(count).scalar_one() >= enough:
                    break
    open_due(place.db, now, until=today)
    with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _copies(file: CaseFile) -> Iterator[CaseFile]:
    """The same rows, each time of other children."""
    number = 0
    while True:
        rows = tuple(_copied(row, file.columns, number, place) for place, row in enumerate(file.rows))
        yield replace(file, rows=rows, file_hash=f"{file.file_hash} {number}")
        number += 1


def _copied(row: RawRow, columns: tuple[str, ...], number: int, place: int) -> RawRow:
    key = columns[0]
    changed = {
        key: f"{row.cells[key]}-{number}",
        "upn": "",
        "forename": f"{row.cells['forename']} {number}",
        "caseworker": f"officer{(place + number) % OFFICERS}",
        "team": "",
    }
    cells = {**row.cells, **{name: value for name, value in changed.items() if row.cells.get(name)}}
    return replace(row, raw=tuple(cells.get(name, "") for name in columns), cells=cells, ref=cells[key])
