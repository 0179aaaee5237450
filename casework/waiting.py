"""What waits to be sent: found, looked at again, and taken over from rounds that died."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from casework.bundles import Bundle, bundles
from casework.claims import settle_each
from casework.situations import policy_to_follow
from casework.statuses import FAILED, QUEUED, SENDING, WAITING
from records.tables import DeliveryAttempt, Message, Process
from statute.ladder import Kind

# Enough to read the directories seldom, few enough that nobody who records a fact waits long for the lock.
_BATCH = 25


def planned(db: Engine, now: datetime, force: bool, tried: set[UUID]) -> list[Bundle]:
    """What waits and was not tried in this round, which is noted in `tried`."""
    with Session(db) as session:
        query = select(Message).where(Message.status == QUEUED, col(Message.urgent).is_(False))
        if not force:  # a person who asks for a round does not wait for the next attempt's hour
            query = query.where(col(Message.due_at) <= now)
        found = session.exec(query.order_by(col(Message.recipient), col(Message.due_at))).all()
        plan = bundles(message for message in found if message.id not in tried)
    tried.update(message for bundle in plan for message in bundle.messages)
    return plan


def urgent(db: Engine, process_id: UUID) -> list[Bundle]:
    """What one process has that must not wait, each a letter of its own."""
    with Session(db) as session:
        query = select(Message).where(Message.process_id == process_id, Message.status == QUEUED, col(Message.urgent))
        found = session.exec(query.order_by(col(Message.step_key))).all()
        return [
            Bundle(message.recipient, f"{message.kind}/{message.id}", (message.id,), message.digest_id)
            for message in found
            if message.recipient
        ]


def processes_with_urgent(db: Engine) -> Sequence[UUID]:
    """Processes whose announcements or stops could not be sent when they were put down."""
    with Session(db) as session:
        query = select(Message.process_id).where(
            col(Message.status).in_((QUEUED, SENDING)), col(Message.urgent), col(Message.process_id).is_not(None)
        )
        return [found for found in session.exec(query.distinct()).all() if found]


def settle_everything(db: Engine, now: datetime, still: Callable[[], None]) -> int:
    """Every process with something waiting or a request nobody took, a few in a transaction; returns what was given up.

    `still` raises when another has taken the round over.
    """
    with Session(db) as session:
        # What nobody took is looked at as well: the directory may have been corrected.
        goes_on = col(Message.process_id).in_(select(Process.id).where(col(Process.ended_on).is_(None)))
        refused = (col(Message.kind) == Kind.REQUEST.value) & (col(Message.status) == FAILED) & goes_on
        query = select(Message.process_id).where(or_(col(Message.status).in_(WAITING), refused))
        waiting = sorted(found for found in session.exec(query.distinct()).all() if found)
    batches = [waiting[start : start + _BATCH] for start in range(0, len(waiting), _BATCH)]
    return sum(_settle_batch(db, batch, now, still) for batch in batches)


def _settle_batch(db: Engine, batch: Sequence[UUID], now: datetime, still: Callable[[], None]) -> int:
    still()
    with Session(db) as session, session.begin():
        settled = settle_each(session, batch, policy_to_follow(session), now)
        return sum(claimed.skipped for claimed in settled.values())


def take_over(db: Engine, now: datetime, *which: object) -> None:
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
