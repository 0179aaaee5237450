"""Letting quiet cases send what falls due from now on, never the past."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Uuid, any_, bindparam, update
from sqlalchemy import select as pick
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority, family_of, find
from casework.clocks import wake_all
from casework.errors import Refused
from records.tables import Officer as OfficerRow
from records.tables import Process


@dataclass(frozen=True, slots=True)
class One:
    """One case, by its case reference or mail reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Officer:
    """All cases of one officer, by username."""

    username: str


@dataclass(frozen=True, slots=True)
class All:
    """Every case."""


Scope = One | Officer | All


def arm(db: Engine, scope: Scope, actor: Actor, now: datetime, armed_from: datetime | None = None) -> int:
    """Arm the open cases in scope that are still quiet and wake their clocks; returns how many there were.

    They get what falls due from `armed_from` (aware; by default `now`) on. A case that is armed already keeps its
    moment: arming again can never send the past. One reference of a plan arms every review of it, and opens none
    before its day. Raises UnknownCase for an unknown reference, Refused for an officer nobody knows.
    """
    with Session(db) as session, session.begin():
        quiet = pick(col(Process.id)).where(
            _in_scope(session, scope, actor), col(Process.armed_from).is_(None), col(Process.ended_on).is_(None)
        )
        held = session.connection().scalars(quiet.order_by(col(Process.id)).with_for_update()).all()
        if not held:
            return 0
        wanted = col(Process.id) == any_(bindparam("held", held, type_=ARRAY(Uuid())))
        armed = (
            update(Process)
            .where(wanted)
            .values(
                armed_from=armed_from or now,
                armed_at=now,
                armed_by=actor.name,
                seen_version=None,  # what its workflow saw, it saw as a quiet case
            )
        )
        session.connection().execute(armed)
        wake_all(session, now, wanted)
        return len(held)


def _in_scope(session: Session, scope: Scope, actor: Actor) -> ColumnElement[bool]:
    if isinstance(scope, One):
        return col(Process.id).in_(family_of(session, find(session, scope.reference, actor).process.id))
    if isinstance(scope, Officer):
        _refuse_unknown(session, scope.username)
        return col(Process.officer) == scope.username
    return col(Process.authority) == authority()


def _refuse_unknown(session: Session, username: str) -> None:
    known = session.get(OfficerRow, (authority(), username))
    has_cases = session.exec(select(Process.id).where(Process.officer == username).limit(1)).first()
    if known is None and has_cases is None:
        raise Refused(f"Nobody has the username {username!r}. 'ehcp officers import' adds staff to the directory.")
