"""Sending on what came back: at once, as the post round does with what is refused at once, and not the next morning."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.bounces import CAME_BACK
from casework.bundles import Bundle
from casework.calendars import calendar_in_force
from casework.hours import is_sociable
from casework.locks import Hold, alone
from casework.papers import record_papers
from casework.sending import Sender
from casework.situations import policy_to_follow
from casework.statuses import QUEUED
from post.courier import Courier
from post.house import House
from records.tables import Message


def send_on(db: Engine, now: datetime, courier: Courier, house: House) -> int:
    """Send what came back to whoever is next in line; returns how many letters were taken.

    In sociable hours only; what cannot wait for those is sent by the clock of its case. Nothing while a post round is
    under way. Blocks; must not be called from a running event loop.
    """
    with Session(db) as session:
        if not _bundles(session) or not is_sociable(policy_to_follow(session), now, calendar_in_force(session)):
            return 0
    with alone(db, "post round") as hold:
        if not hold.mine:
            return 0
        letters = asyncio.run(_send(db, now, courier, house, hold))
        record_papers(db, now)
        return letters


async def _send(db: Engine, now: datetime, courier: Courier, house: House, hold: Hold) -> int:
    with Session(db) as session:
        waiting = _bundles(session)
    async with courier.session() as carrier:
        return (await Sender(db, carrier, house, now, hold.still).send(waiting)).letters


def _bundles(session: Session) -> Sequence[Bundle]:
    """One letter for each person, beside their own letter of the day, which may have gone already."""
    query = select(Message.id, Message.recipient).where(
        Message.status == QUEUED,
        Message.reason == CAME_BACK,
        col(Message.urgent).is_(False),
        col(Message.digest_id).is_(None),
    )
    mine: defaultdict[str, list[UUID]] = defaultdict(list)
    for message_id, recipient in session.exec(query.order_by(col(Message.step_key))):
        if recipient:
            mine[recipient].append(message_id)
    return [Bundle(to, f"fallback/{ids[0]}", tuple(ids)) for to, ids in mine.items()]
