"""What a process's clock does when it wakes: read the ledger, put down what is due, say when to wake next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.claims import settle
from casework.families.settling import settle as settle_letters
from casework.situations import policy_to_follow, read_situation
from casework.statuses import QUEUED
from records.tables import Message, Process
from statute.situation import Situation
from statute.timeline import OPEN


@dataclass(frozen=True, slots=True)
class NextWake:
    """What came of one waking.

    `version` is the ledger version that was read, `next_wake` the next instant (aware) at which something falls
    due (None: only a fact or arming can change that), `closed` whether the process has ended and `outcome` by
    which kind of fact; `urgent` whether something was put down that must not wait for the post round.
    `summary` is one line of codes and days for those who run the engine.
    """

    version: int
    next_wake: datetime | None
    closed: bool
    outcome: str
    summary: str
    urgent: bool = False


def carry_out(db: Engine, process_id: UUID, now: datetime, run: int = 1) -> NextWake:
    """Put down every message that is due in a process at `now` (aware), each once, in one transaction.

    Facts count up to the day it is in London at `now`. A process that is not armed is only read. `run` is the
    opening of the process that the caller's clock belongs to: the clock of an earlier one carries on with the
    present, because there is only one clock under a process's id. Raises LookupError for an unknown process.
    """
    with Session(db) as session, session.begin():
        process = session.get(Process, process_id, with_for_update=True)
        if process is None:
            raise LookupError(f"there is no process {process_id}; was this database restored from a backup?")
        policy = policy_to_follow(session)
        situation, next_wake = read_situation(session, process, policy, now).situation, None
        if process.armed_from is not None:
            claimed = settle(session, process, policy, now)
            situation, wakes = claimed.situation, [claimed.notices.next_wake]
            wakes.append(settle_letters(session, process, situation))
            next_wake = min((wake for wake in wakes if wake), default=None)
        process.next_wake, process.seen_version = next_wake, process.version
        return _answer(session, process, situation, run)


def _answer(session: Session, process: Process, situation: Situation, run: int) -> NextWake:
    session.flush()
    closed = situation.timeline.ended_on is not None
    return NextWake(
        version=process.version,
        next_wake=process.next_wake,
        closed=closed,
        outcome=situation.timeline.ended_by if closed else "",
        summary=_summary(situation, process, max(run, process.run)),
        urgent=_has_urgent(session, process),
    )


def _has_urgent(session: Session, process: Process) -> bool:
    query = select(Message.id).where(Message.process_id == process.id, col(Message.urgent), Message.status == QUEUED)
    return session.exec(query.limit(1)).first() is not None


def _summary(situation: Situation, process: Process, run: int) -> str:
    """Limits and days only: whoever runs Temporal can read it."""
    timeline = situation.timeline
    said = [f"run {run}, ledger version {process.version}, {'armed' if process.armed_from else 'not armed'}"]
    if timeline.ended_on:
        said.append(f"ended {timeline.ended_on} by {timeline.ended_by}")
    for deadline in timeline.deadlines:
        if deadline.state in OPEN and deadline.legal_due:
            subject = f" {deadline.subject}" if deadline.subject else ""
            said.append(f"{deadline.limit}{subject} {deadline.legal_due} {deadline.state}")
    return "; ".join(said)
