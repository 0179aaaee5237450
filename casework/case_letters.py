"""The letters of one case: who was written to about what, how each went, and when the next is tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.case_head import Head, open_case
from casework.fates import PENDING
from casework.statuses import SENT
from records.tables import Digest, Message

CHASERS = frozenset({"chase", "escalate", "danger", "report", "arrange"})
"""Kinds of letter that ask again for what is owed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a case. `at` is when it left, or from when on it is to go; `due` the legal day it is about.

    `fate` is what was heard of it after it was taken (delivered, bounced, delayed, failed); empty: nothing.
    """

    kind: str
    limit: str
    subject: str
    rung: str
    role: str
    recipient: str
    status: str
    reason: str
    due_at: datetime
    sent_at: datetime | None
    urgent: bool
    key: str
    due: date | None
    fate: str = ""

    @property
    def at(self) -> datetime:
        """When it left; of one that has not left, the moment from which it is to go."""
        return self.sent_at or self.due_at

    @property
    def sent(self) -> bool:
        """Whether a mail server took it."""
        return self.status == SENT

    @property
    def became(self) -> str:
        """What became of it: its fate where something was heard, else its status."""
        return self.fate or self.status


def letters_of(session: Session, process_id: UUID) -> Sequence[Letter]:
    """Every message of a process in the order in which they fall due."""
    query = (
        select(Message, Digest)
        .join(Digest, col(Digest.id) == col(Message.digest_id), isouter=True)
        .where(Message.process_id == process_id)
        .order_by(col(Message.due_at), col(Message.step_key))
    )
    return [_letter(message, digest) for message, digest in session.exec(query)]


def letters(db: Engine, reference: str, actor: Actor) -> tuple[Head, Sequence[Letter]]:
    """A case with its letters. Raises UnknownCase."""
    with Session(db) as session:
        opened = open_case(session, reference, actor)
        return opened.head, letters_of(session, opened.head.id)


def _letter(message: Message, digest: Digest | None) -> Letter:
    due = message.about.get("due")
    return Letter(
        kind=message.kind,
        limit=message.limit_id,
        subject=message.subject,
        rung=message.rung,
        role=message.role,
        recipient=message.recipient or "",
        status=message.status,
        reason=message.reason,
        due_at=message.due_at,
        sent_at=(digest.sent_at if digest else None) if message.status == SENT else None,
        urgent=message.urgent,
        key=message.step_key,
        due=date.fromisoformat(due) if due else None,
        fate=digest.fate if digest and message.status == SENT and digest.fate != PENDING else "",
    )
