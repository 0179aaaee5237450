"""Who can be given cases, and how much each has in hand."""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from casework.in_hand import COUNTED
from casework.staff import MAY_HAVE_CASES

_LOADS = text(f"""
SELECT o.username, o.name, coalesce(o.team, '') AS team, coalesce(c.assessments, 0) AS assessments,
       coalesce(c.plans, 0) AS plans, coalesce(c.reviews, 0) AS reviews
FROM officer o LEFT JOIN ({COUNTED}) c ON c.officer = o.username
WHERE o.authority = :authority AND o.active AND o.role = ANY (:roles)
ORDER BY o.team NULLS LAST, o.name, o.username
""")  # noqa: S608 - no words of users


@dataclass(frozen=True, slots=True)
class Taker:
    """An active member of staff who may have cases: `assessments` and `plans` in hand, `reviews` whose clock runs."""

    username: str
    name: str
    team: str
    assessments: int
    plans: int
    reviews: int

    @property
    def open(self) -> int:
        """Cases that have not ended."""
        return self.assessments + self.plans


def takers(db: Engine, actor: Actor) -> tuple[Taker, ...]:
    """Everybody who may have cases, team by team. Restricted people count where the actor is named."""
    bound = {"authority": authority(), "viewer": actor.name, "roles": sorted(MAY_HAVE_CASES)}
    with db.connect() as connection:
        return tuple(Taker(**row) for row in connection.execute(_LOADS, bound).mappings())
