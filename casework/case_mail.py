"""Mail that came about one case: bounces, absences and replies, with what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.return_keeping import absence_apart
from casework.unfiled import UNFILED
from records.tables import Document, InboundMail


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that came with a mail. `size` is in bytes."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Came:
    """One mail. `away_until` is the last day that an automatic answer names; `about` the address that was written to.

    `documents` are those that may be shown: none of a mail that was set aside.
    """

    id: UUID
    kind: str
    received_at: datetime
    status: str
    about: str
    code: str
    away_until: date | None
    outcome: str
    by: str
    documents: Sequence[Paper]

    @property
    def waits(self) -> bool:
        """Whether somebody has still to file it."""
        return self.status == UNFILED


def mail_about(db: Engine, process_id: UUID) -> Sequence[Came]:
    """What came about a process that the caller may see, the newest first; at most a hundred."""
    query = select(InboundMail).where(InboundMail.process_id == process_id)
    with Session(db) as session:
        rows = session.exec(query.order_by(col(InboundMail.received_at).desc(), col(InboundMail.id)).limit(100)).all()
        papers = _papers(session, [row.id for row in rows])
        return [_came(row, papers.get(row.id, [])) for row in rows]


def _papers(session: Session, mails: Sequence[UUID]) -> Mapping[UUID, list[Paper]]:
    there = (col(Document.withdrawn_at).is_(None), col(Document.erased_at).is_(None))
    query = select(Document).where(col(Document.inbound_id).in_(mails), *there).order_by(col(Document.name))
    found: dict[UUID, list[Paper]] = {}
    for row in session.exec(query):
        if row.inbound_id:
            found.setdefault(row.inbound_id, []).append(Paper(row.id, row.name, row.size))
    return found


def _came(row: InboundMail, documents: Sequence[Paper]) -> Came:
    away, rest = absence_apart(row.outcome)
    return Came(
        id=row.id,
        kind=row.kind,
        received_at=row.received_at,
        status=row.status,
        about=row.failed_recipient or row.sender,
        code=row.status_code,
        away_until=away,
        outcome="" if row.status == UNFILED else rest,
        by=row.handled_by or "",
        documents=documents,
    )
