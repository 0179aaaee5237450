"""Advice that was sent back as not complete: what came with it is kept, and need not be sent again."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

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
