"""The backlog as it was known on a day: worked out afresh from what the ledger held at the end of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.backlog_queries import Whose
from casework.calendars import calendar_known_at
from casework.known import cases_as_known, end_of, row_of
from casework.list_queries import Filter
from records.tables import Person, Plan, Process, Review
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.processes import timeline_of
from statute.review_situation import TRANSFER
from statute.standing import standing
from statute.timeline import OPEN, Deadline, Timeline

Found = tuple[list[Mapping[str, Any]], dict[UUID, tuple[Fact, ...]]]


def outstanding_as_known(session: Session, limit: str, day: date, known_on: date, actor: Actor, whose: Whose) -> Found:
    """Rows like those of `backlog_queries.outstanding` for `day`, by what was recorded until `known_on`.

    Beside them the facts of each review that stood on `day`. The setting is the child's present one.
    """
    calendar = calendar_known_at(session, end_of(known_on))
    rows: list[Mapping[str, Any]] = []
    stood: dict[UUID, tuple[Fact, ...]] = {}
    by = Filter(officer=whose.officer, team=whose.team)
    for process, facts in cases_as_known(session, known_on, by, actor, ANNUAL_REVIEW):
        if not (stands := standing(facts, day)):
            continue
        timeline = timeline_of(ANNUAL_REVIEW, facts, day, calendar=calendar)
        owed = timeline.get(limit)
        if owed is not None and owed.state in OPEN and owed.start and owed.legal_due:
            stood[process.id] = stands
            rows.append(_row(process, owed, timeline))
    return _placed(session, rows, whose), stood


def _row(process: Process, owed: Deadline, timeline: Timeline) -> dict[str, Any]:
    transfers = [d.legal_due for d in timeline.deadlines if d.limit == TRANSFER and d.state in OPEN and d.legal_due]
    return {
        **row_of(process, owed),
        "process_id": process.id,
        "transfer_due": min(transfers, default=None),
    }


def _placed(session: Session, rows: Sequence[Mapping[str, Any]], whose: Whose) -> list[Mapping[str, Any]]:
    """The rows with their plan and the child's setting, narrowed to the setting that was asked for."""
    query = (
        select(Review.process_id, Plan.plan_ref, Person.setting_urn)
        .join(Plan, col(Plan.id) == col(Review.plan_id))
        .join(Person, col(Person.id) == col(Plan.person_id))
        .where(col(Review.process_id).in_([row["process_id"] for row in rows]))
    )
    where = {process: (plan_ref, urn) for process, plan_ref, urn in session.exec(query)}
    found: list[Mapping[str, Any]] = []
    for row in rows:
        plan_ref, urn = where[row["process_id"]]
        if whose.setting in (None, urn):
            found.append({**row, "plan_ref": plan_ref, "setting_urn": urn})
    return found
