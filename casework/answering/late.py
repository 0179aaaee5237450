"""Whoever began to answer while the link was good, and sends it when that is over: nothing that they typed is lost.

Such a visit shows nothing of the child any more. It can only hand over what was filled in, which then waits for a
caseworker.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.secure_links.making import Opens
from casework.secure_links.visits import IDLE, Opened, Visit
from records.tables import LinkVisit, Person, Process, SecureLink


def late_visit(db: Engine, secret: str, now: datetime) -> Visit | None:
    """The visit of a cookie's secret, though none of its links may be good any more; None when it has ended itself."""
    with Session(db) as session:
        row = _visit(session, secret, now)
        return Visit(row.id, row.recipient, tuple(row.links)) if row else None


def opened_late(db: Engine, visit: Visit, link_id: UUID, now: datetime) -> Opened | None:
    """What a link of a request opened earlier in this visit; None where this visit never could open it."""
    with Session(db) as session:
        row, link = session.get(LinkVisit, visit.id), session.get(SecureLink, link_id)
        if row is None or link is None or link.kind != Opens.REQUEST or link.recipient != visit.recipient:
            return None
        if not _was_open(session, row, link) or link.authority != authority() or _erased(session, link):
            return None
        return Opened(link.id, Opens.REQUEST, link.recipient, link.process_id, link.request_id, link.subject)


def _visit(session: Session, secret: str, now: datetime) -> LinkVisit | None:
    mine = (
        LinkVisit.token_hash == sha256(secret.encode()).digest(),
        LinkVisit.authority == authority(),
        col(LinkVisit.revoked_at).is_(None),
        col(LinkVisit.ends_at) > now,
        col(LinkVisit.seen_at) > now - IDLE,
    )
    return session.exec(select(LinkVisit).where(*mine)).first()


def _was_open(session: Session, row: LinkVisit, link: SecureLink) -> bool:
    """Whether the link was good when the visit began: it was proved in it, or was on the list that was."""
    if link.revoked_at is not None and link.revoked_at < row.created_at:
        return False
    lists = select(SecureLink.id).where(col(SecureLink.id).in_(row.links), SecureLink.kind == Opens.LIST)
    return link.id in row.links or session.exec(lists).first() is not None


def _erased(session: Session, link: SecureLink) -> bool:
    process = session.get_one(Process, link.process_id)
    return session.get_one(Person, process.person_id).text_key is None
