"""Who is signed in: sessions kept here, known to the browser by a secret of which only the hash is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, text, update
from sqlmodel import Session, col, select

from casework.cases import authority
from config.settings import Settings
from records.tables import WebSession

# A page is asked for every few seconds: the moment somebody was last seen need not be truer than this.
SEEN_EVERY = timedelta(minutes=1)

_WHO = text("""
SELECT s.id, s.seen_at, s.created_at, o.username, o.name, o.role, o.team, o.email FROM web_session s
JOIN officer o ON o.authority = s.authority AND o.username = s.username AND o.active
WHERE s.token_hash = :token AND s.authority = :authority AND s.revoked_at IS NULL AND s.ends_at > :now
AND s.seen_at > :idle
""")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An active officer with a session. The role is that of the directory as it is now."""

    session_id: UUID
    username: str
    name: str
    role: str
    team: str | None
    email: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One browser in which somebody is signed in, as they are shown it: `how` is code, link, provider or demo."""

    id: UUID
    how: str
    since: datetime
    seen_at: datetime
    ends_at: datetime


def begin_session(db: Engine, username: str, how: str, now: datetime, settings: Settings) -> str:
    """Sign somebody in; returns the secret for the browser's cookie, which is kept nowhere."""
    token = token_urlsafe(32)
    with Session(db) as session, session.begin():
        session.add(
            WebSession(
                authority=authority(),
                token_hash=_hash(token),
                username=username,
                how=how,
                created_at=now,
                seen_at=now,
                ends_at=now + timedelta(hours=settings.session_hours),
            )
        )
    return token


def session_of(db: Engine, token: str, now: datetime, settings: Settings) -> SignedIn | None:
    """Whose session a cookie's secret is; None when it has ended, was revoked or idle too long, or they have left."""
    idle = now - timedelta(minutes=settings.session_idle_minutes)
    asked = {"token": _hash(token), "authority": authority(), "now": now, "idle": idle}
    with db.begin() as connection:
        found = connection.execute(_WHO, asked).one_or_none()
        if found is None:
            return None
        if found.seen_at < now - SEEN_EVERY:
            connection.execute(update(WebSession).where(col(WebSession.id) == found.id).values(seen_at=now))
    return SignedIn(found.id, found.username, found.name, found.role, found.team, found.email, found.created_at)


def sessions_of(db: Engine, username: str, now: datetime, settings: Settings) -> Sequence[SessionShown]:
    """Where somebody is signed in now, the newest first."""
    idle = now - timedelta(minutes=settings.session_idle_minutes)
    query = select(WebSession).where(*_whose(username), col(WebSession.ends_at) > now, col(WebSession.seen_at) > idle)
    with Session(db) as session:
        rows = session.exec(query.order_by(col(WebSession.created_at).desc())).all()
        return [SessionShown(row.id, row.how, row.created_at, row.seen_at, row.ends_at) for row in rows]


def end_session_of(db: Engine, username: str, session_id: UUID, now: datetime) -> bool:
    """Sign somebody out of one of their own browsers; False when that is none of theirs, or has ended."""
    with Session(db) as session, session.begin():
        ended = update(WebSession).where(*_whose(username), col(WebSession.id) == session_id).values(revoked_at=now)
        return session.connection().execute(ended).rowcount == 1


def end_session(db: Engine, session_id: UUID, now: datetime) -> None:
    """Sign one browser out."""
    with Session(db) as session, session.begin():
        ended = update(WebSession).where(col(WebSession.id) == session_id, col(WebSession.revoked_at).is_(None))
        session.connection().execute(ended.values(revoked_at=now))


def end_sessions_of(db: Engine, username: str, now: datetime) -> int:
    """Sign somebody out everywhere; returns how many sessions were ended."""
    with Session(db) as session, session.begin():
        ended = update(WebSession).where(*_whose(username)).values(revoked_at=now)
        return session.connection().execute(ended).rowcount


def end_session_with(db: Engine, token: str, now: datetime) -> None:
    """End the session of a cookie's secret, if there is one."""
    with Session(db) as session, session.begin():
        ended = update(WebSession).where(
            col(WebSession.token_hash) == _hash(token), col(WebSession.revoked_at).is_(None)
        )
        session.connection().execute(ended.values(revoked_at=now))


def _whose(username: str) -> Sequence[ColumnElement[bool]]:
    mine = (col(WebSession.authority) == authority(), col(WebSession.username) == username)
    return (*mine, col(WebSession.revoked_at).is_(None))


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
