"""Who can be given cases, or asked to stand in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.cover_checks import MAY_STAND_IN
from records.tables import Officer


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff, as a list offers them. `active` is False for one who left."""

    username: str
    name: str
    team: str | None
    active: bool


def colleagues(db: Engine) -> Sequence[Colleague]:
    """Whoever works on cases or did, by name; those who left last."""
    query = select(Officer).where(Officer.authority == authority(), col(Officer.role).in_(sorted(MAY_STAND_IN)))
    with Session(db) as session:
        found = session.exec(query.order_by(col(Officer.active).desc(), col(Officer.name), col(Officer.username)))
        return [Colleague(each.username, each.name, each.team, each.active) for each in found]


def teams(staff: Sequence[Colleague]) -> Sequence[str]:
    """The teams that these people are in."""
    return sorted({each.team for each in staff if each.team})
