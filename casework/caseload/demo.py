"""The demonstration: a council's trackers, of assessments and of plans, moved to today, loaded once and armed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.actor import Actor
from casework.arming import All, arm
from casework.calendar_changes import apply, work_out
from casework.calendar_edits import TakeTerms
from casework.caseload.books import Run
from casework.caseload.columns import EVENT_COLUMNS
from casework.caseload.demo_families import add_families
from casework.caseload.demo_terms import demo_terms
from casework.caseload.importing import Progress, import_rows
from casework.caseload.plan_columns import DAY_COLUMNS as DAYS_OF_PLANS
from casework.caseload.reading import CaseFile, RawRow, read_case_file, tidied
from casework.caseload.report import ImportReport
from casework.cases import authority
from casework.days import read_day
from casework.directories import import_officers, import_services, import_settings
from casework.errors import Refused
from casework.sweep import open_due
from config.clock import london_day, utc_of_london
from demo import AS_OF, FOLDER
from records.tables import ImportFile, Process
from statute.calendar import operational_due

DAY_COLUMNS = DAYS_OF_PLANS | {"received", "relief_from", "relief_to", *EVENT_COLUMNS}
"""Every column that holds a day."""

TRACKERS = ("assessments", "plans")
"""The files that are loaded, in this order: many plans are those that an assessment made."""

CHANGE_OVER = (9, 1)
"""Month and day on which most phase transfers take place."""

MARK = "demo"
"""Kind and hash of the row in `import_file` that says on which day the demonstration began, and that it is loaded."""


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration as it stands: the day that it takes for 20 November 2026, and what was done this time.

    `reports` (one for each file) and `armed` are of this time: none and 0 when it was loaded already.
    """

    day: date
    reports: tuple[ImportReport, ...] = ()
    armed: int = 0


def load_demo(db: Engine, actor: Actor, now: datetime, *, on_progress: Progress | None = None) -> Demo:
    """Load directories, terms, assessments and plans with every day moved, then open the reviews that are due and arm
    all from the beginning of that day in London.

    Once only; killed in the middle, the next time goes on where it stopped, on the same day. Raises Refused for a
    database with cases that are not the demonstration's: nobody's real children are mixed with it, or sent its mail.
    """
    day, loaded = _begin(db, actor, now)
    if loaded:
        return Demo(day)
    for name, take in (("services", import_services), ("settings", import_settings), ("officers", import_officers)):
        take(db, FOLDER / f"{name}.csv", actor, now)
    apply(db, work_out(db, TakeTerms(demo_terms(day)), actor, now), actor, now, "the demonstration's terms")
    runs = [Run(demo_rows(day, name), actor, now, day, name=MARK) for name in TRACKERS]
    reports = [import_rows(db, run, on_progress=on_progress)[0] for run in runs]
    open_due(db, now, until=max(day, london_day(now)))
    add_families(db, day)
    # No letter is due on a weekend or bank holiday: then the last working day's are treated as the day's.
    armed = arm(db, All(), actor, now, utc_of_london(operational_due(day), time()))
    add_part(db, "loaded")
    return Demo(day, tuple(reports), armed)


def day_without(db: Engine, part: str) -> date | None:
    """The day of a loaded demonstration to which `part` was not yet added; None where there is nothing to add it to."""
    with Session(db) as session, session.begin():
        mark = _mark(session)
        if mark is None or not mark.note["loaded"] or mark.note.get(part):
            return None
        return date.fromisoformat(mark.note["day"])


def demo_rows(today: date, name: str = "assessments") -> CaseFile:
    """One of the demonstration's trackers with every day moved so that the day on which it is true becomes `today`."""
    file = read_case_file(FOLDER / f"{name}.csv")
    moved = tuple(_moved(row, file.columns, today) for row in file.rows)
    file_hash = hashlib.sha256(f"{file.file_hash} {today}".encode()).hexdigest()
    return replace(file, rows=moved, file_hash=file_hash)


def _moved(row: RawRow, columns: tuple[str, ...], today: date) -> RawRow:
    raw = [_cell_moved(name, cell, today) for name, cell in zip(columns, row.raw, strict=False)]
    cells = {name: tidied(cell) for name, cell in zip(columns, raw, strict=True)}
    return replace(row, raw=tuple(raw), cells=cells)


def _cell_moved(name: str, text: str, today: date) -> str:
    """A day in the style in which it was written; what is no day stays as it is."""
    try:
        day = read_day(text) if name in DAY_COLUMNS else None
    except ValueError:
        return text
    if day is None:
        return text
    moved = _transfer_moved(day, today) if name == "transfer_date" else day + (today - AS_OF)
    return f"{moved:%d/%m/%Y}" if "/" in text else moved.isoformat()


def _transfer_moved(day: date, today: date) -> date:
    """The day on which schools change over stays that day, of the year that is as far ahead: phase transfers are
    counted in calendar years (reg 18)."""
    if (day.month, day.day) != CHANGE_OVER:
        return day + (today - AS_OF)
    return day.replace(year=day.year + _year_of_transfers(today) - _year_of_transfers(AS_OF))


def _year_of_transfers(today: date) -> int:
    """The year of the next transfers that can still be prepared in time: before 15 February."""
    return today.year if (today.month, today.day) < (2, 15) else today.year + 1


def _begin(db: Engine, actor: Actor, now: datetime) -> tuple[date, bool]:
    """The day of the demonstration, set the first time, and whether it is loaded."""
    with Session(db) as session, session.begin():
        mark = _mark(session)
        if mark is not None:
            return date.fromisoformat(mark.note["day"]), bool(mark.note["loaded"])
        if session.exec(select(Process.id).limit(1)).first() is not None:
            raise Refused(
                "This database holds cases that are not the demonstration's. Give --demo a data directory of its own "
                "with EHCP_DATA_DIR."
            )
        day = london_day(now)
        session.add(_new_mark(actor, now, {"day": day.isoformat(), "loaded": False}))
        return day, False


def add_part(db: Engine, part: str) -> None:
    """Remember that `part` was added to the demonstration."""
    with Session(db) as session, session.begin():
        mark = _mark(session)
        if mark is not None:
            mark.note = {**mark.note, part: True}
            session.add(mark)


def _mark(session: Session) -> ImportFile | None:
    query = select(ImportFile).where(ImportFile.authority == authority(), ImportFile.kind == MARK)
    return session.exec(query.with_for_update()).first()


def _new_mark(actor: Actor, now: datetime, note: dict[str, Any]) -> ImportFile:
    return ImportFile(
        authority=authority(),
        kind=MARK,
        file_hash=MARK,
        name=MARK,
        imported_at=now,
        imported_by=actor.name,
        note=note,
    )
