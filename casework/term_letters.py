"""Words about term lists: to a setting or service that its list comes, to the SEND team that lists wait to be sent.

Like weekly summaries they belong to no process, are claimed once by their key, and are looked at again at the
moment of sending. They hold a number and days; a list itself never travels by mail.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.earlier import UNTRUE
from casework.recipients import NOBODY, Directory, officer_chain, setting_chain
from casework.statuses import QUEUED, SKIPPED
from config.clock import london_day
from post.items import Item, Kind
from records.tables import Message, TermList
from statute.ladder import Role
from statute.words import count

TERM_LIST, TERM_LISTS = Kind.TERM_LIST.value, Kind.TERM_LISTS.value
OF_TERM_LISTS = frozenset({TERM_LIST, TERM_LISTS})
LIMIT = "code_term_list"
# The SEND team hears of lists when they are there, again when the last day is so near, and once it has passed.
NEAR = timedelta(days=4)
# Rows in one statement: a statement holds so many values and no more.
_AT_ONCE = 500


def put_down(session: Session, lists: Sequence[TermList], now: datetime) -> int:
    """Put down what is to be said about lists that wait to be sent, each word once; returns how many were new."""
    directory = Directory(session, authority(), london_day(now)).with_settings()
    messages = messages_about(directory, lists, now)
    keys = [message.step_key for message in messages]
    said = set(session.exec(select(Message.step_key).where(col(Message.step_key).in_(keys))))
    new = [message for message in messages if message.step_key not in said]
    return _claimed(session, sorted(new, key=lambda message: message.step_key))


def messages_about(directory: Directory, lists: Sequence[TermList], now: datetime) -> list[Message]:
    """Everything there is to say about lists that wait to be sent, the first due first; the same word has the same
    key."""
    return [*_to_recipients(directory, lists, now), *_to_the_team(directory, lists, now)]


def renew(session: Session, messages: Collection[UUID], today: date) -> int:
    """Bring those among these messages in step with the lists at the moment of sending.

    Returns how many were given up: the list was sent, nothing is due any more, or nobody is left to write to.
    """
    query = select(Message).where(
        col(Message.id).in_(messages), col(Message.kind).in_(OF_TERM_LISTS), Message.status == QUEUED
    )
    found = session.exec(query.order_by(col(Message.step_key)).with_for_update()).all()
    return sum(not _renewed(session, message, today) for message in found)


def chain_of(session: Session, message: Message, today: date) -> tuple[str, ...]:
    """Who gets such a message, in the order in which they are tried: whoever stands in today first."""
    return chain_in(Directory(session, message.authority, today), message)


def chain_in(directory: Directory, message: Message) -> tuple[str, ...]:
    """The same by the directories of a day."""
    if message.kind == TERM_LISTS:
        officer = directory.officers.get(message.about["officer"])
        return directory.in_their_stead(officer_chain(officer)) if officer else ()
    return _chain(directory, message.about["recipient"])


def term_list_item(message: Message) -> Item:
    """What a letter says of it."""
    number, kind = message.about["count"], Kind(message.kind)
    return Item(
        kind=kind,
        limit=LIMIT,
        what=count(number, "annual review" if kind is Kind.TERM_LIST else "term list"),
        count=number,
        start=date.fromisoformat(message.about["term"]),
        due=date.fromisoformat(message.about["due"]),
    )


# To whoever gets a list


def _to_recipients(directory: Directory, lists: Iterable[TermList], now: datetime) -> Iterator[Message]:
    for row in lists:
        if chain := _chain(directory, row.recipient):
            key = f"term-list/{row.authority}/{row.recipient}/{row.term_start}"
            about = {"recipient": row.recipient, **_about(row, row.count)}
            yield _message(key, TERM_LIST, Role.ADVISER, chain, about, now)


def _chain(directory: Directory, recipient: str) -> tuple[str, ...]:
    """The addresses of a setting by its URN, or of the first service of a category."""
    if setting := directory.setting(recipient):
        return setting_chain(Role.ADVISER, setting)
    body = directory.body((), recipient)
    return directory.asked_at(body) if body else ()


# To the SEND team


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The lists that are due on one day."""

    first: TermList
    number: int

    def rung(self, today: date) -> str:
        """`ready` as soon as they are there, `near` their last day, `late` after it."""
        if self.first.due_on < today:
            return "late"
        return "near" if self.first.due_on - today <= NEAR else "ready"


def _to_the_team(directory: Directory, lists: Sequence[TermList], now: datetime) -> Iterator[Message]:
    for due, rows in groupby(lists, key=lambda row: row.due_on):
        group = list(rows)
        waiting = _Waiting(group[0], len(group))
        for officer in directory.managers:
            key = f"term-lists/{waiting.first.authority}/{due}/{waiting.rung(london_day(now))}/{officer.username}"
            about = {"officer": officer.username, **_about(waiting.first, waiting.number)}
            if chain := directory.in_their_stead(officer_chain(officer)):
                yield _message(key, TERM_LISTS, Role.MANAGER, chain, about, now)


# Both


def _about(row: TermList, number: int) -> dict[str, Any]:
    return {"term": row.term_start.isoformat(), "due": row.due_on.isoformat(), "count": number}


def _message(key: str, kind: str, role: Role, chain: Sequence[str], about: dict[str, Any], now: datetime) -> Message:
    return Message(
        authority=authority(),
        step_key=key,
        limit_id=LIMIT,
        rung=about["term"],
        kind=kind,
        role=role.value,
        recipient=chain[0],
        about=about,
        due_at=now,
        created_at=now,
        status=QUEUED,
    )


def _claimed(session: Session, messages: Sequence[Message]) -> int:
    """Whoever comes second finds the key taken and puts down nothing."""
    new = 0
    for start in range(0, len(messages), _AT_ONCE):
        rows = [message.model_dump() for message in messages[start : start + _AT_ONCE]]
        claim = insert(Message).values(rows).on_conflict_do_nothing(index_elements=["step_key"])
        new += len(session.connection().execute(claim.returning(col(Message.id))).all())
    return new


def _renewed(session: Session, message: Message, today: date) -> bool:
    chain, number = chain_of(session, message, today), _number(session, message)
    if number and chain:
        kept = message.fallback if message.fallback in chain else None
        message.recipient, message.fallback = kept or chain[0], kept
        message.about = {**message.about, "count": number}
    else:
        message.status, message.reason = SKIPPED, UNTRUE if chain else NOBODY
    session.add(message)
    return message.status == QUEUED


def _number(session: Session, message: Message) -> int:
    lists = select(TermList).where(TermList.authority == message.authority, col(TermList.sent_on).is_(None))
    if message.kind == TERM_LISTS:
        return number_on(message, session.exec(lists.where(TermList.due_on == _day(message, "due"))))
    mine = lists.where(TermList.recipient == message.about["recipient"], TermList.term_start == _day(message, "term"))
    return number_on(message, session.exec(mine))


def number_on(message: Message, lists: Iterable[TermList]) -> int:
    """How many reviews the list has, or how many lists wait: nothing once they were sent."""
    waiting = [row for row in lists if row.sent_on is None and row.count > 0]
    if message.kind == TERM_LISTS:
        return sum(row.due_on == _day(message, "due") for row in waiting)
    mine = (message.about["recipient"], _day(message, "term"))
    return next((row.count for row in waiting if (row.recipient, row.term_start) == mine), 0)


def _day(message: Message, name: str) -> date:
    return date.fromisoformat(message.about[name])
