"""The nightly check: what should be running runs, what should be delivered is, everybody can be written to.

What can be repaired is repaired (by waking the clock again, which does no harm); the rest is said to people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.calendar_report import REMEDY, ending
from casework.rebuild import recompute
from casework.recipients import NO_STAFF, NOBODY, UNNAMED
from casework.refresh import write_wakes
from casework.statuses import FAILED, HELD
from config.clock import london_day
from config.settings import get_settings
from engine.messages import ProcessRef
from engine.waking import workflow_id
from records.digests import sign_heads
from records.errors import LedgerError
from records.tables import Message, Process, RoundLog, Wake

NIGHTLY = "nightly"
# A wake is minutes late at most, and a round takes minutes; what is later than this has been lost.
LATE_WAKE = timedelta(hours=1)
LONGEST_ROUND = timedelta(hours=3)
_NO_ADDRESS = (NOBODY, NO_STAFF, UNNAMED)


@dataclass(frozen=True, slots=True)
class Findings:
    """`to_wake`: clocks to start or tell again; `problems`: sentences for a person, without a child's name."""

    to_wake: tuple[ProcessRef, ...]
    problems: tuple[str, ...]


def check(db: Engine, running: set[str], now: datetime) -> Findings:
    """Compare the records with the workflow ids that run, write wake rows for what is amiss, sign the ledger.

    Deadlines are computed anew first: an absence without an end begins to lift a limit on its 28th day, and a newly
    proclaimed bank holiday or release moves days, with no fact to say so.

    `now` is aware. The night is kept in `round_log` with counts of what was found.
    """
    with Session(db) as session, session.begin():
        log = RoundLog(kind=NIGHTLY, started_at=now)
        session.add(log)
        log_id = log.id
    recomputed = recompute(db, now)
    with Session(db) as session, session.begin():
        to_wake = tuple(_woken(session, running, now))
        problems = (*_problems(session, now, len(to_wake)), *_signed(session, now))
        log = session.get_one(RoundLog, log_id)
        log.finished_at, log.failed = now, len(problems)
        log.note = {
            "woken": len(to_wake),
            "running": len(running),
            "problems": list(problems),
            "recomputed": recomputed,
        }
        session.add(log)
        return Findings(to_wake, problems)


def _woken(session: Session, running: set[str], now: datetime) -> Iterator[ProcessRef]:
    """Open processes whose clock is missing, slept through its wake, or was never told of the newest fact."""
    told = set(session.exec(_forgotten(now)).all())
    query = select(Process).where(or_(col(Process.ended_on).is_(None), col(Process.id).in_(told)))
    for process in session.exec(query.order_by(col(Process.id))).all():
        missing = process.ended_on is None and workflow_id(process.id, process.kind) not in running
        asleep = process.next_wake is not None and process.next_wake < now - LATE_WAKE
        if missing or asleep or process.id in told:
            yield from write_wakes(session, [process], now)


def _forgotten(now: datetime) -> SelectOfScalar[UUID]:
    return (
        select(Wake.process_id)
        .where(col(Wake.delivered_at).is_(None), col(Wake.created_at) < now - LATE_WAKE)
        .distinct()
    )


def _problems(session: Session, now: datetime, woken: int) -> Iterator[str]:
    if woken:
        yield f"{woken} clocks were not running, late or not told of the newest fact; they were woken again"
    if waiting := _count(session, Message.status == HELD, col(Message.reason).in_(_NO_ADDRESS)):
        yield f"{waiting} messages have no address to go to; add it with 'ehcp services|settings|officers import'"
    if failed := _count(session, Message.status == FAILED):
        yield f"{failed} messages could not be delivered to anybody; 'ehcp messages --status failed' lists them"
    died = select(func.count(col(RoundLog.id))).where(
        col(RoundLog.finished_at).is_(None), col(RoundLog.started_at) < now - LONGEST_ROUND
    )
    if rounds := session.exec(died).one():
        yield f"{rounds} rounds never came to their end; the next round took over what they had begun"
    for said in ending(session, london_day(now)).said:
        yield f"{said}; {REMEDY}"


def _signed(session: Session, now: datetime) -> Iterator[str]:
    """Sign the heads of the ledger, so that a deleted tail or a truncated table shows."""
    key = get_settings().signing_key.get_secret_value()
    if not key:
        yield "the ledger was not signed: EHCP_SIGNING_KEY is empty; set it to the output of: openssl rand -hex 32"
        return
    try:
        sign_heads(session, london_day(now), key.encode())
    except LedgerError as error:
        yield f"the ledger was not signed: {error}"


def _count(session: Session, *which: ColumnElement[bool] | bool) -> int:
    return session.exec(select(func.count(col(Message.id))).where(*which)).one()
