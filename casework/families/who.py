"""Who of a family is written to, by which way, and where a person must look first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.families.states import CONFIDENTIAL, EMAIL, LETTER, LOOKED_AFTER, NOT_CHOSEN, RESTRICTED
from post.addresses import is_address
from records.ledger import facts_of
from records.tables import Contact, FactRow, Person, Process
from statute.standing import standing

_PREFERS = {"email": EMAIL, "post": LETTER}


@dataclass(frozen=True, slots=True)
class Family:
    """A child or young person, those to be written to about them, and whether a death stands on record."""

    person: Person
    contacts: Sequence[Contact]
    died: bool


def family_of(session: Session, person_id: UUID) -> Family:
    """The family of a person as it is on record."""
    return Family(
        session.get_one(Person, person_id), contacts_of(session, person_id), died=has_died(session, person_id)
    )


def contacts_of(session: Session, person_id: UUID) -> Sequence[Contact]:
    """The contacts of a person in the order of their names."""
    query = select(Contact).where(Contact.person_id == person_id).order_by(col(Contact.name), col(Contact.id))
    return session.exec(query).all()


def families_of(session: Session, authority: str) -> dict[UUID, Family]:
    """The family of everybody with an open case in an authority, by the person's id, read at once."""
    open_now = select(Process.person_id).where(Process.authority == authority, col(Process.ended_on).is_(None))
    people = session.exec(select(Person).where(col(Person.id).in_(open_now))).all()
    contacts: defaultdict[UUID, list[Contact]] = defaultdict(list)
    for contact in session.exec(select(Contact).order_by(col(Contact.name), col(Contact.id))):
        contacts[contact.person_id].append(contact)
    told = select(Process.person_id).join(FactRow, col(FactRow.process_id) == col(Process.id))
    perhaps = frozenset(session.exec(told.where(FactRow.kind == "died").distinct()))
    return {
        each.id: Family(each, contacts[each.id], died=each.id in perhaps and has_died(session, each.id))
        for each in people
    }


def ways_to(contact: Contact) -> tuple[str, ...]:
    """The ways by which this person can be written to."""
    mail = (EMAIL,) if contact.email and is_address(contact.email) else ()
    return (*mail, *((LETTER,) if contact.address else ()))


def way_of(contact: Contact) -> str:
    """The way that this person prefers, where it can be gone; else nobody has chosen one, and nothing is guessed."""
    way = _PREFERS.get(contact.preferred or "", NOT_CHOSEN)
    return way if way in ways_to(contact) else NOT_CHOSEN


def sensitive(person: Person, contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Why no letter of this case may go without a person's look, by code; empty where one may.

    The parents of a looked-after child may not be those to write to, and where one address is confidential a letter to
    the wrong person does harm that cannot be undone.
    """
    found = (
        (RESTRICTED, person.sensitivity == "restricted"),
        (LOOKED_AFTER, person.looked_after),
        (CONFIDENTIAL, any(each.confidential for each in contacts)),
    )
    return tuple(code for code, true in found if true)


def has_died(session: Session, person_id: UUID) -> bool:
    """Whether a death stands on record in any case of the child, closed ones included."""
    query = (
        select(Process.id)
        .join(FactRow, col(FactRow.process_id) == col(Process.id))
        .where(Process.person_id == person_id, FactRow.kind == "died")
        .distinct()
    )
    processes = session.exec(query).all()
    return any(fact.kind == "died" for each in processes for fact in standing(list(facts_of(session, each))))


def address_lines(contact: Contact) -> tuple[str, ...]:
    """Name and postal address as they stand on an envelope, a line each."""
    lines = (contact.name, *(contact.address or "").replace(",\n", "\n").splitlines())
    return tuple(line.strip() for line in lines if line.strip())
