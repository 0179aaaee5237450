"""The child or young person on record: finding them again, adding them, and who may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority, find
from casework.errors import Refused
from casework.identifiers import tidy_upn, upn_is_valid
from casework.locks import HOLD
from casework.matching import Identity, Likeness, likeness
from casework.opening_form import Opening
from casework.refresh import relabel
from records.tables import Contact, Person, Process
from records.writing import insert_now
from statute.kind import ASSESSMENT

_LOCK = text(HOLD)

# Few are born on one day, and hardly ever is one of them the child: the person is read only then. An unverified
# number proves nothing, and one that agrees is stronger than a name, should the two point at different people.
_ALIKE = text("""
SELECT id, surname, forename, date_of_birth, CASE WHEN upn_verified THEN coalesce(upn, '') ELSE '' END AS upn
FROM person WHERE authority = :authority AND (upn = :upn OR date_of_birth = :born)
ORDER BY (upn_verified AND upn = :upn) IS TRUE DESC
""")


@dataclass(frozen=True, slots=True)
class Found:
    """Who on record is the same child, and who perhaps is (twins, or one child written down twice)."""

    same: Person | None
    perhaps: Sequence[Person]


def keys_of(who: Identity) -> list[str]:
    """What is held, so that nobody else opens a case for this child until the transaction ends."""
    keys = [f"{authority()} upn {who.upn}"] if who.upn else []
    if who.date_of_birth:
        keys.append(f"{authority()} born {who.date_of_birth} {who.names[0]}")
    return keys


def hold_identity(session: Session, who: Identity) -> None:
    """Let nobody else open a case for this child until the transaction ends."""
    if keys := keys_of(who):
        session.connection().execute(_LOCK, {"who": keys})


def look_up(session: Session, who: Identity) -> Found:
    """Everybody on record who is or may be this child."""
    if not who.upn and who.date_of_birth is None:
        return Found(None, ())
    asked = {"authority": authority(), "upn": who.upn or None, "born": who.date_of_birth}
    rows = session.connection().execute(_ALIKE, asked).all()
    ranked = [(likeness(who, Identity(row.surname, row.forename, row.date_of_birth, row.upn)), row.id) for row in rows]
    same = [person_id for rank, person_id in ranked if rank is Likeness.SAME]
    perhaps = [person_id for rank, person_id in ranked if rank is Likeness.PERHAPS]
    return Found(next(iter(_people(session, same[:1])), None), _people(session, perhaps))


def identity_in(opening: Opening) -> Identity:
    """What the child of an opening is known by."""
    upn = tidy_upn(opening.upn)
    return Identity(opening.surname, opening.forename, opening.date_of_birth, upn if upn_is_valid(upn) else "")


def add_person(session: Session, opening: Opening, actor: Actor) -> Person:
    """A new person from an opening."""
    upn = tidy_upn(opening.upn)
    person = Person(
        authority=authority(),
        surname=opening.surname,
        forename=opening.forename,
        date_of_birth=opening.date_of_birth,
        upn=upn or None,
        upn_verified=upn_is_valid(upn),
        uln=opening.uln or None,
        setting_urn=opening.setting_urn or None,
        sensitivity=opening.sensitivity,
        restricted_to=named_in(opening, actor),
        looked_after=opening.looked_after,
        placing_authority=opening.placing_authority or None,
    )
    insert_now(session, [person])
    return person


def _people(session: Session, ids: Sequence[UUID]) -> Sequence[Person]:
    return session.exec(select(Person).where(col(Person.id).in_(ids))).all() if ids else ()


def open_processes(session: Session, person_id: UUID) -> Sequence[Process]:
    """The person's processes that have not ended, assessments first, the oldest of each first."""
    query = select(Process).where(Process.person_id == person_id, col(Process.ended_on).is_(None))
    return session.exec(query.order_by((col(Process.kind) == ASSESSMENT).desc(), col(Process.opened_at))).all()


def restrict(db: Engine, reference: str, named: Sequence[str], actor: Actor, *, ordinary: bool = False) -> None:
    """Let only the named staff see a person and all their cases; `ordinary` takes the restriction away.

    Raises Refused when nobody is named, for then nobody could ever see or change it again.
    """
    if not ordinary and not named:
        raise Refused("Name at least one user who may see this person, or nobody can work on the case.")
    with Session(db) as session, session.begin():
        person = find(session, reference, actor, lock=True).person
        person.sensitivity = "ordinary" if ordinary else "restricted"
        person.restricted_to = [] if ordinary else sorted(set(named))
        session.add(person)
        for process in session.exec(select(Process).where(Process.person_id == person.id)):
            relabel(session, process, person)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A parent, young person or representative; `role` is one of parent, young_person, representative."""

    role: str
    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    preferred: str = ""
    do_not_contact: bool = False
    confidential: bool = False


def add_contact(db: Engine, reference: str, contact: NewContact, actor: Actor, number: UUID | None = None) -> UUID:
    """Add a contact to the person of a case. The same `number` twice (a form sent twice) adds one.

    Raises Refused for an unknown role or a missing name.
    """
    roles = ("parent", "young_person", "representative")
    if contact.role not in roles or not contact.name.strip():
        raise Refused(f"A contact needs a name, and a role: one of {', '.join(roles)}.")
    with Session(db) as session, session.begin():
        person = find(session, reference, actor).person
        row: dict[str, Any] = {
            "id": number or uuid4(),
            "authority": person.authority,
            "person_id": person.id,
            "role": contact.role,
            "name": contact.name.strip(),
            "email": contact.email or None,
            "phone": contact.phone or None,
            "address": contact.address or None,
            "preferred": contact.preferred or None,
            "do_not_contact": contact.do_not_contact,
            "confidential": contact.confidential,
        }
        session.connection().execute(insert(Contact).values(row).on_conflict_do_nothing())
        return row["id"]


def named_in(opening: Opening, actor: Actor) -> list[str]:
    """Who may see a restricted person: those named, else whoever opens the case and its officer."""
    if opening.sensitivity != "restricted":
        return []
    named = set(opening.restricted_to) or {actor.name, opening.officer}
    return sorted(name for name in named if name)
