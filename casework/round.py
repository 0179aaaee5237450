"""The post round: everything that waits, one digest for each person and day; and what cannot wait for it.

However it is stopped, nothing is lost: letters that a dead round had claimed are taken over by the next one and
sent again under their own Message-ID. That is the one case in which somebody may get a letter twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.bundles import Bundle, bundles
from casework.claims import HELD, QUEUED, SENDING, WAITING, settle
from casework.hours import end_of_sociable_hours, is_sociable
from casework.locks import alone
from casework.papers import record_papers
from casework.policies import policy_in_force
from casework.sending import Tally, send
from casework.weekly import FULL, POST, put_down_weeklies
from post.courier import Courier
from post.house import House
from records.tables import DeliveryAttempt, Message, Process, RoundLog

# A letter to somebody who refuses goes to the fallback; whoever is told of that gets it the same day.
PASSES = 2


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a sending did, in messages (`letters`: in mails).

    `held` wait for a hold, an address or term to begin; `left` may still go today if tried again later. `busy`:
    another round was under way and this one did nothing.
    """

    sent: int = 0
    failed: int = 0
    held: int = 0
    skipped: int = 0
    left: int = 0
    letters: int = 0
    busy: bool = False


def post_round(db: Engine, now: datetime, courier: Courier, house: House, *, force: bool = False) -> RoundResult:
    """Send what is due at `now` (aware): on working days and in sociable hours only, unless `force`.

    Announcements and stops that are still waiting go at any hour. Two rounds never run together. Blocks; must not
    be called from a running event loop.
    """
    with alone(db, "post round") as mine:
        if not mine:
            return RoundResult(busy=True)
        log = _begin(db, now)
        tally = asyncio.run(_go_round(db, now, courier, house, force))
        return _finish(db, log, tally, now)


def send_urgent(db: Engine, process_id: UUID, now: datetime, courier: Courier, house: House) -> RoundResult:
    """Send what one process has that must not wait, whatever the hour, each as a letter of its own.

    Blocks; must not be called from a running event loop.
    """
    tally = asyncio.run(_send_urgent(db, process_id, now, courier, house))
    with Session(db) as session:
        left = _count(session, Message.process_id == process_id, Message.status == QUEUED, col(Message.urgent))
        held = _count(session, Message.process_id == process_id, Message.status == HELD, col(Message.urgent))
    return RoundResult(tally.sent, tally.failed, held, tally.skipped, left, tally.letters)


async def _go_round(db: Engine, now: datetime, courier: Courier, house: House, force: bool) -> Tally:
    total = Tally()
    for process_id in _processes_with_urgent(db):
        _add(total, await _send_urgent(db, process_id, now, courier, house))
    with Session(db) as session:
        policy = policy_in_force(session)
    if not force and not is_sociable(policy, now):
        return total
    total.full = True
    _take_over(db, now, col(Message.urgent).is_(False))
    total.skipped += _settle_everything(db, now)
    with Session(db) as session, session.begin():
        put_down_weeklies(session, policy, now)
    tried: set[UUID] = set()
    async with courier.session() as carrier:
        for _ in range(PASSES):
            planned = _planned(db, now, force, tried)
            tried.update(message for bundle in planned for message in bundle.messages)
            _add(total, await send(db, planned, carrier, house, now))
    return total


async def _send_urgent(db: Engine, process_id: UUID, now: datetime, courier: Courier, house: House) -> Tally:
    with alone(db, f"urgent/{process_id}") as mine:
        if not mine:
            return Tally()
        _take_over(db, now, col(Message.urgent), Message.process_id == process_id)
        async with courier.session() as carrier:
            tally = await send(db, _urgent(db, process_id), carrier, house, now)
    record_papers(db, tally.announced, now)
    return tally


def _add(total: Tally, tally: Tally) -> None:
    total.sent += tally.sent
    total.failed += tally.failed
    total.skipped += tally.skipped
    total.letters += tally.letters
    total.announced += tally.announced


# What waits


def _planned(db: Engine, now: datetime, force: bool, tried: set[UUID]) -> list[Bundle]:
    with Session(db) as session:
        query = select(Message).where(Message.status == QUEUED, col(Message.urgent).is_(False))
        if not force:  # a person who asks for a round does not wait for the next attempt's hour
            query = query.where(col(Message.due_at) <= now)
        found = session.exec(query.order_by(col(Message.recipient), col(Message.due_at))).all()
        return bundles(message for message in found if message.id not in tried)


def _urgent(db: Engine, process_id: UUID) -> list[Bundle]:
    with Session(db) as session:
        query = select(Message).where(Message.process_id == process_id, Message.status == QUEUED, col(Message.urgent))
        found = session.exec(query.order_by(col(Message.step_key))).all()
        return [
            Bundle(message.recipient, f"{message.kind}/{message.id}", (message.id,), message.digest_id)
            for message in found
            if message.recipient
        ]


def _processes_with_urgent(db: Engine) -> Sequence[UUID]:
    with Session(db) as session:
        query = select(Message.process_id).where(
            col(Message.status).in_((QUEUED, SENDING)), col(Message.urgent), col(Message.process_id).is_not(None)
        )
        return [found for found in session.exec(query.distinct()).all() if found]


def _settle_everything(db: Engine, now: datetime) -> int:
    """Every process with something waiting, each in its own short transaction; returns what was given up."""
    with Session(db) as session:
        query = select(Message.process_id).where(col(Message.status).in_(WAITING))
        waiting = [found for found in session.exec(query.distinct()).all() if found]
    return sum(_settle_one(db, process_id, now) for process_id in waiting)


def _settle_one(db: Engine, process_id: UUID, now: datetime) -> int:
    with Session(db) as session, session.begin():
        process = session.get_one(Process, process_id, with_for_update=True)
        return settle(session, process, policy_in_force(session), now).skipped


def _take_over(db: Engine, now: datetime, *which: object) -> None:
    """Letters that were claimed and never noted: whoever claimed them is dead, since we hold the lock."""
    with Session(db) as session, session.begin():
        query = select(Message).where(Message.status == SENDING, *which)  # type: ignore[arg-type]
        taken = session.exec(query.order_by(col(Message.id)).with_for_update()).all()
        for message in taken:
            message.status, message.reason = QUEUED, "taken over: it may have been sent"
            session.add(message)
        for digest_id, recipient in {(each.digest_id, each.recipient) for each in taken}:
            if digest_id and recipient:
                session.add(
                    DeliveryAttempt(
                        digest_id=digest_id,
                        recipient=recipient,
                        at=now,
                        outcome="unknown",
                        detail="the round ended before this attempt was noted",
                    )
                )


# The log of rounds


def _begin(db: Engine, now: datetime) -> UUID:
    with Session(db) as session, session.begin():
        log = RoundLog(kind=POST, started_at=now)
        session.add(log)
        return log.id


def _finish(db: Engine, log_id: UUID, tally: Tally, now: datetime) -> RoundResult:
    with Session(db) as session, session.begin():
        policy = policy_in_force(session)
        log = session.get_one(RoundLog, log_id)
        held = _count(session, Message.status == HELD)
        left = _count(
            session,
            Message.status == QUEUED,
            col(Message.about).has_key("attempts"),  # type: ignore[attr-defined]
            col(Message.due_at) < end_of_sociable_hours(policy, now),
        )
        log.finished_at, log.sent, log.failed, log.held = now, tally.sent, tally.failed, held
        log.note = {"letters": tally.letters, "skipped": tally.skipped, "left": left, FULL: tally.full}
        session.add(log)
        return RoundResult(tally.sent, tally.failed, held, tally.skipped, left, tally.letters)


def _count(session: Session, *which: object) -> int:
    return session.exec(select(func.count(col(Message.id))).where(*which)).one()  # type: ignore[arg-type]
