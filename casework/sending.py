"""Handing claimed letters over, and noting what became of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.bundles import Bundle, Parcel, claim
from casework.fates import note_taken
from casework.passing_on import PassingOn
from casework.policies import policy_in_force
from casework.secure_links.addresses import sends_by_link
from casework.statuses import QUEUED, SENT
from config.settings import get_settings
from post.courier import Delivery, Outcome
from post.courier import Session as Carrier
from post.errors import PostError
from post.house import House
from post.letters import compose
from records.tables import AdviceRequest, DeliveryAttempt, Digest, Message
from statute.ladder import Kind
from statute.policy import Policy


@dataclass(slots=True)
class Tally:
    """Counts of messages, and of letters accepted; `announced` are requests whose announcement has gone.

    `full`: more than the announcements and stops that go at any hour was looked at.
    """

    sent: int = 0
    failed: int = 0
    skipped: int = 0
    letters: int = 0
    full: bool = False
    announced: list[tuple[UUID, str]] = field(default_factory=list[tuple[UUID, str]])


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends bundles over one connection.

    `still` raises when the right to send has been lost (see `casework.locks`): it is asked before every letter.
    """

    db: Engine
    carrier: Carrier
    house: House
    now: datetime
    still: Callable[[], None]

    async def send(self, bundles: Iterable[Bundle]) -> Tally:
        """Send each bundle as one letter; what is refused for good goes to the fallback contact at once."""
        tally = Tally()
        for bundle in bundles:
            waiting = [bundle]
            while waiting:
                self.still()
                parcel, skipped = claim(self.db, waiting.pop(), self.now)
                tally.skipped += skipped
                if parcel is not None:
                    delivery = await self._hand_over(parcel)
                    waiting += note(self.db, parcel, delivery, self.now, tally)
        return tally

    async def _hand_over(self, parcel: Parcel) -> Delivery:
        try:
            letter = compose(
                parcel.recipient, parcel.items, self.house, str(parcel.digest_id), parcel.day, parcel.everything
            )
        except PostError as error:
            # Nothing of it went to a server; what is wrong with it will be wrong tomorrow.
            return Delivery(Outcome.PERMANENT, detail=str(error))
        with Session(self.db) as session, session.begin():
            digest = session.get_one(Digest, parcel.digest_id)
            # Named before, so that an attempt was made, however that ended: a carrier that can looks it up first.
            again = bool(digest.message_id_header)
            digest.message_id_header = letter.message_id
            session.add(digest)
        try:
            return await self.carrier.deliver(letter.written(self.now, again=again))
        except Exception as error:
            # A courier promises not to raise. If one does, its letter may have left: it is sent once more.
            return Delivery(Outcome.UNKNOWN, detail=f"the courier failed ({type(error).__name__})")


def note(db: Engine, parcel: Parcel, delivery: Delivery, now: datetime, tally: Tally) -> list[Bundle]:
    """Record an attempt and what follows from it; returns what is to be sent elsewhere at once."""
    with Session(db) as session, session.begin():
        session.add(
            DeliveryAttempt(
                digest_id=parcel.digest_id,
                recipient=parcel.recipient,
                at=now,
                outcome=delivery.outcome.value,
                code=delivery.code,
                detail=delivery.detail,
            )
        )
        query = select(Message).where(col(Message.id).in_(parcel.messages))
        messages = session.exec(query.order_by(col(Message.step_key)).with_for_update()).all()
        noted = _Noting(session, policy_in_force(session), parcel, delivery, now, tally)
        if delivery.outcome is Outcome.ACCEPTED:
            noted.accepted(messages)
        elif delivery.outcome is Outcome.PERMANENT:
            return noted.refused(messages)
        else:
            noted.later(messages)
        return []


@dataclass(frozen=True, slots=True)
class _Noting:
    """What one attempt does to the messages of its letter."""

    session: Session
    policy: Policy
    parcel: Parcel
    delivery: Delivery
    now: datetime
    tally: Tally

    def accepted(self, messages: Sequence[Message]) -> None:
        """The server took responsibility for it."""
        digest = self.session.get_one(Digest, self.parcel.digest_id)
        note_taken(digest, self.delivery, self.now)
        self.session.add(digest)
        for message in messages:
            message.status, message.reason = SENT, ""
            self.session.add(message)
            if message.kind in (Kind.ANNOUNCE, Kind.REQUEST) and message.process_id:
                self._announced(message.process_id, message.subject)
            if message.kind == Kind.REQUEST and message.process_id and sends_by_link(get_settings()):
                self._papers_sent(message.process_id, message.subject)
        self.tally.sent += len(messages)
        self.tally.letters += 1

    def later(self, messages: Sequence[Message]) -> None:
        """Not taken, or nobody knows: try again, until patience runs out.

        When the letter may have arrived its messages stay tied to it, so that it is sent again under the same
        Message-ID; else they join whatever goes next to the same person.
        """
        for message in messages:
            attempts = int(message.about.get("attempts", 0)) + 1
            first = datetime.fromisoformat(message.about.get("first_attempt", self.now.isoformat()))
            message.about = {**message.about, "attempts": attempts, "first_attempt": first.isoformat()}
            if self.now - first >= self.policy.post.give_up_after:
                self._give_up(message, f"given up after {attempts} attempts: {self.delivery.detail}")
                continue
            message.status, message.reason = QUEUED, self.delivery.detail
            message.due_at = self.now + self.policy.post.retry_after(attempts)
            if self.delivery.not_before:
                message.due_at = max(message.due_at, self.delivery.not_before)
            if self.delivery.outcome is Outcome.TEMPORARY:
                message.digest_id = None
            self.session.add(message)

    def refused(self, messages: Sequence[Message]) -> list[Bundle]:
        """The address does not take mail: the next in line, at once, or the officer is told."""
        elsewhere: dict[str, list[UUID]] = {}
        passing_on = PassingOn(self.session, self.parcel.recipient, self.now)
        for message in messages:
            if not passing_on.to_the_next(message, "refused at the first address"):
                self._give_up(message, f"refused: {self.delivery.detail}")
            elif message.recipient:
                elsewhere.setdefault(message.recipient, []).append(message.id)
        # Not part of that person's own letter of the day, which may have gone already.
        kind = f"fallback/{self.parcel.digest_id}"
        return [Bundle(to, kind, tuple(ids)) for to, ids in elsewhere.items()]

    def _announced(self, process_id: UUID, subject: str) -> None:
        mine = (col(AdviceRequest.process_id) == process_id, col(AdviceRequest.subject) == subject)
        self.session.connection().execute(
            update(AdviceRequest).where(*mine, col(AdviceRequest.announced_at).is_(None)).values(announced_at=self.now)
        )
        self.tally.announced.append((process_id, subject))

    def _papers_sent(self, process_id: UUID, subject: str) -> None:
        """Noted with the letter itself: the fact that follows from it is recorded now, or after a kill by the next
        round (see `casework.papers`)."""
        mine = (col(AdviceRequest.process_id) == process_id, col(AdviceRequest.subject) == subject)
        self.session.connection().execute(update(AdviceRequest).where(*mine).values(papers_sent_at=self.now))

    def _give_up(self, message: Message, reason: str) -> None:
        PassingOn(self.session, self.parcel.recipient, self.now).give_up(message, reason)
        self.tally.failed += 1
