"""Whose case it is."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, select

from casework.cases import authority
from records.tables import Officer


@dataclass(frozen=True, slots=True)
class Place:
    """The officer and team of a case (None: nobody yet), with warnings when that is not what was asked for.

    `name` is the officer's, empty for nobody.
    """

    officer: str | None
    team: str | None
    warnings: tuple[str, ...] = ()
    name: str = ""


def place(session: Session, username: str, team: str = "") -> Place:
    """The officer with that username, in whatever capitals, and the team named or else the officer's own.

    Somebody who is not in the directory of officers gets no case: nobody would receive its warnings.
    """
    if not username:
        return Place(None, team or None)
    query = select(Officer).where(Officer.authority == authority(), func.lower(Officer.username) == username.lower())
    officer = session.exec(query).first()
    if officer is not None and officer.active:
        return Place(officer.username, team or officer.team, name=officer.name)
    state = "is no longer active" if officer else "is not in the directory of officers"
    said = f"{username} {state}: the case is unassigned. Add the officer, or give the case to another."
    return Place(None, team or None, (said,))
