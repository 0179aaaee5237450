"""What goes into one letter: planned, then claimed in one transaction that looks everything up again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.claims import Claimed, settle_each
from casework.letter_items import item_of, weekly_item
from casework.secure_links.letters import Links
from casework.situations import policy_to_follow
from casework.statuses import FAILED, HELD, QUEUED, SENDING
from casework.term_letters import OF_TERM_LISTS, renew, term_list_item
from casework.weekly import WEEKLY, renew_weeklies, service_name
from config.clock import london_day
from post.errors import PostError
from post.items import Item
from records.tables import Digest, Message, Process
from statute.policy import Policy

DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Messages that one person may get in one letter of that kind; `digest_id` when it is sent once more."""

    recipient: str
    kind: str
    messages: tuple[UUID, ...]
    digest_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter that was claimed: nobody else sends it, and a crash leaves it to be taken over.

    `everything` is the link to all that the recipient has been asked for, in a digest that asks for something.
    """

    digest_id: UUID
    recipient: str
    day: date
    items: tuple[Item, ...]
    messages: tuple[UUID, ...]
    everything: str = ""


def bundles(messages: Iterable[Message]) -> list[Bundle]:
    """Queued messages grouped: first letters that may have left already, then one digest for each person."""
    again: defaultdict[tuple[str, UUID], list[UUID]] = defaultdict(list)
    daily: defaultdict[str, list[UUID]] = defaultdict(list)
    for message in messages:
        if message.recipient and message.digest_id:
            again[message.recipient, message.digest_id].append(message.id)
        elif message.recipient:
            daily[message.recipient].append(message.id)
    taken_up = [Bundle(to, DAILY, tuple(ids), digest) for (to, digest), ids in again.items()]
    return [*taken_up, *(Bundle(to, DAILY, tuple(ids)) for to, ids in daily.items())]


def claim(db: Engine, bundle: Bundle, now: datetime) -> tuple[Parcel | None, int]:
    """The letter to send for a bundle, and how many messages were given up on the way.

    This is the moment of sending: for every process the ledger is read again, so that nobody is written to after
    a death, under a hold or beyond a restriction, about what is met, or at an address that was changed. None when
    nothing is left to say, or when this person has had the letter of the day.
    """
    with Session(db) as session, session.begin():
        policy = policy_to_follow(session)
        settled = _settle_all(session, bundle.messages, policy, now)
        skipped = sum(claimed.skipped for claimed in settled.values())
        skipped += renew_weeklies(session, bundle.messages, policy, now)
        skipped += renew(session, bundle.messages, london_day(now))
        messages = _still_queued(session, bundle)
        links = Links(session, bundle.recipient, now)
        items = {message.id: item for message in messages if (item := _item(session, message, settled, links))}
        digest_id = _digest(session, bundle, messages, now) if items else None
        if digest_id is None:
            return None, skipped
        for message in messages:
            if message.id in items:
                message.status, message.digest_id = SENDING, digest_id
            session.add(message)
        all_asked = links.to_everything() if bundle.kind == DAILY else ""
        said = tuple(items.values())
        return Parcel(digest_id, bundle.recipient, london_day(now), said, tuple(items), all_asked), skipped


def _settle_all(session: Session, messages: Collection[UUID], policy: Policy, now: datetime) -> dict[UUID, Claimed]:
    found = select(Message.process_id).where(col(Message.id).in_(messages)).distinct()
    return settle_each(session, [process for process in session.exec(found) if process], policy, now)


def _still_queued(session: Session, bundle: Bundle) -> Sequence[Message]:
    query = select(Message).where(
        col(Message.id).in_(bundle.messages),
        Message.status == QUEUED,
        Message.recipient == bundle.recipient,
    )
    return session.exec(query.order_by(col(Message.due_at), col(Message.step_key)).with_for_update()).all()


def _digest(session: Session, bundle: Bundle, messages: Sequence[Message], now: datetime) -> UUID | None:
    """The digest's id: the claim that this person gets one letter of that kind on that day."""
    if bundle.digest_id is not None:
        return bundle.digest_id
    row = Digest(
        id=uuid4(),
        authority=messages[0].authority,
        recipient=bundle.recipient,
        day=london_day(now),
        kind=bundle.kind,
        message_id_header="",
        claimed_at=now,
    )
    statement = insert(Digest).values(**row.model_dump())
    again = statement.on_conflict_do_update(
        index_elements=["recipient", "day", "kind"],
        set_={"claimed_at": now},
        where=col(Digest.sent_at).is_(None) & ~_holds_messages(),
    )
    return session.connection().execute(again.returning(col(Digest.id))).scalar()


def _holds_messages() -> ColumnElement[bool]:
    """Whether a digest's letter may have left already: messages that wait to go again are still tied to it."""
    waiting = select(Message.id).where(Message.digest_id == Digest.id, col(Message.status).in_((QUEUED, SENDING, HELD)))
    return waiting.correlate(Digest).exists()


def _item(session: Session, message: Message, settled: dict[UUID, Claimed], links: Links) -> Item | None:
    """What the letter says about it; one that cannot be written is failed, so that it stops no other for ever."""
    try:
        if message.kind in OF_TERM_LISTS:
            return term_list_item(message)
        if message.kind == WEEKLY or message.process_id is None:
            return weekly_item(message, service_name(session, message))
        process = session.get_one(Process, message.process_id)
        return item_of(message, process, settled[message.process_id].recipients, links.of(message))
    except PostError as error:
        message.status, message.reason = FAILED, f"it cannot be written: {error}"
        session.add(message)
        return None
