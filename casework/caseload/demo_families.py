"""Invented parents for some children of the demonstration, so that there is somebody to write to."""

from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.families.wanted import TOLD_OF
from records.tables import Contact, DeadlineRow, Person, Process
from statute.kind import ASSESSMENT

MOST = 12
_SOON = timedelta(days=10)
# What differs: a name, and how they want to be written to. The last has not said.
_PARENTS = (("Alex", "email"), ("Sam", "post"), ("Robin", "email"), ("Chris", ""))


def add_families(db: Engine, day: date) -> int:
    """A parent for each of the first children whose own day falls due soon; returns how many. Safe to repeat."""
    soon = (
        select(DeadlineRow.process_id)
        .where(col(DeadlineRow.limit_id).in_(TOLD_OF[ASSESSMENT]), col(DeadlineRow.to_day).is_(None))
        .where(col(DeadlineRow.legal_due).between(day, day + _SOON), DeadlineRow.standing == "open")
    )
    query = (
        select(Person, Process)
        .join(Process, col(Process.person_id) == col(Person.id))
        .where(Process.authority == authority(), col(Process.id).in_(soon), col(Process.ended_on).is_(None))
        .where(col(Person.id).not_in(select(Contact.person_id)))
        .order_by(col(Process.case_ref))
    )
    with Session(db) as session, session.begin():
        if session.exec(select(Contact.id).limit(1)).first() is not None:
            return 0
        found = session.exec(query.limit(MOST)).all()
        for (person, process), (name, preferred) in zip(found, cycle(_PARENTS), strict=False):
            session.add(_parent(person, process.mail_ref, name, preferred))
        return len(found)


def _parent(person: Person, mail_ref: str, name: str, preferred: str) -> Contact:
    return Contact(
        authority=person.authority,
        person_id=person.id,
        role="parent",
        name=f"{name} {person.surname}",
        email=f"family.{mail_ref.lower()}@families.example",
        address="1 High Street\nAnytown\nAN1 1AA" if preferred == "post" else None,
        preferred=preferred or None,
    )
