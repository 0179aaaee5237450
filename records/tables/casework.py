"""What a team keeps beside the ledger: contacts with families, who stands in for whom, whose a case was."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Identity, Index, Text
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class ContactNote(OfAuthority, table=True):
    """One contact about a case: on which day, how (phone, email, letter, meeting, visit), with whom, and what was said.

    `with_whom` is parent, young_person, representative, setting, health, social_care or other. `text` holds personal
    data and is erased with the person's other texts.
    """

    __table_args__ = (Index("ix_contact_note_process", "process_id", "day"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    process_id: UUID = Field(foreign_key="process.id")
    day: date
    way: str
    with_whom: str
    text: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str


class Assignment(OfAuthority, table=True):
    """A case changed hands: to which officer and team, when, and who gave it."""

    __table_args__ = (Index("ix_assignment_process", "process_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    process_id: UUID = Field(foreign_key="process.id")
    was_officer: str | None = None
    officer: str | None = None
    team: str | None = None
    at: datetime = Field(sa_type=Instant)
    given_by: str


class Cover(OfAuthority, table=True):
    """Somebody stands in while another is away, first and last day both included.

    `kind` is officer (`who` and `stand_in` are usernames) or service (`who` is category/code of a body, `stand_in` a
    mail address). `ended_on`: taken back before its last day; the cover no longer holds on that day.
    """

    __table_args__ = (Index("ix_cover_who", "kind", "who", "last"), Index("ix_cover_stand_in", "stand_in", "last"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = "officer"
    who: str
    stand_in: str
    first: date
    last: date
    noted_at: datetime = Field(sa_type=Instant)
    noted_by: str
    ended_on: date | None = None
