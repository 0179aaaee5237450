"""Links for people without an account: what each opens, the codes that prove whose it is, and visits by them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Index, UniqueConstraint, Uuid, text
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class SecureLink(OfAuthority, table=True):
    """One link mailed to one address: never its secret, only that secret's hash.

    `kind` is request (one request for advice), notice (what regs 4(2), 5(2) and 10(2) say must be told, of one process
    and `subject`), list (all open requests of the `recipient`) or calendar (the same as a feed, references only). It is
    good until `expires_at` unless it was revoked; the secret is derived from its id, so that the same letter sent twice
    holds the same link.
    """

    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_secure_link_recipient", "recipient", "kind"),
        Index("ix_secure_link_request", "request_id"),
        Index("ix_secure_link_process", "process_id"),
        # One that is good at a time: two letters made at once hold the same link.
        Index(
            "uq_secure_link_good",
            "kind",
            "recipient",
            text("coalesce(request_id, process_id, '00000000-0000-0000-0000-000000000000'::uuid)"),
            "subject",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str
    recipient: str
    process_id: UUID | None = Field(default=None, foreign_key="process.id")
    request_id: UUID | None = Field(default=None, foreign_key="advice_request.id")
    subject: str = ""
    token_hash: bytes
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_why: str = ""


class LinkCode(OfAuthority, table=True):
    """Six figures mailed to the address of a link, for the browser that asked: used once, soon or never."""

    __table_args__ = (Index("ix_link_code_link", "link_id", "created_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    link_id: UUID = Field(foreign_key="secure_link.id")
    secret_hash: bytes
    browser_hash: bytes
    tries: int = 0
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class LinkVisit(OfAuthority, table=True):
    """One browser in which somebody proved that the address of these links is theirs."""

    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_link_visit_recipient", "recipient"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: bytes
    recipient: str
    links: list[UUID] = Field(sa_type=ARRAY(Uuid()))
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
