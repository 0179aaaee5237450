"""What a list can be narrowed to: the officers, teams and services that there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from casework.cases import authority
from casework.staff import MAY_HAVE_CASES, staff

# From one team to the next in the index, instead of through every row of it.
_TEAMS = text(
    "WITH RECURSIVE each AS (SELECT min(d.team) AS team FROM deadline d WHERE d.to_day IS NULL AND d.standing = 'open' "
    "UNION ALL SELECT (SELECT min(d.team) FROM deadline d WHERE d.to_day IS NULL AND d.standing = 'open' "
    "AND d.team > each.team) FROM each WHERE each.team IS NOT NULL) "
    "SELECT team FROM each WHERE team IS NOT NULL UNION SELECT team FROM officer WHERE authority = :authority "
    "AND team IS NOT NULL AND role = 'caseworker' ORDER BY team"
)
_SERVICES = text(
    "SELECT category, code, name FROM body WHERE authority = :authority AND active ORDER BY category, name"
)


@dataclass(frozen=True, slots=True)
class Service:
    """One service that can be asked for advice."""

    category: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Officers as username and name (those who left last, and named as such), teams, and services."""

    officers: Sequence[tuple[str, str]]
    teams: Sequence[str]
    services: Sequence[Service]


def choices(db: Engine) -> Choices:
    """The choices as the directories have them."""
    bound = {"authority": authority()}
    people = staff(db, MAY_HAVE_CASES, left=True)
    officers = [(each.username, each.name if each.active else f"{each.name} (left)") for each in people]
    with db.connect() as connection:
        teams = list(connection.scalars(_TEAMS, bound))
        services = [Service(*row) for row in connection.execute(_SERVICES, bound)]
    return Choices(officers, teams, services)
