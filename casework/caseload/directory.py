"""What the directories know, read once for a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.caseload.columns import CATEGORIES
from casework.cases import authority
from records.tables import Body, Officer, Setting


@dataclass(frozen=True, slots=True)
class Directory:
    """By category whether regulation 8 binds the body that is asked by default; teams by officer; settings by URN.

    Settings are kept as rows of the session, so that whoever asks it for one again asks the database nothing.
    """

    section_31: Mapping[str, bool]
    officers: Mapping[str, str]
    settings: Mapping[str, Setting]


def read_directory(session: Session) -> Directory:
    """The directories of this authority as they are now. The first body of a category is asked by default."""
    here = authority()
    bound: dict[str, bool] = {}
    bodies = select(Body.category, Body.section_31).where(Body.authority == here, col(Body.active))
    for category, binds in session.exec(bodies.order_by(col(Body.position), col(Body.code))):
        if category in CATEGORIES and category != "education":  # education is the child's own setting
            bound.setdefault(category, binds)
    officers = session.exec(
        select(Officer.username, Officer.team).where(Officer.authority == here, col(Officer.active))
    )
    settings = session.exec(select(Setting).where(Setting.authority == here))
    return Directory(
        bound, {name.lower(): team or "" for name, team in officers}, {each.urn: each for each in settings}
    )
