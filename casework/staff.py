"""Who works here, as lists offer them; and who of them can be given cases, or asked to stand in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from records.tables import Officer

MAY_HAVE_CASES = frozenset({"caseworker", "manager", "admin", "head_of_service"})
"""Roles that work on cases: an auditor or a service's lead cannot do what an officer does."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff. `active` is False for one who left."""

    username: str
    name: str
    role: str
    team: str | None
    active: bool


def staff(db: Engine, roles: Collection[str] | None = None, *, left: bool = False) -> Sequence[Colleague]:
    """Everybody who works here now, by name; with `roles` only who has one of them, with `left` also who left, last."""
    query = select(Officer).where(Officer.authority == authority())
    if roles is not None:
        query = query.where(col(Officer.role).in_(sorted(roles)))
    if not left:
        query = query.where(col(Officer.active))
    with Session(db) as session:
        found = session.exec(query.order_by(col(Officer.active).desc(), col(Officer.name), col(Officer.username)))
        return [Colleague(each.username, each.name, each.role, each.team, each.active) for each in found]


def teams(people: Collection[Colleague]) -> Sequence[str]:
    """The teams that these people are in."""
    return sorted({each.team for each in people if each.team})
