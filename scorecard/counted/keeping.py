"""Bringing the counted rows in step with the ledger: whatever was recorded since is read again, in bounded batches."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.calendars import calendar_in_force
from casework.cases import authority
from casework.uncounted import UNREADABLE
from config.log import get_log
from records.ledger import facts_of_many
from records.writing import insert_values
from scorecard.counted.assessments import counted_assessment
from scorecard.counted.reviews import counted_reviews
from statute.calendar import Calendar
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW

log = get_log(__name__)

BATCH = 2_000
"""Processes that are read again in one transaction."""

_TABLES = ("counted_assessment", "counted_review", "counted_relief")
# Nobody else brings rows up to date meanwhile: two that delete and insert the same would meet.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('counted rows'))")
# Found by joining all: with a limit inside, Postgres looks for each process by itself.
_STALE = text(
    "WITH stale AS MATERIALIZED (SELECT p.id, p.kind, p.version, r.plan_id, r.cycle FROM process p "
    "LEFT JOIN review r ON r.process_id = p.id "
    "LEFT JOIN counted_assessment a ON a.process_id = p.id "
    "LEFT JOIN counted_review c ON c.process_id = p.id AND c.place = 1 "
    "WHERE p.authority = :authority AND p.version > 0 AND coalesce(a.version, c.version, 0) <> p.version "
    "AND (p.kind = 'assessment' OR r.plan_id IS NOT NULL)) SELECT * FROM stale LIMIT :most"
)
_UNREAD = (
    text("UPDATE counted_assessment SET version = 0 WHERE void AND ended_as = :mark"),
    text("UPDATE counted_review SET version = 0 WHERE void AND aligned = :mark"),
)

Rows = Sequence[tuple[str, dict[str, Any]]]
"""Values to be written, each with its table."""


def bring_up_to_date(db: Engine, batch: int = BATCH) -> int:
    """Read again what was recorded since the last time; returns how many processes that were."""
    total = 0
    while True:
        done = bring_one_batch(db, batch)
        total += done
        if done < batch:
            return total


def bring_one_batch(db: Engine, batch: int = BATCH) -> int:
    """Read again at most so many processes, in one transaction; fewer than that are left to nobody."""
    with Session(db) as session, session.begin():
        return _bring(session, batch)


def try_unread_again(db: Engine) -> None:
    """Have what could not be read tried once more: a newer version may read it."""
    with db.begin() as connection:
        connection.execute(_ALONE)
        for statement in _UNREAD:
            connection.execute(statement, {"mark": UNREADABLE})


def _bring(session: Session, most: int) -> int:
    connection = session.connection()
    connection.execute(_ALONE)
    stale = connection.execute(_STALE, {"authority": authority(), "most": most}).all()
    if stale:
        _write_again(session, stale)
    return len(stale)


def _write_again(session: Session, stale: Sequence[Any]) -> None:
    ids = [row.id for row in stale]
    for table in _TABLES:
        statement = text(f"DELETE FROM {table} WHERE process_id = ANY(:ids)")  # noqa: S608 - a name of ours
        session.connection().execute(statement, {"ids": ids})
    facts, calendar = facts_of_many(session, ids), calendar_in_force(session)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    for process in stale:
        for table, values in _rows(process, facts[process.id], calendar):
            rows[table].append(values)
    for table, made in rows.items():
        insert_values(session, table, made)


def _rows(process: Any, facts: Sequence[Fact], calendar: Calendar) -> Rows:
    try:
        return list(_read(process, facts, calendar))
    except Exception as error:
        # One case that nobody can read must not cost the authority all its figures. Its words may be about a child.
        log.error("process_not_counted", error, process=process.id)  # noqa: PLE1205 - our own Log, not logging
        return [_unread(process, calendar)]


def _unread(process: Any, calendar: Calendar) -> tuple[str, dict[str, Any]]:
    """A void row, as of a case without facts."""
    if process.kind == ANNUAL_REVIEW:
        (of_review,) = counted_reviews(())
        return "counted_review", _of_plan(process) | of_review | {"void": True, "aligned": UNREADABLE}
    of_assessment, _ = counted_assessment((), calendar)
    own = {**_own(process), "version": process.version}
    return "counted_assessment", own | of_assessment | {"void": True, "ended_as": UNREADABLE}


def _own(process: Any) -> dict[str, Any]:
    return {"authority": authority(), "process_id": process.id}


def _of_plan(process: Any) -> dict[str, Any]:
    return {**_own(process), "version": process.version, "plan_id": process.plan_id, "cycle": process.cycle}


def _read(process: Any, facts: Sequence[Fact], calendar: Calendar) -> Iterator[tuple[str, dict[str, Any]]]:
    if process.kind == ANNUAL_REVIEW:
        for values in counted_reviews(facts):
            yield "counted_review", _of_plan(process) | values
        return
    values, reliefs = counted_assessment(facts, calendar)
    yield "counted_assessment", {**_own(process), "version": process.version} | values
    for relief in reliefs:
        yield "counted_relief", _own(process) | relief
