"""The family of a child, and those who speak for them: whom to write to, how, and whom never."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import find
from casework.errors import Refused
from casework.people import NewContact
from records.tables import Contact


@dataclass(frozen=True, slots=True)
class KnownContact:
    """One contact as recorded."""

    id: UUID
    contact: NewContact


@dataclass(frozen=True, slots=True)
class Family:
    """The person of a case: who may see them (everybody, or those named), and the contacts."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    name: str
    restricted: bool
    restricted_to: Sequence[str]
    contacts: Sequence[KnownContact]


def family(db: Engine, reference: str, actor: Actor) -> Family:
    """The contacts of the person of a case, in order of their names. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        query = select(Contact).where(Contact.person_id == case.person.id).order_by(col(Contact.name), col(Contact.id))
        return Family(
            case.process.id,
            case.process.case_ref,
            case.process.mail_ref,
            f"{case.person.forename} {case.person.surname}".strip(),
            case.person.sensitivity == "restricted",
            tuple(case.person.restricted_to),
            [KnownContact(row.id, _read(row)) for row in session.exec(query)],
        )


def change_contact(db: Engine, reference: str, number: str, contact: NewContact, actor: Actor) -> None:
    """Change a contact of the person of a case. Raises UnknownCase; Refused when it is nobody's of this case."""
    if not contact.name.strip():
        raise Refused("name is missing: write who it is.")
    with Session(db) as session, session.begin():
        row = _held(session, reference, number, actor)
        for field in fields(contact):
            value = getattr(contact, field.name)
            setattr(row, field.name, (value or None) if field.name in _OPTIONAL else value)
        session.add(row)


def remove_contact(db: Engine, reference: str, number: str, actor: Actor) -> None:
    """Remove a contact that was written down by mistake. Raises as `change_contact`."""
    with Session(db) as session, session.begin():
        session.delete(_held(session, reference, number, actor))


_OPTIONAL = frozenset({"email", "phone", "address", "preferred"})


def _held(session: Session, reference: str, number: str, actor: Actor) -> Contact:
    """The contact, if it is one of this case's own person: a number of another child's opens nothing."""
    case = find(session, reference, actor, lock=True)
    try:
        row = session.get(Contact, UUID(number))
    except ValueError:
        row = None
    if row is None or row.person_id != case.person.id:
        raise Refused("There is no such contact. Reload the page: somebody may have removed it meanwhile.")
    return row


def _read(row: Contact) -> NewContact:
    return NewContact(
        row.role,
        row.name,
        row.email or "",
        row.phone or "",
        row.address or "",
        row.preferred or "",
        do_not_contact=row.do_not_contact,
        confidential=row.confidential,
    )
