"""What goes with requests for advice: the papers of a case, what was answered, and the documents that came with it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class Document(OfAuthority, table=True):
    """One document of a case. Its content lies sealed in the document store under its id, its hash in the ledger too.

    `purpose` is representations or evidence (reg 6(3): shown to whoever is asked), advice, reply (came by mail and
    waits to be filed: no process yet) or letter. `content_hash` is the SHA-256 of the content as it was given, `key_id`
    names the key it is sealed with. `withdrawn_at`: put aside by a person, shown no more; `erased_at`: the content is
    gone.
    """

    __table_args__ = (
        Index("ix_document_process", "process_id"),
        Index("ix_document_answer", "answer_id"),
        Index("ix_document_inbound", "inbound_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    process_id: UUID | None = Field(default=None, foreign_key="process.id")
    request_id: UUID | None = Field(default=None, foreign_key="advice_request.id")
    answer_id: UUID | None = Field(default=None, foreign_key="answer.id")
    inbound_id: UUID | None = Field(default=None, foreign_key="inbound_mail.id")
    purpose: str
    name: str = Field(sa_type=Text)
    media_type: str
    size: int = Field(sa_type=BigInteger)
    content_hash: bytes
    key_id: str
    kept_at: datetime = Field(sa_type=Instant)
    kept_by: str
    channel: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)


class CasePapers(OfAuthority, table=True):
    """The papers of a case are complete (reg 6(3)): from then on a link to them is the whole request.

    They are the documents of the case whose purpose is representations or evidence; `nothing_submitted` says that there
    are none because the family submitted none.
    """

    process_id: UUID = Field(primary_key=True, foreign_key="process.id")
    ready_at: datetime = Field(sa_type=Instant)
    ready_by: str
    nothing_submitted: bool = False


class Answer(OfAuthority, table=True):
    """What somebody answered to one request, once for each `submission`, a number of the form that was sent.

    `kind` is received, part, nil, declined, expected, colleague, another_body, missed or already_given. `form` holds
    days and codes, `said` what was written (personal: erased with the person's other texts), `faults` why it was sent
    back (empty: complete). `sequence` is that of its fact; null where none was recorded, with `waits` saying for what a
    caseworker is needed. `given_by` is the address or the username. `settled_at`: a caseworker has dealt with it.
    """

    __table_args__ = (
        UniqueConstraint("submission"),
        Index("ix_answer_request", "request_id"),
        Index("ix_answer_process", "process_id"),
        # Few wait, and 'my work' asks for them every time.
        Index(
            "ix_answer_waiting",
            "process_id",
            postgresql_where=text("settled_at IS NULL AND (waits <> '' OR faults <> '[]')"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    submission: UUID
    request_id: UUID = Field(foreign_key="advice_request.id")
    process_id: UUID = Field(foreign_key="process.id")
    link_id: UUID | None = Field(default=None, foreign_key="secure_link.id")
    kind: str
    form: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    said: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    faults: list[str] = Field(default_factory=list, sa_type=JSONB)
    waits: str = ""
    given_at: datetime = Field(sa_type=Instant)
    given_by: str
    sequence: int | None = None
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_by: str | None = None


class FamilyLetter(OfAuthority, table=True):
    """A letter to one parent, young person or representative: put down once by `step_key`, drafted, approved, sent.

    `kind` is acknowledgement or delay. `status` is draft, approved, sending, sent, failed or dropped, with the `reason`
    beside it. `way` is email or letter. `about` holds days and codes; `words` what the caseworker wrote (personal:
    erased with the person's other texts); `target` is the new day that a delay notice names.
    """

    __table_args__ = (
        UniqueConstraint("step_key"),
        Index("ix_family_letter_process", "process_id"),
        Index("ix_family_letter_status", "status"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    step_key: str
    process_id: UUID = Field(foreign_key="process.id")
    contact_id: UUID | None = None
    kind: str
    limit_id: str = ""
    due: date | None = None
    target: date | None = None
    way: str = "email"
    status: str = "draft"
    reason: str = ""
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    words: str = Field(default="", sa_type=Text)
    drafted_at: datetime = Field(sa_type=Instant)
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    approved_by: str | None = None
    digest_id: UUID | None = Field(default=None, foreign_key="digest.id")
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
