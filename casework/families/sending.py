"""Letters to families that were approved: claimed, handed over, noted; part of the post round, in its hours.

However it is stopped, no letter is lost: one that was claimed and not noted is handed over again under its own name,
which for mail may mean that it comes twice, and for Notify that it is looked up first.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.families.settling import FIRST_ATTEMPT, settle
from casework.families.states import (
    APPROVED,
    CANNOT_BE_WRITTEN,
    EMAIL,
    FAILED,
    GIVEN_UP,
    LETTER,
    NO_ADDRESS,
    REFUSED,
    SENDING,
)
from casework.families.telling import told
from casework.families.who import ways_to
from casework.families.writing import Written, key_of, write
from casework.fates import note_taken
from casework.situations import policy_to_follow, read_situation
from config.clock import london_day
from post.courier import Courier, Delivery, Outcome
from post.courier import Session as Carrier
from post.dryrun import DryRun
from post.errors import PostError
from post.house import House
from post.notify import NotifyCourier
from records.tables import Contact, DeliveryAttempt, Digest, FamilyLetter, Process


@dataclass(frozen=True, slots=True)
class SentLetters:
    """What became of the letters of one round: handed over, failed for good, and those to be tried again."""

    sent: int = 0
    failed: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A letter that nobody else sends. `again`: it may have left before."""

    id: UUID
    digest_id: UUID
    key: str
    written: Written
    again: bool


def send_approved(
    db: Engine, now: datetime, courier: Courier, paper: NotifyCourier | None, house: House, still: Callable[[], None]
) -> SentLetters:
    """Send every letter to a family that was approved, each once; those on paper only where `paper` posts them.

    The caller holds the round alone: `still` raises when it does not any more. Blocks.
    """
    waiting = _waiting(db, (EMAIL, LETTER) if paper else (EMAIL,))
    return asyncio.run(_Round(db, now, courier, paper, house, still).send(waiting)) if waiting else SentLetters()


@dataclass(frozen=True, slots=True)
class _Round:
    db: Engine
    now: datetime
    courier: Courier
    paper: NotifyCourier | None
    house: House
    still: Callable[[], None]

    async def send(self, waiting: Sequence[UUID]) -> SentLetters:
        total = SentLetters()
        async with self.courier.session() as carrier:
            for letter_id in waiting:
                self.still()
                total = await self._send(carrier, letter_id, total)
        return total

    async def _send(self, carrier: Carrier, letter_id: UUID, total: SentLetters) -> SentLetters:
        claimed = _claim(self.db, letter_id, self.house, self.now)
        if claimed is None:
            return total
        delivery = await self._hand_over(carrier, claimed)
        # What a dry run writes to a file tells nobody, and the log of contacts does not say so.
        real = claimed.written.mail is None or not isinstance(self.courier, DryRun)
        _note(self.db, claimed, delivery, self.now, real=real)
        if delivery.accepted:
            return replace(total, sent=total.sent + 1)
        if delivery.outcome is Outcome.PERMANENT:
            return replace(total, failed=total.failed + 1)
        return replace(total, left=total.left + 1)

    async def _hand_over(self, carrier: Carrier, claimed: _Claimed) -> Delivery:
        written = claimed.written
        try:
            if written.mail is not None:
                return await carrier.deliver(written.mail.written(self.now, again=claimed.again))
            assert self.paper is not None
            lines, subject, text = written.lines, written.subject, written.text
            return await self.paper.deliver_paper(lines, subject, text, claimed.key, again=claimed.again)
        except Exception as error:
            # A courier promises not to raise. If one does, the letter may have left.
            return Delivery(Outcome.UNKNOWN, detail=f"the courier failed ({type(error).__name__})")


def _waiting(db: Engine, ways: Sequence[str]) -> Sequence[UUID]:
    """What is approved, and what a dead round had claimed: since we hold the round, nobody else is at it."""
    query = select(FamilyLetter.id).where(
        col(FamilyLetter.status).in_((APPROVED, SENDING)), col(FamilyLetter.way).in_(ways)
    )
    with Session(db) as session:
        return session.exec(query.order_by(col(FamilyLetter.approved_at), col(FamilyLetter.id))).all()


def _claim(db: Engine, letter_id: UUID, house: House, now: datetime) -> _Claimed | None:
    """The moment of sending: the case is looked at once more, so that nobody is written to after a death, under a
    hold, or about what was done meanwhile. None when it is not to go (now)."""
    with Session(db) as session, session.begin():
        row = session.get_one(FamilyLetter, letter_id)
        process = session.exec(select(Process).where(Process.id == row.process_id).with_for_update()).one()
        session.refresh(row, with_for_update=True)
        if row.status == SENDING:
            row.status = APPROVED  # taken over; should it not be true any more it is dropped, as it would have been
        situation = read_situation(session, process, policy_to_follow(session), now).situation
        session.flush()
        settle(session, process, situation)
        if row.status != APPROVED or situation.asking.held_until(situation.today) is not None:
            return None
        return _claimed(session, row, house, now)


def _claimed(session: Session, row: FamilyLetter, house: House, now: datetime) -> _Claimed | None:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    if contact is None or row.way not in ways_to(contact):
        return _fail(session, row, NO_ADDRESS)
    try:
        written = write(session, row, contact, house, london_day(now))
    except PostError:
        return _fail(session, row, CANNOT_BE_WRITTEN)
    digest = _digest(session, row, written, now)
    again = bool(digest.message_id_header)
    digest.message_id_header = written.mail.message_id if written.mail else key_of(row)
    row.status, row.digest_id = SENDING, digest.id
    session.add_all([digest, row])
    return _Claimed(row.id, digest.id, key_of(row), written, again)


def _digest(session: Session, row: FamilyLetter, written: Written, now: datetime) -> Digest:
    """The same for ever: what is heard of the letter later is found by it."""
    if row.digest_id is not None:
        return session.get_one(Digest, row.digest_id)
    digest = Digest(
        id=uuid4(),
        authority=row.authority,
        recipient=written.to or "a letter on paper",
        day=london_day(now),
        kind=key_of(row),
        message_id_header="",
        claimed_at=now,
    )
    session.add(digest)
    session.flush()
    return digest


def _fail(session: Session, row: FamilyLetter, reason: str) -> None:
    row.status, row.reason = FAILED, reason
    session.add(row)


def _note(db: Engine, claimed: _Claimed, delivery: Delivery, now: datetime, *, real: bool) -> None:
    with Session(db) as session, session.begin():
        digest = session.get_one(Digest, claimed.digest_id)
        attempt = DeliveryAttempt(
            digest_id=digest.id,
            recipient=digest.recipient,
            at=now,
            outcome=delivery.outcome.value,
            code=delivery.code,
            detail=delivery.detail,
        )
        session.add(attempt)
        row = session.exec(select(FamilyLetter).where(FamilyLetter.id == claimed.id).with_for_update()).one()
        contact = session.get(Contact, row.contact_id) if row.contact_id else None
        if delivery.accepted:
            note_taken(digest, delivery, now)
            session.add(digest)
            told(session, row, contact, now, log=real)
        elif delivery.outcome is Outcome.PERMANENT:
            _fail(session, row, REFUSED)
        else:
            _later(session, row, now)


def _later(session: Session, row: FamilyLetter, now: datetime) -> None:
    """Not taken, or nobody knows: tried again with the next round, until patience runs out."""
    first = row.about.get(FIRST_ATTEMPT, now.isoformat())
    row.about = {**row.about, FIRST_ATTEMPT: first}
    row.status = APPROVED
    if now - datetime.fromisoformat(first) >= policy_to_follow(session).post.give_up_after:
        row.status, row.reason = FAILED, GIVEN_UP
    session.add(row)
