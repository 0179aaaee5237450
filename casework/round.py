"""The post round: everything that waits, one digest for each person and day; and what cannot wait for it.

However it is stopped, nothing is lost: letters that a dead round had claimed are taken over by the next one and
sent again under their own Message-ID. That is the one case in which somebody may get a letter twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.bundles import Bundle
from casework.calendars import calendar_in_force
from casework.families.sending import SentLetters, send_approved
from casework.hours import end_of_sociable_hours, is_sociable
from casework.locks import Hold, alone
from casework.mailing import paper_of
from casework.papers import record_papers
from casework.sending import Sender, Tally
from casework.situations import policy_to_follow
from casework.statuses import HELD, QUEUED
from casework.waiting import planned, processes_with_urgent, settle_everything, take_over, urgent
from casework.weekly import FULL, POST, put_down_weeklies
from config.settings import get_settings
from post.courier import Courier
from post.house import House
from records.tables import Message, RoundLog

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
    with alone(db, "post round") as hold:
        if not hold.mine:
            return RoundResult(busy=True)
        log = _begin(db, now)
        tally = asyncio.run(_go_round(_Post(db, now, courier, house, hold), force))
        record_papers(db, now)  # what a killed sending left behind as well
        families = SentLetters()
        if tally.full:
            families = send_approved(db, now, courier, paper_of(get_settings()), house, hold.still)
            _add(tally, Tally(sent=families.sent, failed=families.failed, letters=families.sent))
        done = _finish(db, log, tally, now)
        return replace(done, left=done.left + families.left)


def send_urgent(db: Engine, process_id: UUID, now: datetime, courier: Courier, house: House) -> RoundResult:
    """Send what one process has that must not wait, whatever the hour, each as a letter of its own.

    Blocks; must not be called from a running event loop.
    """
    tally = asyncio.run(_send_urgent(db, process_id, now, courier, house))
    with Session(db) as session:
        left = _count(session, Message.process_id == process_id, Message.status == QUEUED, col(Message.urgent))
        held = _count(session, Message.process_id == process_id, Message.status == HELD, col(Message.urgent))
    return RoundResult(tally.sent, tally.failed, held, tally.skipped, left, tally.letters)


@dataclass(frozen=True, slots=True)
class _Post:
    """What a sending needs, once it is known that nobody else is at it."""

    db: Engine
    now: datetime
    courier: Courier
    house: House
    hold: Hold

    async def send(self, *plans: Callable[[], Sequence[Bundle]]) -> Tally:
        """Send over one connection what each plan finds when its turn comes."""
        total = Tally()
        async with self.courier.session() as carrier:
            sender = Sender(self.db, carrier, self.house, self.now, self.hold.still)
            for plan in plans:
                _add(total, await sender.send(plan()))
        return total


async def _go_round(post: _Post, force: bool) -> Tally:
    db, now, total = post.db, post.now, Tally()
    take_over(db, now, col(Message.urgent).is_(False))
    # First of all, because a hold may be over, an address there, or a child have died whose clock is still to wake.
    total.skipped += settle_everything(db, now, post.hold.still)
    for process_id in processes_with_urgent(db):
        post.hold.still()
        _add(total, await _send_urgent(db, process_id, now, post.courier, post.house))
    with Session(db) as session:
        policy, calendar = policy_to_follow(session), calendar_in_force(session)
    if not force and not is_sociable(policy, now, calendar):
        return total
    total.full = True
    with Session(db) as session, session.begin():
        put_down_weeklies(session, policy, now)
    tried: set[UUID] = set()
    _add(total, await post.send(*[partial(planned, db, now, force, tried)] * PASSES))
    return total


async def _send_urgent(db: Engine, process_id: UUID, now: datetime, courier: Courier, house: House) -> Tally:
    with alone(db, f"urgent/{process_id}") as hold:
        if not hold.mine:
            return Tally()
        take_over(db, now, col(Message.urgent), Message.process_id == process_id)
        tally = await _Post(db, now, courier, house, hold).send(partial(urgent, db, process_id))
    record_papers(db, now, process_id, tally.announced)
    return tally


def _add(total: Tally, tally: Tally) -> None:
    total.sent += tally.sent
    total.failed += tally.failed
    total.skipped += tally.skipped
    total.letters += tally.letters
    total.announced += tally.announced


# The log of rounds


def _begin(db: Engine, now: datetime) -> UUID:
    with Session(db) as session, session.begin():
        log = RoundLog(kind=POST, started_at=now)
        session.add(log)
        return log.id


def _finish(db: Engine, log_id: UUID, tally: Tally, now: datetime) -> RoundResult:
    with Session(db) as session, session.begin():
        policy = policy_to_follow(session)
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
