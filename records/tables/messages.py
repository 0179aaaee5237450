"""What is to be said to whom, what was grouped into one letter, and how each delivery went."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority, Table


class Digest(OfAuthority, table=True):
    """One letter to one recipient: the messages of one kind on one day, claimed before it is sent.

    `carrier` is smtp or notify; `carrier_id` is Notify's own id of it. `fate` is what became of it after it was taken
    (pending, delivered, bounced, delayed, failed; empty: nobody knows), last looked at `fate_at`.
    """

    __table_args__ = (
        UniqueConstraint("recipient", "day", "kind"),
        Index("ix_digest_message_id_header", "message_id_header"),
        Index("ix_digest_pending", "sent_at", postgresql_where=text("fate = 'pending'")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recipient: str
    day: date
    kind: str
    message_id_header: str
    claimed_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    carrier: str = "smtp"
    carrier_id: str | None = None
    fate: str = ""
    fate_at: datetime | None = Field(default=None, sa_type=Instant)


class Message(OfAuthority, table=True):
    """One thing to say to one person. The insert is the claim: `step_key` can be there once.

    `status` is "queued", "sending", "sent", "failed", "held" or "skipped", with the `reason` beside it.
    `about` holds ids, dates and codes only: what is wanted, by which day and why; never a name.
    """

    __table_args__ = (
        UniqueConstraint("step_key"),
        Index("ix_message_status_due", "status", "due_at"),
        Index("ix_message_recipient", "recipient", "due_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    step_key: str
    process_id: UUID | None = Field(default=None, foreign_key="process.id", index=True)
    mail_ref: str | None = None
    limit_id: str = ""
    subject: str = ""
    rung: str = ""
    kind: str
    role: str
    recipient: str | None = None
    fallback: str | None = None
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    due_at: datetime = Field(sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    status: str = "queued"
    reason: str = ""
    digest_id: UUID | None = Field(default=None, foreign_key="digest.id", index=True)
    urgent: bool = False


class DeliveryAttempt(Table, table=True):
    """One try to hand one letter to a mail server.

    `outcome` is "accepted", "temporary", "permanent" or "unknown" (the connection broke before an answer).
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    digest_id: UUID = Field(foreign_key="digest.id", index=True)
    recipient: str
    at: datetime = Field(sa_type=Instant)
    outcome: str
    code: int | None = None
    detail: str = ""
