"""What became of letters after they were taken: asked of GOV.UK Notify, or told by mail that came back.

Whoever only takes a letter has not delivered it. An address that turns out wrong takes the same way as one that was
refused at once: the next in line gets the letter, or the officer is told.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.bounces import bounced
from casework.families.returned import came_back
from casework.fates import BOUNCED, DELAYED, DELIVERED, FAILED, NOTIFY, PENDING
from casework.locks import alone
from casework.mailing import by_notify, courier_of
from casework.papers import undo_request
from casework.policies import policy_in_force
from casework.statuses import QUEUED, SENT
from config.settings import Settings
from post.notify import NotifyCourier
from post.notify_api import NotifyApi, NotifyError
from records.tables import DeliveryAttempt, Digest, Message
from statute.ladder import Kind

__all__ = ["BOUNCED", "DELAYED", "DELIVERED", "FAILED", "PENDING", "Polled", "note_fate", "poll"]

log = logging.getLogger(__name__)

MOST = 300
"""How many letters one asking asks about; the others wait for the next."""
# Notify forgets a letter after seven days.
_REMEMBERED = timedelta(days=7)
_FORGOTTEN = 404
# It does not know the letter, or what we call it: that says nothing of the letters behind it.
_ABOUT_THIS_ONE = frozenset({400, _FORGOTTEN})
# What a status of Notify's comes to. `sending` may last 72 hours, and a temporary failure is what it ends in when
# nobody took the letter in all that time: this person was not reached. A technical failure never left Notify.
_FATES = {
    "delivered": DELIVERED,
    "received": DELIVERED,  # a letter on paper: printed and posted
    "permanent-failure": BOUNCED,
    "temporary-failure": BOUNCED,
    "returned-letter": BOUNCED,
    "technical-failure": FAILED,
    "cancelled": FAILED,
    "validation-failed": FAILED,
    "virus-scan-failed": FAILED,
}


@dataclass(frozen=True, slots=True)
class Polled:
    """What one asking found, in letters; `problem` is why it ended early, or that letters were passed over, in words.

    `again` are those that Notify never sent, which wait to be sent once more.
    """

    asked: int = 0
    delivered: int = 0
    bounced: int = 0
    again: int = 0
    problem: str = ""


def poll(db: Engine, settings: Settings, now: datetime, most: int = MOST) -> Polled:
    """Ask Notify what became of at most so many letters that it took, those not asked about for longest first.

    Nothing without EHCP_NOTIFY_API_KEY, and nothing while another asks. Blocks; never raises for what Notify or the
    network does.
    """
    if not by_notify(settings):
        return Polled()
    courier = courier_of(settings)
    assert isinstance(courier, NotifyCourier)
    with alone(db, "deliveries") as hold:
        if not hold.mine:
            return Polled()
        api = courier.api()
        try:
            return _asked_about(db, api, _pending(db, most), now)
        finally:
            api.close()


def note_fate(db: Engine, digest_id: UUID, fate: str, now: datetime, code: str = "", detail: str = "") -> str:
    """Write what became of a letter, and do what follows from it. Safe to repeat. Returns the fate that was written.

    A letter that BOUNCED goes to the next in line; one that FAILED was never sent and goes once more, or to the next
    in line when patience has run out. `code` is what the server or Notify called it, `detail` what is written of the
    attempt; neither may hold the letter's words.
    """
    recipient = _recipient(db, digest_id)
    if fate == BOUNCED:
        bounced(db, digest_id, recipient, now, code, detail)
    elif fate == FAILED and not _goes_again(db, digest_id, now, code):
        fate = BOUNCED
        bounced(db, digest_id, recipient, now, code, detail)
    if fate in (BOUNCED, FAILED):
        came_back(db, digest_id)
    # Last: killed before this, it is found pending, and the same is done again, to no effect.
    with Session(db) as session, session.begin():
        digest = session.get_one(Digest, digest_id, with_for_update=True)
        if detail and fate in (BOUNCED, FAILED) and digest.fate != fate:
            session.add(_attempt(digest, now, detail))
        digest.fate, digest.fate_at = fate, now
        session.add(digest)
    return fate


def _pending(db: Engine, most: int) -> Sequence[tuple[UUID, str, datetime]]:
    last = func.coalesce(Digest.fate_at, Digest.sent_at)
    query = select(Digest.id, Digest.carrier_id, Digest.sent_at).where(Digest.fate == PENDING, Digest.carrier == NOTIFY)
    with Session(db) as session:
        found = session.exec(query.order_by(last, col(Digest.id)).limit(most)).all()
    return [(digest_id, carrier_id, sent_at) for digest_id, carrier_id, sent_at in found if carrier_id and sent_at]


def _asked_about(db: Engine, api: NotifyApi, pending: Sequence[tuple[UUID, str, datetime]], now: datetime) -> Polled:
    polled, passed_over = Polled(), 0
    for digest_id, carrier_id, sent_at in pending:
        try:
            status = api.status(carrier_id)
        except NotifyError as error:
            if error.code not in _ABOUT_THIS_ONE:
                log.warning("what became of letters could not be asked (%s)", error.code)
                return replace(polled, problem=f"{error}; the next asking goes on")
            passed_over += error.code != _FORGOTTEN
            status = "" if now - sent_at >= _REMEMBERED else "unknown"
        polled = _found(db, polled, digest_id, status, now)
    if passed_over:
        log.warning("Notify would not say what became of %s letters", passed_over)
        return replace(polled, problem=f"Notify would not say what became of letters: {passed_over}")
    return polled


def _found(db: Engine, polled: Polled, digest_id: UUID, status: str, now: datetime) -> Polled:
    # Forgotten by Notify, nobody will ever know; on its way, or not found yet, it is asked about again.
    fate = _FATES.get(status, PENDING if status else "")
    fate = note_fate(db, digest_id, fate, now, code=status, detail=f"Notify says {status}")
    return replace(
        polled,
        asked=polled.asked + 1,
        delivered=polled.delivered + (fate == DELIVERED),
        bounced=polled.bounced + (fate == BOUNCED),
        again=polled.again + (fate == FAILED),
    )


def _recipient(db: Engine, digest_id: UUID) -> str:
    with Session(db) as session:
        return session.get_one(Digest, digest_id).recipient


def _goes_again(db: Engine, digest_id: UUID, now: datetime, code: str) -> bool:
    """Put the messages of a letter that was never sent back in the queue; False when patience has run out."""
    with Session(db) as session:
        query = select(Message).where(Message.digest_id == digest_id, Message.status == SENT)
        sent = session.exec(query).all()
        patience = policy_in_force(session).post.give_up_after
    if any(now - datetime.fromisoformat(each.about.get("first_attempt", now.isoformat())) >= patience for each in sent):
        return False
    for message in sent:
        if message.kind == Kind.REQUEST and message.process_id:
            undo_request(db, message.process_id, message.subject, now)
    with Session(db) as session, session.begin():
        for message in session.exec(query.order_by(col(Message.step_key)).with_for_update()).all():
            _queue(session, message, now, code)
        digest = session.get_one(Digest, digest_id)
        # So that this person's letter of the day can go after all, should it still be that day.
        digest.sent_at = None
        session.add(digest)
    return True


def _queue(session: Session, message: Message, now: datetime, code: str) -> None:
    attempts = int(message.about.get("attempts", 0)) + 1
    first = message.about.get("first_attempt", now.isoformat())
    message.about = {**message.about, "attempts": attempts, "first_attempt": first}
    message.status, message.reason, message.digest_id = QUEUED, f"not sent by Notify: {code}", None
    message.due_at = now + policy_in_force(session).post.retry_after(attempts)
    session.add(message)


def _attempt(digest: Digest, now: datetime, detail: str) -> DeliveryAttempt:
    return DeliveryAttempt(digest_id=digest.id, recipient=digest.recipient, at=now, outcome="permanent", detail=detail)
