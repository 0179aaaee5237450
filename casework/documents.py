"""Documents of cases: laid by outside the database, put on record inside it, read again by whoever may see the case.

A document is sealed in the store first, and then its row is written in the transaction of whatever came with it. So a
process that is killed in between leaves a sealed document that nothing speaks of, which a night throws away, and never
a row without its document.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority, find, may_see
from casework.errors import CaseworkError
from casework.read_log import note_read
from documents.checking import Checked
from documents.errors import Gone, Spoilt
from documents.house import Archive
from records.tables import Document, InboundMail, Person, Process, ReadLog

REPRESENTATIONS, EVIDENCE, ADVICE, REPLY, LETTER = "representations", "evidence", "advice", "reply", "letter"
PAPERS = frozenset({REPRESENTATIONS, EVIDENCE})
"""What goes with every request for advice (reg 6(3))."""


class UnknownDocument(CaseworkError):
    """There is no such document, or it is not for this person to know."""

    def __init__(self) -> None:
        super().__init__("There is no such document. Somebody may have put it aside meanwhile: go back and reload.")


class Unreadable(CaseworkError):
    """The document is on record, and its content cannot be had."""

    def __init__(self) -> None:
        super().__init__(
            "The document is on record, but what is kept of it cannot be read. Nothing was given out. Tell your "
            "administrator, and ask whoever sent it for another copy."
        )


@dataclass(frozen=True, slots=True)
class LaidBy:
    """A document that lies sealed in the store, and that nothing speaks of yet. `size` is in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    content_hash: bytes
    key_id: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as lists show it. `kept_by` is a username or the address of whoever sent it."""

    id: UUID
    purpose: str
    name: str
    media_type: str
    size: int
    content_hash: bytes
    kept_at: datetime
    kept_by: str
    channel: str
    request_id: UUID | None
    answer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Content:
    """A document as it is given out."""

    name: str
    media_type: str
    content: bytes


def lay_by(archive: Archive, checked: Checked) -> LaidBy:
    """Seal a document in the store, before the transaction that puts it on record. Raises documents.errors.StoreAway.

    No row speaks of it yet: one that is never put on record is thrown away by `casework.document_upkeep.sweep`.
    """
    document_id = uuid4()
    key_id = archive.keep(document_id, checked.content)
    digest = sha256(checked.content).digest()
    return LaidBy(document_id, checked.name, checked.media_type, len(checked.content), digest, key_id)


def add(
    session: Session,
    laid_by: LaidBy,
    *,
    purpose: str,
    by: str,
    channel: str,
    now: datetime,
    process_id: UUID | None = None,
    request_id: UUID | None = None,
    answer_id: UUID | None = None,
    inbound_id: UUID | None = None,
) -> Document:
    """Put a document on record, in the caller's transaction."""
    row = Document(
        authority=authority(),
        id=laid_by.id,
        process_id=process_id,
        request_id=request_id,
        answer_id=answer_id,
        inbound_id=inbound_id,
        purpose=purpose,
        name=laid_by.name,
        media_type=laid_by.media_type,
        size=laid_by.size,
        content_hash=laid_by.content_hash,
        key_id=laid_by.key_id,
        kept_at=now,
        kept_by=by,
        channel=channel,
    )
    session.add(row)
    return row


def listed(db: Engine, reference: str, actor: Actor, purposes: Collection[str] = ()) -> Sequence[Listed]:
    """The documents of a case, the oldest first: all, or those of some purposes. Raises UnknownCase."""
    with Session(db) as session:
        return documents_of(session, [find(session, reference, actor).process.id], purposes)


def documents_of(session: Session, processes: Collection[UUID], purposes: Collection[str] = ()) -> Sequence[Listed]:
    """The documents of these processes that nobody has put aside, the oldest first."""
    query = select(Document).where(col(Document.process_id).in_(processes), *_there())
    if purposes:
        query = query.where(col(Document.purpose).in_(purposes))
    return [_listed(row) for row in session.exec(query.order_by(col(Document.kept_at), col(Document.id)))]


def documents_of_mail(session: Session, inbound_id: UUID) -> Sequence[Listed]:
    """The documents that came with a mail and that nobody has put aside, in the order of their names."""
    query = select(Document).where(Document.inbound_id == inbound_id, *_there())
    return [_listed(row) for row in session.exec(query.order_by(col(Document.name), col(Document.id)))]


def content_of(
    db: Engine, archive: Archive, document_id: UUID, actor: Actor, now: datetime, *, unfiled: bool = False
) -> Content:
    """A document for somebody of the staff who may see its case; that it was given out is put down.

    `unfiled`: also one that came by mail and belongs to no case yet. Raises UnknownDocument, Unreadable, and
    documents.errors.StoreAway.
    """
    with Session(db) as session:
        row = session.get(Document, document_id)
        if row is None or not _may_have(session, row, actor, unfiled):
            raise UnknownDocument
    return _given_out(db, archive, row, actor, now)


def paper_of(db: Engine, archive: Archive, process_id: UUID, document_id: UUID, actor: Actor, now: datetime) -> Content:
    """One of the papers of a case, for whoever was asked for advice in it: the caller has seen that they were.

    Raises as `content_of`; UnknownDocument also for a document of the case that is not one of its papers.
    """
    with Session(db) as session:
        row = session.get(Document, document_id)
        if row is None or row.process_id != process_id or row.purpose not in PAPERS or not _is_there(row):
            raise UnknownDocument
    return _given_out(db, archive, row, actor, now)


def _given_out(db: Engine, archive: Archive, row: Document, actor: Actor, now: datetime) -> Content:
    try:
        content = archive.read(row.id, row.key_id)
    except (Gone, Spoilt) as error:
        raise Unreadable from error
    if sha256(content).digest() != row.content_hash:
        raise Unreadable
    _put_down(db, row, actor, now)
    return Content(row.name, row.media_type, content)


def _put_down(db: Engine, row: Document, actor: Actor, now: datetime) -> None:
    if row.process_id is not None:
        note_read(db, actor, "document", [row.process_id], now)
        return
    with Session(db) as session, session.begin():
        session.add(
            ReadLog(
                authority=authority(), at=now, username=actor.name, channel=actor.channel, what="document", processes=[]
            )
        )


def _may_have(session: Session, row: Document, actor: Actor, unfiled: bool) -> bool:
    if not _is_there(row):
        return False
    process_id = row.process_id or _of_its_mail(session, row)
    if process_id is None:
        return unfiled
    process = session.get_one(Process, process_id)
    return may_see(session.get_one(Person, process.person_id), actor)


def _of_its_mail(session: Session, row: Document) -> UUID | None:
    mail = session.get(InboundMail, row.inbound_id) if row.inbound_id else None
    return mail.process_id if mail else None


def _there() -> tuple[ColumnElement[bool], ...]:
    return (col(Document.withdrawn_at).is_(None), col(Document.erased_at).is_(None))


def _is_there(row: Document) -> bool:
    return row.withdrawn_at is None and row.erased_at is None and row.authority == authority()


def _listed(row: Document) -> Listed:
    return Listed(
        row.id,
        row.purpose,
        row.name,
        row.media_type,
        row.size,
        row.content_hash,
        row.kept_at,
        row.kept_by,
        row.channel,
        row.request_id,
        row.answer_id,
    )
