"""The child or young person, and those who speak for them."""

from datetime import date
from secrets import token_bytes
from uuid import UUID, uuid4

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from records.tables.base import OfAuthority


def new_text_key() -> bytes:
    """A key for the HMACs of what will be written about one person: 32 random bytes."""
    return token_bytes(32)


class Person(OfAuthority, table=True):
    """A child or young person. Two requests for one child are one person: same UPN, or names and birth date.

    `restricted_to` names the staff who may see a person whose `sensitivity` is "restricted". `text_key` keys
    the HMACs that the ledger keeps of free text: erasure destroys it (sets it to null) with the texts.
    """

    __table_args__ = (
        Index("ix_person_upn", "authority", "upn", postgresql_where=text("upn IS NOT NULL")),
        # Born on and surname alone is the prompt for twins, so the forename comes last.
        Index("ix_person_names", "date_of_birth", text("lower(surname)"), text("lower(forename)")),
        # As somebody types it who looks for a child: `folded` is a function of the migrations, which also have both
        # indexes in the order of signs (COLLATE "C"), so that the beginning of a name finds its place in them.
        Index("ix_person_surname", text("folded(surname)"), text("folded(forename)")),
        Index("ix_person_forename", text("folded(forename)")),
        # Few are, and every list asks who.
        Index("ix_person_restricted", "id", postgresql_where=text("sensitivity = 'restricted'")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    surname: str
    forename: str
    date_of_birth: date | None = None
    upn: str | None = None
    upn_verified: bool = False
    uln: str | None = None
    setting_urn: str | None = None
    sensitivity: str = "ordinary"
    restricted_to: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    looked_after: bool = False
    placing_authority: str | None = None
    text_key: bytes | None = Field(default_factory=new_text_key)


class Contact(OfAuthority, table=True):
    """A parent, young person or representative; `role` is "parent", "young_person" or "representative"."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: str
    name: str
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    preferred: str | None = None
    do_not_contact: bool = False
    confidential: bool = False
