"""What was known on a day: every case as the ledger held it at the end of that day, and what was overdue in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendars import calendar_known_at
from casework.cases import authority, may_see
from casework.list_queries import Filter, Key
from casework.listing.ages import band_of
from casework.listing.stages import Stage, stage_of
from casework.spells import service_of, standing_of
from config.clock import utc_of_london
from records.ledger import facts_of_many
from records.tables import AdviceRequest, Body, Person, Process
from statute.advice import requests
from statute.calendar import Calendar
from statute.facts import Fact
from statute.kinds import CATEGORIES, VOIDS
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import Deadline, State

# Facts of so many cases are in memory at once.
BATCH = 500

Asked = frozenset[tuple[UUID, str]]
"""Requests of a body: process and subject."""


def end_of(day: date) -> datetime:
    """The last moment of a day in London, in UTC: what was recorded by then was known on that day."""
    return utc_of_london(day + timedelta(days=1), time()) - timedelta(microseconds=1)


def overdue_as_known(
    session: Session, day: date, known_on: date, by: Filter, actor: Actor, after: Key | None, page: int | None
) -> list[dict[str, Any]]:
    """Rows like those of the read model for what was overdue on `day`, by what was recorded until `known_on`."""
    asked = _asked(session, by)
    calendar = calendar_known_at(session, end_of(known_on))
    rows = [
        row_of(process, deadline)
        for process, facts in cases_as_known(session, known_on, by, actor, day=day)
        for deadline in _overdue(process, facts, day, calendar, by.stage)
        if _wanted(process, facts, deadline, by, asked)
    ]
    rows.sort(key=_key)
    behind = rows if after is None else [row for row in rows if _key(row) > after]
    return behind[:page]


def cases_as_known(
    session: Session, known_on: date, by: Filter, actor: Actor, kind: str | None = None, day: date | None = None
) -> Iterator[tuple[Process, list[Fact]]]:
    """Every process of those officers and teams (of one `kind`) with what was recorded of it until `known_on`.

    Ages are those on `day`. Left out are those of which nothing was known yet, and those opened in error.
    """
    for processes in _batches(session, by, actor, kind, day or known_on):
        known = facts_of_many(session, [process.id for process in processes], end_of(known_on))
        for process in processes:
            facts = known[process.id]
            if facts and not any(fact.kind in VOIDS for fact in standing(facts)):
                yield process, facts


def row_of(process: Process, deadline: Deadline) -> dict[str, Any]:
    """A limit of a process as the read model has it."""
    return {
        "process_id": process.id,
        "case_ref": process.case_ref,
        "limit_id": deadline.limit,
        "subject": deadline.subject,
        "start": deadline.start,
        "legal_due": deadline.legal_due,
        "operational_due": deadline.operational_due,
        "officer": process.officer,
        "team": process.team,
        "citation": deadline.citation,
    }


def _batches(session: Session, by: Filter, actor: Actor, kind: str | None, day: date) -> Iterator[Sequence[Process]]:
    query = select(Process, Person).join(Person, col(Person.id) == col(Process.person_id))
    query = query.where(Process.authority == authority())
    if kind is not None:
        query = query.where(Process.kind == kind)
    if by.officer is not None:
        query = query.where(Process.officer == by.officer)
    if by.team is not None:
        query = query.where(Process.team == by.team)
    people = [(process, person) for process, person in session.exec(query) if may_see(person, actor)]
    seen = [process for process, person in people if by.age in (None, band_of(person.date_of_birth, day))]
    for start in range(0, len(seen), BATCH):
        yield seen[start : start + BATCH]


def _overdue(
    process: Process, facts: Sequence[Fact], day: date, calendar: Calendar, stage: Stage | None
) -> Iterator[Deadline]:
    rows = timeline_of(process.kind, facts, day, calendar=calendar).deadlines
    stands = [(row.limit, standing_of(row.state)) for row in rows if row.start is not None]
    if stage in (None, stage_of(process.kind, stands)):
        yield from (row for row in rows if row.state is State.OVERDUE)


def _wanted(process: Process, facts: Sequence[Fact], deadline: Deadline, by: Filter, asked: Asked) -> bool:
    if by.limit not in (None, deadline.limit):
        return False
    if by.service is None:
        return True
    if by.service in CATEGORIES:
        return service_of(deadline.limit, deadline.subject) == by.service
    known_as = {request.subject: request.key for request in requests(standing(facts))}
    return (process.id, known_as.get(deadline.subject, "")) in asked


def _asked(session: Session, by: Filter) -> Asked:
    if by.service is None or by.service in CATEGORIES:
        return frozenset()
    query = select(AdviceRequest.process_id, AdviceRequest.subject).join(
        Body, col(Body.id) == col(AdviceRequest.body_id)
    )
    return frozenset((process, subject) for process, subject in session.exec(query.where(Body.code == by.service)))


def _key(row: Mapping[str, Any]) -> Key:
    return row["legal_due"], row["case_ref"], row["limit_id"], row["subject"]
