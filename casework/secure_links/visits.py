"""Visits: what somebody may open who has proved, with a code, that the address of a link is theirs.

A visit opens the links that were proved in it and nothing else; a link to a list opens each request of the same
address. It ends when it was idle for an hour, after four, when it is signed out of, or when none of its links is good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import Engine, text, update
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.secure_links.making import Opens, good_link, is_good
from casework.secure_links.opening import still_opens
from records.tables import LinkVisit, SecureLink

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=4)
# A page is asked for every few seconds: the moment of the last one need not be truer than this.
SEEN_EVERY = timedelta(minutes=1)

_WHOSE = text("""
SELECT v.id, v.recipient, v.links, v.seen_at FROM link_visit v
WHERE v.token_hash = :token AND v.authority = :authority AND v.revoked_at IS NULL AND v.ends_at > :now
AND v.seen_at > :idle AND EXISTS (
    SELECT FROM secure_link l WHERE l.id = ANY (v.links) AND l.revoked_at IS NULL AND l.expires_at > :now
)
""")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that goes on: whose address was proved, and with which links."""

    id: UUID
    recipient: str
    links: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a request of a process, a notice of one about a `subject`, or the list of the recipient."""

    link_id: UUID
    kind: Opens
    recipient: str
    process_id: UUID | None
    request_id: UUID | None
    subject: str


def begin_visit(session: Session, link: SecureLink, now: datetime, earlier: str = "") -> str:
    """Begin a visit by a link whose code was right; returns the secret for the browser's cookie, which is kept nowhere.

    `earlier` is the secret that the browser held before, which is worth nothing from now on: a visit that somebody
    else has planted never becomes that of the one who types a code. What it had proved of the same address goes on.
    """
    secret = token_urlsafe(32)
    before = _visit(session, earlier, now)
    known = before.links if before and before.recipient == link.recipient else ()
    end_visit(session, earlier, now)
    row = LinkVisit(
        authority=authority(),
        token_hash=_hash(secret),
        recipient=link.recipient,
        links=[],
        created_at=now,
        seen_at=now,
        ends_at=now + LONGEST,
    )
    add_link(row, *known, link.id)
    session.add(row)
    session.flush()
    return secret


def add_link(row: LinkVisit, *links: UUID) -> None:
    """Let a visit open these links too. They are the same address's: the caller has had it proved."""
    row.links = list(dict.fromkeys([*row.links, *links]))


def visit_of(db: Engine, secret: str, now: datetime) -> Visit | None:
    """The visit of a cookie's secret; None when there is none, it has ended, or nothing that it opens is good."""
    with Session(db) as session, session.begin():
        return _visit(session, secret, now)


def may_open(session: Session, visit: Visit, link_id: UUID, now: datetime) -> SecureLink | None:
    """The link of that id if this visit may open it and there is still something behind it; else None.

    Its own links, and by a link to a list every request of the same address.
    """
    link = session.exec(select(SecureLink).where(SecureLink.id == link_id, is_good(now))).first()
    if link is None or link.authority != authority() or link.recipient != visit.recipient:
        return None
    if link.id not in visit.links and not _is_listed(session, visit, link, now):
        return None
    return link if still_opens(session, link, now) else None


def opened_by(db: Engine, visit: Visit, link_id: UUID, now: datetime) -> Opened | None:
    """What a link of that id opens in this visit; None as for `may_open`."""
    with Session(db) as session:
        return _opened(may_open(session, visit, link_id, now))


def opened_already(db: Engine, secret: str, token: str, now: datetime) -> Opened | None:
    """What a link opens without another code, in the visit of a cookie's secret; None where one must be typed."""
    with Session(db) as session, session.begin():
        visit = _visit(session, secret, now)
        link = good_link(session, token, now) if visit else None
        return _opened(may_open(session, visit, link.id, now)) if visit and link else None


def end_visit(session: Session, secret: str, now: datetime) -> None:
    """End the visit of a cookie's secret, if there is one."""
    mine = (col(LinkVisit.token_hash) == _hash(secret)) & col(LinkVisit.revoked_at).is_(None)
    session.connection().execute(update(LinkVisit).where(mine).values(revoked_at=now))


def leave(db: Engine, secret: str, now: datetime) -> None:
    """Sign out of the visit of a cookie's secret."""
    with Session(db) as session, session.begin():
        end_visit(session, secret, now)


def _visit(session: Session, secret: str, now: datetime) -> Visit | None:
    if not secret:
        return None
    asked = {"token": _hash(secret), "authority": authority(), "now": now, "idle": now - IDLE}
    found = session.connection().execute(_WHOSE, asked).one_or_none()
    if found is None:
        return None
    if found.seen_at < now - SEEN_EVERY:
        session.connection().execute(update(LinkVisit).where(col(LinkVisit.id) == found.id).values(seen_at=now))
    return Visit(found.id, found.recipient, tuple(found.links))


def _opened(link: SecureLink | None) -> Opened | None:
    if link is None:
        return None
    return Opened(link.id, Opens(link.kind), link.recipient, link.process_id, link.request_id, link.subject)


def _is_listed(session: Session, visit: Visit, link: SecureLink, now: datetime) -> bool:
    if link.kind != Opens.REQUEST:
        return False
    lists = select(SecureLink.id).where(
        col(SecureLink.id).in_(visit.links),
        SecureLink.kind == Opens.LIST,
        SecureLink.recipient == link.recipient,
        is_good(now),
    )
    return session.exec(lists).first() is not None


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
