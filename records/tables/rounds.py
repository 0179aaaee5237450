"""What keeps the engine going: wakes to deliver, rounds that ran, the policy everybody follows, and what it moves."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Identity, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from records.tables.base import Instant, Table


class Wake(Table, table=True):
    """A workflow is to be told that its process changed: written with the fact, delivered when it can be.

    `opens`: it was written by the transaction that opened the process, so there is no workflow to be told yet.
    """

    __table_args__ = (Index("ix_wake_undelivered", "id", postgresql_where=text("delivered_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    process_id: UUID = Field(foreign_key="process.id", index=True)
    version: int
    opens: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    created_at: datetime = Field(sa_type=Instant)
    delivered_at: datetime | None = Field(default=None, sa_type=Instant)


class PolicyVersion(Table, table=True):
    """The policy in force from its adoption on, as TOML; the highest number rules."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    toml: str = Field(sa_type=Text)
    adopted_at: datetime = Field(sa_type=Instant)
    adopted_by: str


class Recomputation(Table, table=True):
    """Word that the days of all processes of these `kinds` must be worked out anew, since a policy was adopted.

    Written with the policy, done by a worker in batches: `reached` is the last process that was looked at, `total` how
    many there were when it was asked for, `moved_at` when the last batch was done. Only the newest row counts: it takes
    over what an earlier one had not finished.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    policy: int = Field(foreign_key="policy_version.number")
    kinds: list[str] = Field(sa_type=ARRAY(String))
    asked_at: datetime = Field(sa_type=Instant)
    total: int
    done: int = 0
    changed: int = 0
    reached: UUID | None = None
    moved_at: datetime | None = Field(default=None, sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)


class RoundLog(Table, table=True):
    """One post round, one nightly check, or how reviews stood at the end of a month (`kind`: post, nightly, month_end).

    No `finished_at` if it runs or died.
    """

    __table_args__ = (Index("ix_round_log_kind", "kind", "started_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str
    started_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    sent: int = 0
    failed: int = 0
    held: int = 0
    note: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
