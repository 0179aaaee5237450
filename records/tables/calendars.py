"""What an authority has added to the calendar, and every day that moved because of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, BigInteger, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class CalendarChange(OfAuthority, table=True):
    """One change of the calendar, numbered: what was changed, why, when and by whom."""

    number: int = Field(primary_key=True)
    what: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    because: str = ""
    applied_at: datetime = Field(sa_type=Instant)
    applied_by: str


class CalendarDay(OfAuthority, table=True):
    """A day that differs from the calendar of England.

    `kind` is "bank_holiday" (proclaimed once), "working" (a bank holiday taken away) or "closure" (the authority's
    offices are closed: still a working day in law).
    """

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    name: str = ""
    change_number: int = Field(foreign_key="calendar_change.number")


class Term(OfAuthority, table=True):
    """A school term, first and last day both included; `setting_urn` is empty for the whole authority."""

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    setting_urn: str = Field(default="", primary_key=True)
    first: date = Field(primary_key=True)
    last: date
    name: str = ""
    change_number: int = Field(foreign_key="calendar_change.number")


class MovedDay(OfAuthority, table=True):
    """One day of one limit that a change of the calendar moved: `field` of the deadline, from `was` to `now`."""

    __table_args__ = (Index("ix_moved_day_process", "process_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    change_number: int = Field(foreign_key="calendar_change.number")
    process_id: UUID = Field(foreign_key="process.id")
    limit_id: str
    subject: str = ""
    field: str
    was: date | None = None
    now: date | None = None
