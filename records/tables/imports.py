"""Files that were imported, and the rows that could not be timed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class ImportFile(OfAuthority, table=True):
    """One file as it was read once; the same content again changes nothing."""

    __table_args__ = (UniqueConstraint("authority", "kind", "file_hash"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = "assessments"
    file_hash: str
    name: str = ""
    as_of: date | None = None
    imported_at: datetime = Field(sa_type=Instant)
    imported_by: str
    accepted: int = 0
    changed: int = 0
    refused: int = 0
    warned: int = 0
    note: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class ImportRefusal(OfAuthority, table=True):
    """A row whose clock cannot be computed: "not timed", counted above every overdue list until resolved."""

    __table_args__ = (Index("ix_import_refusal_unresolved", "authority", postgresql_where=text("resolved_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    file_hash: str
    line: int
    case_ref: str = ""
    column_name: str = ""
    reason: str
    refused_at: datetime = Field(sa_type=Instant)
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
