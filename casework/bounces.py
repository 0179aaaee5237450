"""Letters that came back: what they said goes to the next in line, and six weeks that had begun with one are undone.

The law counts from the day on which a body receives its request (reg 8(1)): a letter that came back was not received.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.notices import RECEIPT
from casework.papers import undo_request
from casework.passing_on import PassingOn
from casework.refresh import write_wakes
from casework.secure_links.making import Opens, revoke
from casework.statuses import HELD, QUEUED, SENT
from records.ledger import facts_of
from records.tables import AdviceRequest, Digest, LinkVisit, Message, Process, SecureLink
from statute.advice import requests
from statute.ladder import Kind, Role
from statute.standing import standing

CAME_BACK = "came back from the first address"
"""Why a message waits that is on its way to the next in line."""
# Not those that are being handed over at this moment: what becomes of them is noted by whoever sends them.
_GONE = (SENT, QUEUED, HELD)


def bounced(db: Engine, digest_id: UUID, recipient: str, now: datetime, code: str = "", detail: str = "") -> None:
    """The letter of that digest did not arrive at that address: do what follows. Safe to repeat.

    Each thing it said goes to the next in line, or the officer is told that nobody takes it. A request that had begun
    with it has not begun (see `papers.undo_request`), and its links open nothing any more. Nothing changes about what
    was answered meanwhile, about a case that is over, or where somebody has proved since by a code that mail to this
    address arrives. `code` and `detail` are what was said of the failure; what became
    of the letter itself is written by `deliveries.note_fate`, which calls this.
    """
    with Session(db) as session:
        if _arrives(session, digest_id, recipient):
            return
        gone = session.exec(_gone(digest_id, recipient)).all()
    for message in gone:
        if message.kind == Kind.REQUEST and message.process_id:
            undo_request(db, message.process_id, message.subject, now)
    with Session(db) as session, session.begin():
        # Processes before messages, in the order of their ids, as every command does.
        processes = _locked(session, {each.process_id for each in gone if each.process_id})
        answered = {process_id: _settled(session, process_id) for process_id in processes}
        messages = session.exec(_gone(digest_id, recipient).with_for_update()).all()
        wanted = [each for each in messages if not _is_over(each, processes, answered)]
        _pass_on(PassingOn(session, recipient, now), wanted, detail or f"came back: {code}".rstrip(": "))
        _revoke(session, wanted, recipient, now)
        hurry = {each.process_id for each in wanted if each.urgent}
        write_wakes(session, [each for process_id, each in processes.items() if process_id in hurry], now)


def _gone(digest_id: UUID, recipient: str) -> SelectOfScalar[Message]:
    mine = (Message.digest_id == digest_id, Message.recipient == recipient, col(Message.status).in_(_GONE))
    return select(Message).where(*mine).order_by(col(Message.step_key))


def _arrives(session: Session, digest_id: UUID, recipient: str) -> bool:
    """A report can be about one reader of a shared address, or forged; whoever got a code at it since has the mail."""
    sent_at = session.get_one(Digest, digest_id).sent_at
    if sent_at is None:
        return False
    query = select(LinkVisit.id).where(LinkVisit.recipient == recipient, col(LinkVisit.created_at) >= sent_at)
    return session.exec(query.limit(1)).first() is not None


def _locked(session: Session, processes: Collection[UUID]) -> Mapping[UUID, Process]:
    query = select(Process).where(col(Process.id).in_(processes)).order_by(col(Process.id)).with_for_update()
    return {process.id: process for process in session.exec(query)}


def _settled(session: Session, process_id: UUID) -> frozenset[str]:
    """The requests of a process that were answered or closed: the letter was not needed, or arrived after all."""
    known = requests(standing(list(facts_of(session, process_id))))
    return frozenset(each.key for each in known if not each.is_open)


def _is_over(message: Message, processes: Mapping[UUID, Process], answered: Mapping[UUID, frozenset[str]]) -> bool:
    # Whoever answered gets no receipt at another's address.
    if message.kind == RECEIPT:
        return True
    # What must be told of a decision is owed whatever became of the advice, and after the case's end (reg 5(2)).
    if message.process_id is None or message.role == Role.TOLD:
        return False
    return message.subject in answered[message.process_id] or processes[message.process_id].ended_on is not None


def _pass_on(passing_on: PassingOn, messages: Iterable[Message], said: str) -> None:
    for message in messages:
        if not passing_on.to_the_next(message, CAME_BACK):
            passing_on.give_up(message, said)


def _revoke(session: Session, messages: Sequence[Message], recipient: str, now: datetime) -> None:
    """The links that the letter held: of its requests and notices, and to everything that this address was asked."""
    if not messages:
        return
    asked = select(AdviceRequest.id).where(
        or_(
            *(
                (AdviceRequest.process_id == each.process_id) & (AdviceRequest.subject == each.subject)
                for each in messages
            )
        )
    )
    of_notices = [
        (SecureLink.process_id == each.process_id) & (SecureLink.subject == f"{each.limit_id}/{each.subject}")
        for each in messages
    ]
    to_everything = col(SecureLink.kind).in_([Opens.LIST.value, Opens.CALENDAR.value])
    which = or_(col(SecureLink.request_id).in_(asked), to_everything, *of_notices)
    revoke(session, "came back", now, SecureLink.recipient == recipient, which)
