"""Whom of the officers' directory somebody means, or a provider speaks of. Never two people, never one who has left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func, or_
from sqlmodel import Session, col, select

from casework.cases import authority
from records.tables import Officer


@dataclass(frozen=True, slots=True)
class Staff:
    """An active officer of the directory."""

    username: str
    name: str
    role: str
    team: str | None
    email: str | None


def staff_called(db: Engine, typed: str) -> Staff | None:
    """The active officer with that username or mail address, in whatever capitals; None when nobody, or two, are meant.

    A username goes before an address: it is the directory's own key. One question whoever is meant, so that the time
    it takes tells nothing.
    """
    typed = typed.strip().lower()
    found = _active(db, [typed], [typed])
    return _only([staff for staff in found if staff.username.lower() == typed] or found)


def staff_named(db: Engine, username: str) -> Staff | None:
    """The active officer with exactly this username; None when there is none."""
    found = _active(db, [username], [])
    return next((staff for staff in found if staff.username == username), None)


def staff_vouched_for(db: Engine, usernames: Collection[str], emails: Collection[str]) -> Staff | None:
    """The one active officer of whom a provider speaks by these usernames and (verified) addresses.

    None when nobody is meant, and also when the names point at more than one: it must not be ours to choose.
    """
    return _only(_active(db, usernames, emails))


def _active(db: Engine, usernames: Collection[str], emails: Collection[str]) -> Sequence[Staff]:
    meant = or_(
        func.lower(Officer.username).in_([name.lower() for name in usernames]),
        func.lower(Officer.email).in_([email.lower() for email in emails]),
    )
    query = select(Officer).where(Officer.authority == authority(), col(Officer.active), meant).limit(20)
    with Session(db) as session:
        return [_staff(officer) for officer in session.exec(query)]


def _only(found: Sequence[Staff]) -> Staff | None:
    return found[0] if len(found) == 1 else None


def _staff(officer: Officer) -> Staff:
    return Staff(officer.username, officer.name, officer.role, officer.team, officer.email)
