"""A whole request that nobody took goes once more, when the directory has an address for it that was not tried."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, or_, select

from casework.earlier import Earlier
from casework.notices import Notice
from casework.statuses import FAILED, QUEUED
from post.courier import Outcome
from records.tables import DeliveryAttempt, Message
from statute.ladder import Kind

CORRECTED = "nobody took it before; it goes once more, because the directory has another address now"
"""Why such a request waits."""
RESENT = "resent"
"""How often it has gone once more; kept beside what the letter says."""


def send_again(session: Session, due: Iterable[Notice], earlier: Earlier, now: datetime) -> None:
    """Queue what was given up and is still to be asked, for the first address of its line that was never tried.

    An address that was tried since is not tried again, whatever became of it: the officer was told, and corrects it.
    """
    for notice in due:
        claim = earlier.claims.get(notice.key)
        if notice.kind == Kind.REQUEST and not notice.waits and claim is not None and claim.status == FAILED:
            _send_again(session, notice, now)


def _send_again(session: Session, notice: Notice, now: datetime) -> None:
    message = session.exec(select(Message).where(Message.step_key == notice.key).with_for_update()).one()
    tried = _tried(session, message, notice.to.chain)
    to = next((address for address in notice.to.chain if address not in tried), None)
    if to is None or message.status != FAILED:
        return
    message.recipient = message.fallback = to
    message.about = {**notice.about, RESENT: int(message.about.get(RESENT, 0)) + 1}
    message.status, message.reason = QUEUED, CORRECTED
    message.digest_id, message.due_at = None, now
    session.add(message)


def _tried(session: Session, message: Message, chain: Collection[str]) -> frozenset[str]:
    """Where it was sent in vain: what took its letter and sent it back later had it as well."""
    in_vain = or_(DeliveryAttempt.outcome != Outcome.ACCEPTED.value, DeliveryAttempt.digest_id == message.digest_id)
    since = (DeliveryAttempt.at >= message.created_at, col(DeliveryAttempt.recipient).in_(chain))
    return frozenset(session.exec(select(DeliveryAttempt.recipient).where(*since, in_vain)))
