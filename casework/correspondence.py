"""What was said to whom: letters queued, sent, failed, held or skipped, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, cast

from sqlalchemy import Engine, func
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from casework.actor import Actor
from casework.cases import authority, find, may_see
from casework.errors import Refused
from casework.statuses import STATUSES
from records.tables import Digest, Message, Person, Process


class MessageRow(TypedDict):
    """One message; `sent_at` is when the letter that it was part of left, `fate` what was heard of it since."""

    case_ref: str
    mail_ref: str
    kind: str
    limit: str
    subject: str
    rung: str
    role: str
    recipient: str
    due_at: datetime
    status: str
    reason: str
    sent_at: datetime | None
    fate: str


def messages(
    db: Engine, actor: Actor, *, case: str | None = None, to: str | None = None, status: str | None = None
) -> list[MessageRow]:
    """Messages in the order in which they fall due: of a case, to an address, in a status, or all.

    Those about restricted people are shown only to actors who are named. Raises UnknownCase; Refused for a
    status that there is not.
    """
    if status is not None and status not in STATUSES:
        raise Refused(f"There is no status {status!r}. It is one of {', '.join(STATUSES)}.")
    with Session(db) as session:
        query = select(Message, Process, Person, Digest).where(Message.authority == authority())
        if case is not None:
            query = query.where(Message.process_id == find(session, case, actor).process.id)
        if to is not None:
            address = to.strip().lower()
            query = query.where(or_(func.lower(Message.recipient) == address, func.lower(Message.fallback) == address))
        if status is not None:
            query = query.where(Message.status == status)
        return [_row(found) for found in _joined(session, query) if _may_read(found, actor)]


Found = tuple[Message, Process | None, Person | None, Digest | None]


def _joined(session: Session, query: Select[Message, Process, Person, Digest]) -> Sequence[Found]:
    joined = (
        query.join(Process, col(Process.id) == col(Message.process_id), isouter=True)
        .join(Person, col(Person.id) == col(Process.person_id), isouter=True)
        .join(Digest, col(Digest.id) == col(Message.digest_id), isouter=True)
        .order_by(col(Message.due_at), col(Message.step_key))
    )
    return cast("Sequence[Found]", session.exec(joined).all())


def _may_read(found: Found, actor: Actor) -> bool:
    person = found[2]
    return person is None or may_see(person, actor)


def _row(found: Found) -> MessageRow:
    message, process, _, digest = found
    return MessageRow(
        case_ref=process.case_ref if process else "",
        mail_ref=message.mail_ref or "",
        kind=message.kind,
        limit=message.limit_id,
        subject=message.subject,
        rung=message.rung,
        role=message.role,
        recipient=message.recipient or "",
        due_at=message.due_at,
        status=message.status,
        reason=message.reason,
        sent_at=digest.sent_at if digest else None,
        fate=digest.fate if digest else "",
    )
