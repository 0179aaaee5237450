"""Who is signed in, by what they may sign in, and which children's records they have read."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, BigInteger, Identity, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class WebSession(OfAuthority, table=True):
    """One signed-in browser. Only the hash of its secret is kept; `how` is code, link, provider or demo.

    It ends at `ends_at`, when idle too long since `seen_at`, or when it is revoked.
    """

    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_web_session_username", "username"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: bytes
    username: str
    how: str
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class LoginCode(OfAuthority, table=True):
    """A code mailed to an officer, or the secret of a sign-in link (`kind`: code or link): used once, soon or never.

    `browser_hash` binds a code to the browser that asked for it; `tries` counts wrong guesses.
    """

    __table_args__ = (Index("ix_login_code_username", "username", "created_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = "code"
    username: str
    secret_hash: bytes
    browser_hash: bytes | None = None
    tries: int = 0
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class SignInAttempt(OfAuthority, table=True):
    """One try to sign in or to ask for a code, for the rate limits: `key` is a keyed hash, never a name or address."""

    __table_args__ = (Index("ix_sign_in_attempt_key", "key", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    at: datetime = Field(sa_type=Instant)
    key: str
    what: str
    outcome: str


class ApiToken(OfAuthority, table=True):
    """A personal access token for the API: it may do what its holder may do now. Only its hash is kept."""

    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_api_token_username", "username"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: bytes
    username: str
    name: str
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class KeptAnswer(OfAuthority, table=True):
    """What the API answered to a write with an idempotency key, to be answered again to the same request.

    Null `status`: the write is under way.
    """

    username: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: bytes
    status: int | None = None
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    at: datetime = Field(sa_type=Instant)


class ReadLog(OfAuthority, table=True):
    """Somebody was shown children's records: on which page or list, and of which processes. Only added to."""

    __table_args__ = (
        Index("ix_read_log_at", "at"),
        Index("ix_read_log_processes", "processes", postgresql_using="gin"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    at: datetime = Field(sa_type=Instant)
    username: str
    channel: str
    what: str
    processes: list[UUID] = Field(sa_type=ARRAY(Uuid()))


class Draft(OfAuthority, table=True):
    """What somebody has typed so far of a form of several pages (`kind`), so that nothing typed is lost or in a URL."""

    __table_args__ = (Index("ix_draft_username", "username"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    username: str
    kind: str
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
