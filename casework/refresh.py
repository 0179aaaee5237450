"""Keeping what is derived from the ledger in step with it: the read model of deadlines, and the wake."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col

from casework.calendars import calendar_in_force
from casework.cases import Case
from casework.piles import lies_on, owed_in_piles
from casework.policies import norms_of, policy_in_force
from casework.relay import ref_of
from casework.spells import Norms, Spell, spells
from config.clock import london_day
from engine.messages import ProcessRef
from records.tables import DeadlineRow, Person, Process, Review, metadata
from records.writing import insert_values, is_unwritten
from statute.calendar import Calendar
from statute.kind import ANNUAL_REVIEW

_TABLE = metadata.tables["deadline"]
# What a row of the read model says, without its own id.
_COLUMNS = [column.name for column in _TABLE.columns if column.name != "id"]
_EVERY_COLUMN = select(*(_TABLE.columns[name] for name in _COLUMNS))


def refresh(session: Session, case: Case, now: datetime, norms: Norms | None = None, *, is_new: bool = False) -> bool:
    """Recompute the spells of one process; returns whether any differed.

    `norms` defaults to those of the policy in force; `is_new` says that the process has no spells yet.
    """
    return refresh_all(session, [case], now, norms, are_new=is_new) == 1


def refresh_all(
    session: Session, cases: Sequence[Case], now: datetime, norms: Norms | None = None, *, are_new: bool = False
) -> int:
    """Recompute the spells of many processes in few journeys to the database; returns in how many any differed."""
    if norms is None:
        norms = norms_of(policy_in_force(session))
    calendar, today = calendar_in_force(session), london_day(now)
    wanted = {case.process.id: rows_of(case, today, norms, calendar) for case in cases}
    if not are_new:
        kept = _kept(session, list(wanted))
        wanted = {process: rows for process, rows in wanted.items() if _in_order(rows) != _in_order(kept[process])}
        remove_rows(session, [process for process in wanted if kept[process]])
    add_rows(session, [row for rows in wanted.values() for row in rows])
    return len(wanted)


def rows_of(case: Case, today: date, norms: Norms, calendar: Calendar) -> list[dict[str, Any]]:
    """The rows of the read model that a case should have."""
    return rows_laid(case, spells(case.process.kind, case.facts, today, norms, calendar), today)


def rows_laid(case: Case, found: Sequence[Spell], today: date) -> list[dict[str, Any]]:
    """The rows of these spells of a case, with the pile of the backlog that a review lies on today."""
    rows = [_row(case.process, case.person, spell) for spell in found]
    owed = [row for row, spell in zip(rows, found, strict=True) if owed_in_piles(spell)]
    if owed:
        pile, elsewhere = lies_on(case.facts, found, today)
        for row in owed:
            row.update(pile=pile.value, elsewhere=elsewhere)
    return rows


def remove_rows(session: Session, processes: Sequence[UUID]) -> None:
    """Take the rows of these processes out of the read model."""
    if processes:
        session.exec(delete(DeadlineRow).where(col(DeadlineRow.process_id).in_(processes)))


def add_rows(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows of `rows_of` to the read model."""
    insert_values(session, "deadline", rows)


def _row(process: Process, person: Person, spell: Spell) -> dict[str, Any]:
    """One row of the read model, with what lists are filtered by beside it."""
    return {
        "authority": process.authority,
        "process_id": process.id,
        "limit_id": spell.limit,
        "subject": spell.subject,
        "citation": spell.citation,
        "from_day": spell.from_day,
        "to_day": spell.to_day,
        "standing": spell.standing,
        "start": spell.start,
        "legal_due": spell.legal_due,
        "operational_due": spell.operational_due,
        "norm_due": spell.norm_due,
        "practice_due": spell.practice_due,
        "met_on": spell.met_on,
        "lifted_until": spell.lifted_until,
        "target": spell.target,
        "case_ref": process.case_ref,
        "officer": process.officer,
        "team": process.team,
        "service": spell.service,
        "restricted": person.sensitivity == "restricted",
        "pile": "",
        "elsewhere": False,
    }


def relabel(session: Session, process: Process, person: Person) -> None:
    """Carry a new officer, team or sensitivity into the rows of a process, whose days stay as they are."""
    session.exec(
        update(DeadlineRow)
        .where(col(DeadlineRow.process_id) == process.id)
        .values(officer=process.officer, team=process.team, restricted=person.sensitivity == "restricted")
    )


def write_wakes(session: Session, processes: Iterable[Process], now: datetime) -> tuple[ProcessRef, ...]:
    """Leave word that the clocks of these must look again; returns what to tell them after the commit.

    A review that is not open has no clock, and must not get one by being told.
    """
    told = _with_clocks(session, list(processes))
    # What is still to be written is only being opened: there is no clock yet that could have looked too early.
    wakes = [
        {"process_id": each.id, "version": each.version, "opens": is_unwritten(each), "created_at": now}
        for each in told
    ]
    insert_values(session, "wake", wakes)
    return tuple(ref_of(each) for each in told)


def _with_clocks(session: Session, processes: list[Process]) -> list[Process]:
    reviews = [each.id for each in processes if each.kind == ANNUAL_REVIEW]
    if not reviews:
        return processes
    session.flush()
    wanted = col(Review.process_id) == any_(bindparam("wanted", reviews, type_=ARRAY(Uuid())))
    query = select(col(Review.process_id)).where(wanted, col(Review.opened_at).is_not(None))
    opened = set(session.connection().scalars(query))
    return [each for each in processes if each.kind != ANNUAL_REVIEW or each.id in opened]


def _kept(session: Session, processes: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    kept: dict[UUID, list[dict[str, Any]]] = {process: [] for process in processes}
    query = _EVERY_COLUMN.where(col(DeadlineRow.process_id).in_(processes))
    for row in session.connection().execute(query).mappings():
        kept[row["process_id"]].append(dict(row))
    return kept


def _in_order(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["limit_id"], row["subject"], row["from_day"]))
