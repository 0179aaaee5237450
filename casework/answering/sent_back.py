"""Advice that was sent back as not complete: what came with it is kept, and need not be sent again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.answering.kinds import Answer as Kind
from records.tables import Answer, Document


def latest_sent_back(session: Session, request_id: UUID) -> Answer | None:
    """The last advice of a request that was sent back, while that stands."""
    query = select(Answer).where(
        Answer.request_id == request_id, Answer.kind == Kind.RECEIVED.value, col(Answer.settled_at).is_(None)
    )
    found = [each for each in session.exec(query.order_by(col(Answer.given_at))) if each.faults]
    return found[-1] if found else None


def kept_of(session: Session, request_id: UUID) -> Sequence[Document]:
    """The documents of advice that was sent back, those that nobody has put aside."""
    last = latest_sent_back(session, request_id)
    if last is None:
        return ()
    query = select(Document).join(Answer, col(Answer.id) == col(Document.answer_id))
    mine = (Answer.request_id == request_id, Answer.kind == Kind.RECEIVED.value, col(Answer.given_at) <= last.given_at)
    there = (col(Document.withdrawn_at).is_(None), col(Document.erased_at).is_(None))
    return session.exec(query.where(*mine, *there).order_by(col(Document.kept_at), col(Document.id))).all()


def hashes_with_kept(session: Session, request_id: UUID, kind: Kind, new: Sequence[bytes]) -> Sequence[bytes]:
    """The documents that an answer rests on: of advice also what came before with advice that was sent back, once."""
    earlier = [each.content_hash for each in kept_of(session, request_id)] if kind is Kind.RECEIVED else []
    return list(dict.fromkeys([*earlier, *new]))


def settle_earlier(session: Session, answer: Answer, by: Actor, now: datetime) -> None:
    """What was sent back is dealt with once the whole is there, or the answer is another one."""
    if Kind(answer.kind) not in (Kind.RECEIVED, Kind.NIL, Kind.DECLINED):
        return
    query = select(Answer).where(Answer.request_id == answer.request_id, Answer.id != answer.id)
    for each in session.exec(query):
        if each.faults and each.settled_at is None and not each.waits:
            each.settled_at, each.settled_by = now, by.name
            session.add(each)
