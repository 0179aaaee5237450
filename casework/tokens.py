"""Personal access tokens for the API: a token may do what its holder may do at that moment. Only its hash is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, text, update
from sqlmodel import Session, col, func, select

from casework.cases import authority
from casework.errors import Refused
from casework.sessions import SignedIn
from records.tables import ApiToken

PREFIX = "ehcp_"
"""What every token begins with, so that scanners of source code recognise one that was left there."""

LONGEST_DAYS = 365
MOST_TOKENS = 20
LONGEST_NAME = 60
# A program asks many times a second: the moment a token was last used need not be truer than this.
USED_EVERY = timedelta(minutes=1)

_HOLDER = text("""
SELECT t.id, t.created_at, t.last_used_at, o.username, o.name, o.role, o.team, o.email FROM api_token t
JOIN officer o ON o.authority = t.authority AND o.username = t.username AND o.active
WHERE t.token_hash = :token AND t.authority = :authority AND t.revoked_at IS NULL AND t.expires_at > :now
""")


@dataclass(frozen=True, slots=True)
class TokenShown:
    """One of somebody's tokens as they may see it again: everything but the token."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


def make_token(db: Engine, username: str, name: str, days: int, now: datetime) -> str:
    """A token for `username`, valid for `days`; returned once, and kept nowhere.

    `name` is what its holder knows it by. Raises Refused for a bad name, a bad number of days, or one token too many.
    """
    name = name.strip()
    _check(name, days)
    token = PREFIX + token_urlsafe(32)
    with Session(db) as session, session.begin():
        if _valid(session, username, now) >= MOST_TOKENS:
            raise Refused(f"You have {MOST_TOKENS} tokens already. Revoke one that you no longer use.")
        row = ApiToken(
            authority=authority(),
            token_hash=_hash(token),
            username=username,
            name=name,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        session.add(row)
    return token


def holder_of(db: Engine, token: str, now: datetime) -> SignedIn | None:
    """Whose token it is; None when it is unknown, expired or revoked, or its holder has left.

    The role is that of the directory as it is now; `session_id` is the token's id.
    """
    if not token.startswith(PREFIX):
        return None
    with db.begin() as connection:
        asked = {"token": _hash(token), "authority": authority(), "now": now}
        found = connection.execute(_HOLDER, asked).one_or_none()
        if found is None:
            return None
        if found.last_used_at is None or found.last_used_at < now - USED_EVERY:
            connection.execute(update(ApiToken).where(col(ApiToken.id) == found.id).values(last_used_at=now))
    return SignedIn(found.id, found.username, found.name, found.role, found.team, found.email, found.created_at)


def tokens_of(db: Engine, username: str, now: datetime) -> Sequence[TokenShown]:
    """Somebody's tokens that still work, the newest first."""
    query = select(ApiToken).where(*_whose(username, now)).order_by(col(ApiToken.created_at).desc())
    with Session(db) as session:
        rows = session.exec(query).all()
        return [TokenShown(row.id, row.name, row.created_at, row.expires_at, row.last_used_at) for row in rows]


def revoke_token(db: Engine, username: str, number: UUID, now: datetime) -> bool:
    """End one of somebody's own tokens; False when there is no such token of theirs that still works."""
    ended = update(ApiToken).where(*_whose(username, now), col(ApiToken.id) == number).values(revoked_at=now)
    with Session(db) as session, session.begin():
        return session.connection().execute(ended).rowcount == 1


def revoke_tokens_of(db: Engine, username: str, now: datetime) -> int:
    """End all of somebody's tokens; returns how many."""
    ended = update(ApiToken).where(*_whose(username, now)).values(revoked_at=now)
    with Session(db) as session, session.begin():
        return session.connection().execute(ended).rowcount


def _whose(username: str, now: datetime) -> Sequence[ColumnElement[bool]]:
    return [
        col(ApiToken.authority) == authority(),
        col(ApiToken.username) == username,
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_at) > now,
    ]


def _valid(session: Session, username: str, now: datetime) -> int:
    return session.exec(select(func.count()).select_from(ApiToken).where(*_whose(username, now))).one()


def _check(name: str, days: int) -> None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"Give the token a name of at most {LONGEST_NAME} characters, so that you know it again.")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"A token is valid for 1 to {LONGEST_DAYS} days.")


def _hash(token: str) -> bytes:
    # A token of 256 random bits cannot be guessed from its hash: nothing slower is needed.
    return sha256(token.encode()).digest()
