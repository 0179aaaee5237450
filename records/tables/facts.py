"""The ledger: facts that are only ever added, the free text beside them, the signed digests of their heads.

Triggers refuse UPDATE, DELETE and TRUNCATE on `fact`, `ledger_head` and `ledger_digest`.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority, Table

# Asked in these very words, or the index is not used.
ANSWERS = (
    "kind IN ('advice_insufficient', 'advice_declined', 'advice_reassigned', 'advice_received', 'advice_nil', "
    "'advice_expected', 'retracted')"
)


class FactRow(OfAuthority, table=True):
    """One fact of one process, chained to the one before it.

    `day` is when it happened; `recorded_at` when it was written down, by whom and through which channel
    ("web", "api", "cli", "import", "engine"). `attributes` hold ids, days and codes only, all as text. `hash`
    covers every other column but the id; in it `text_hmac` stands for the free text, made with the key of
    `text_person_id` (which stays who it was when a process is merged into another person's).
    """

    __table_args__ = (
        UniqueConstraint("process_id", "sequence"),
        Index("ix_fact_text_person_id", "text_person_id", postgresql_where=text("text_hmac IS NOT NULL")),
        # A year's answers are counted at once: of all facts they are one in ten.
        Index("ix_fact_answers", "process_id", postgresql_where=text(ANSWERS)),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    process_id: UUID = Field(foreign_key="process.id")
    sequence: int
    kind: str
    subject: str = ""
    day: date
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str
    channel: str
    attributes: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    supersedes: int | None = None
    schema_version: int = 1
    text_hmac: bytes | None = None
    text_person_id: UUID | None = Field(default=None, foreign_key="person.id")
    previous_hash: bytes
    hash: bytes


class FactText(Table, table=True):
    """Free text said with a fact, kept beside it so that it can be erased without breaking the chain."""

    fact_id: UUID = Field(foreign_key="fact.id", primary_key=True)
    name: str = Field(primary_key=True)
    process_id: UUID = Field(foreign_key="process.id", index=True)
    text: str = Field(sa_type=Text)


class LedgerHead(Table, table=True):
    """The end of one process's chain when a day was signed; only chains that grew since are listed.

    It refers to no other table on purpose: what vanished there must still be known here.
    """

    process_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    day: date = Field(index=True)
    hash: bytes


class LedgerDigest(Table, table=True):
    """The signature under the heads of one day; `count` says how many, and each covers the one before."""

    day: date = Field(primary_key=True)
    count: int
    heads_hash: bytes
    signature: bytes
