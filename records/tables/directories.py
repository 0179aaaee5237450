"""Who can be asked, where children are educated, and who works here."""

from uuid import UUID, uuid4

from sqlalchemy import CHAR, UniqueConstraint
from sqlmodel import Field

from records.tables.base import OfAuthority


class Body(OfAuthority, table=True):
    """A service that can be asked for advice; `position` orders a category (the first is asked by default).

    `section_31` says whether regulation 8 binds it (NHS bodies, another authority, youth offending team);
    every other body is held to the Code alone.
    """

    __table_args__ = (UniqueConstraint("authority", "category", "code"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    category: str
    code: str
    name: str
    section_31: bool = False
    email: str | None = None
    manager_email: str | None = None
    lead_email: str | None = None
    fallback_email: str | None = None
    position: int = 0
    active: bool = True


class Setting(OfAuthority, table=True):
    """A school or other setting, by URN. Without an address nothing is sent and the caseworker is told."""

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    urn: str = Field(primary_key=True)
    name: str
    email: str | None = None
    head_email: str | None = None


class Officer(OfAuthority, table=True):
    """A member of the authority's staff, by username."""

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    username: str = Field(primary_key=True)
    name: str
    email: str | None = None
    team: str | None = None
    manager_email: str | None = None
    role: str = "caseworker"
    active: bool = True
