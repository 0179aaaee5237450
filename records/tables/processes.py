"""One statutory process of one person, and the advice asked for within it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class Process(OfAuthority, table=True):
    """An assessment or a review (`kind`: assessment, annual-review) of one person, from its first fact to its end.

    `mail_ref` is the opaque reference that stands for the child wherever `case_ref` must not be seen.
    `version` is the sequence of its last fact and `head_hash` that fact's hash. `armed_from` is the moment
    from which it may send mail (null: quiet), let by `armed_by` at `armed_at`. `next_wake` and `seen_version`
    say what its workflow was last told; `run` rises when a closed process is reopened. `source_row` is the row
    it was last imported from.
    """

    __table_args__ = (
        UniqueConstraint("authority", "case_ref"),
        UniqueConstraint("mail_ref"),
        # A reference is found in whatever capitals it is typed.
        # The name first: with the authority first, Postgres, which knows nothing of a young table yet, may take it for
        # the exact reference as well, and read every case.
        Index("ix_process_folded", text("upper(case_ref)"), "authority"),
        Index("ix_process_running", "kind", "officer", "id", postgresql_where=text("ended_on IS NULL")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    kind: str = "assessment"
    case_ref: str
    mail_ref: str
    officer: str | None = None
    team: str | None = None
    opened_at: datetime = Field(sa_type=Instant)
    armed_from: datetime | None = Field(default=None, sa_type=Instant)
    armed_at: datetime | None = Field(default=None, sa_type=Instant)
    armed_by: str | None = None
    run: int = 1
    version: int = 0
    head_hash: bytes = b""
    ended_on: date | None = None
    source_row: str | None = Field(default=None, sa_type=Text)
    imported: bool = False
    next_wake: datetime | None = Field(default=None, sa_type=Instant)
    seen_version: int | None = None


class AdviceRequest(OfAuthority, table=True):
    """One ask of one body in one process (reg 6(1)), with its own six weeks from the body's own receipt.

    `mode` is "seek", "reuse" (reg 6(4)) or "already_asked". Education has no body: it is the setting by URN.
    `subject` is that of its facts: the category, or category/body where a category has several requests.
    `asked_of` is a colleague within the body to whom it was passed on: written to before the body's own addresses.
    `papers_sent_at`: a mail server took the letter whose link carries the whole request (reg 6(3)).
    """

    __table_args__ = (UniqueConstraint("process_id", "subject"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    process_id: UUID = Field(foreign_key="process.id")
    category: str
    body_id: UUID | None = Field(default=None, foreign_key="body.id")
    setting_urn: str | None = None
    subject: str
    mode: str = "seek"
    created_at: datetime = Field(sa_type=Instant)
    announced_at: datetime | None = Field(default=None, sa_type=Instant)
    papers_sent_at: datetime | None = Field(default=None, sa_type=Instant)
    asked_of: str | None = None
