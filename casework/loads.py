"""Who works here, and how much each has in hand."""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from casework.cases import authority

# Numbers only, so that restricted cases count too: they are work as others are.
_LOADS = text("""
SELECT o.username, o.name, coalesce(o.team, '') AS team, o.role,
       count(p.id) FILTER (WHERE p.kind = 'assessment') AS assessments,
       count(p.id) FILTER (WHERE p.kind <> 'assessment') AS reviews
FROM officer o LEFT JOIN process p
  ON p.authority = o.authority AND p.officer = o.username AND p.ended_on IS NULL
WHERE o.authority = :authority AND o.active AND o.role IN ('caseworker', 'manager', 'admin')
GROUP BY o.username, o.name, o.team, o.role ORDER BY o.team NULLS LAST, o.name, o.username
""")


@dataclass(frozen=True, slots=True)
class Load:
    """An active member of staff who may have cases, with the number of open assessments and reviews in hand."""

    username: str
    name: str
    team: str
    role: str
    assessments: int
    reviews: int


def loads(db: Engine) -> tuple[Load, ...]:
    """Everybody who may have cases, team by team."""
    with db.connect() as connection:
        return tuple(Load(**row) for row in connection.execute(_LOADS, {"authority": authority()}).mappings())
