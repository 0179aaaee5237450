"""Mail that came back or came in: bounces, answers of machines, replies of people."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class InboundMail(OfAuthority, table=True):
    """One mail from the return mailbox, read once by its `message_key` (a hash of its Message-ID and content).

    `kind` is bounce, delayed, automatic (out of office), reply or unknown. `digest_id` is the letter of ours that it
    answers, `process_id` and `request_id` what that letter was about where it was one thing. `status` is done (nothing
    is left to do), unfiled (a person looks at it), filed or set_aside. `sender`, `subject` and `text` may be personal:
    they stay here, are shown to whoever may see the case (to managers where there is none) and are erased when filed.
    """

    __table_args__ = (
        UniqueConstraint("message_key"),
        Index("ix_inbound_mail_status", "status", "received_at"),
        Index("ix_inbound_mail_process", "process_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    message_key: str
    received_at: datetime = Field(sa_type=Instant)
    kind: str
    sender: str = ""
    subject: str = Field(default="", sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    failed_recipient: str | None = None
    status_code: str = ""
    digest_id: UUID | None = Field(default=None, foreign_key="digest.id")
    process_id: UUID | None = Field(default=None, foreign_key="process.id")
    request_id: UUID | None = Field(default=None, foreign_key="advice_request.id")
    status: str = "unfiled"
    outcome: str = ""
    handled_at: datetime | None = Field(default=None, sa_type=Instant)
    handled_by: str | None = None
