"""The nightly check: what should be running runs, what should be delivered is, everybody can be written to.

What can be repaired is repaired (by waking the clock again, which does no harm); the rest is said to people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Uuid, any_, bindparam, func
from sqlalchemy import select as pick
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.calendar_report import REMEDY, ending
from casework.clocks import has_clock
from casework.document_upkeep import keep_house
from casework.papers import record_papers
from casework.plan_check import check_plans
from casework.rebuild import recompute
from casework.recipients import NO_STAFF, NOBODY, UNNAMED
from casework.refresh import write_wakes
from casework.return_watch import problems as of_returns
from casework.statuses import FAILED, HELD
from casework.tidying import throw_away
from casework.turning import reading, to_compute
from config.clock import london_day
from config.settings import get_settings
from engine.messages import ProcessRef
from engine.waking import workflow_id
from records.digests import sign_heads
from records.errors import LedgerError
from records.tables import Message, Process, RoundLog, Wake

NIGHTLY = "nightly"
# What the days were worked out with that night: kept with it, so that a new release or policy is noticed.
READ_AS = "read_as"
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

    Deadlines are computed anew first, where they can have moved (`casework.turning`): an absence without an end begins
    to lift a limit on its 28th day, and a newly proclaimed bank holiday or release moves days, with no fact to say so.
    What is kept for a while only is thrown away.

    `now` is aware. The night is kept in `round_log` with counts of what was found.
    """
    with Session(db) as session, session.begin():
        read_as = reading(session)
        moved = _to_compute(session, read_as, now)
        log = RoundLog(kind=NIGHTLY, started_at=now)
        session.add(log)
        log_id = log.id
    throw_away(db, now)
    record_papers(db, now)
    recomputed = recompute(db, now, moved)
    of_plans = tuple(check_plans(db, now))
    of_documents = keep_house(db, get_settings(), now)
    of_mail = tuple(of_returns(db, get_settings(), now))
    with Session(db) as session, session.begin():
        to_wake = _woken(session, running, now)
        problems = (*of_plans, *of_documents, *of_mail, *_problems(session, now, len(to_wake)), *_signed(session, now))
        log = session.get_one(RoundLog, log_id)
        log.finished_at, log.failed = now, len(problems)
        log.note = {
            "woken": len(to_wake),
            "running": len(running),
            "problems": list(problems),
            "recomputed": recomputed,
            READ_AS: read_as,
        }
        session.add(log)
        return Findings(to_wake, problems)


def _to_compute(session: Session, read_as: str, now: datetime) -> Sequence[UUID] | None:
    """What can have moved since the last night that came to its end; None for everything."""
    query = select(RoundLog).where(RoundLog.kind == NIGHTLY, col(RoundLog.finished_at).is_not(None))
    last = session.exec(query.order_by(col(RoundLog.started_at).desc()).limit(1)).first()
    if last is None or last.note.get(READ_AS) != read_as:
        return None
    return to_compute(session, london_day(last.started_at), london_day(now))


def _woken(session: Session, running: set[str], now: datetime) -> tuple[ProcessRef, ...]:
    """Open processes whose clock is missing, slept through its wake, or was never told of the newest fact."""
    told = set(session.exec(_forgotten(now)).all())
    # Columns instead of table models: this looks at every clock there is.
    columns = pick(col(Process.id), col(Process.kind), col(Process.next_wake)).where(has_clock())
    amiss = [
        process
        for process, kind, next_wake in session.connection().execute(columns)
        if workflow_id(process, kind) not in running or (next_wake is not None and next_wake < now - LATE_WAKE)
    ]
    wanted = bindparam("wanted", list(told.union(amiss)), type_=ARRAY(Uuid()))
    found = select(Process).where(col(Process.id) == any_(wanted)).order_by(col(Process.id))
    return write_wakes(session, session.exec(found).all(), now)


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
