"""Rows of imported files that no clock could be computed for: where they stand, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority

_LIMIT = 500
# A reference that belongs to a restricted child tells nobody else that there is one.
_PERSONS = (
    "SELECT p.id, p.person_id FROM process p WHERE p.authority = f.authority AND upper(p.case_ref) = upper(f.case_ref) "
    "UNION ALL SELECT v.process_id, l.person_id FROM plan l JOIN review v ON v.plan_id = l.id "
    "WHERE l.authority = f.authority AND upper(l.plan_ref) = upper(f.case_ref)"
)
_ROWS = text(
    "SELECT f.line, f.case_ref, f.column_name, f.reason, f.refused_at, i.name, i.kind, "  # noqa: S608 - words of ours
    f"ARRAY(SELECT id FROM ({_PERSONS}) AS those) AS processes FROM import_refusal f "
    "LEFT JOIN import_file i ON i.authority = f.authority AND i.file_hash = f.file_hash "
    "WHERE f.authority = :authority AND f.resolved_at IS NULL AND NOT EXISTS "
    f"(SELECT FROM ({_PERSONS}) AS those JOIN person n ON n.id = those.person_id "
    "WHERE n.sensitivity = 'restricted' AND NOT :viewer = ANY (n.restricted_to)) "
    "ORDER BY f.refused_at, i.name, f.line, f.id LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Untimed:
    """One refused row: its file and line, the reference it was given, and the reason with the column at fault.

    `processes` are those of a child on record who already has that reference.
    """

    file: str
    kind: str
    line: int
    case_ref: str
    column: str
    reason: str
    refused_at: datetime
    processes: Sequence[UUID] = ()


def untimed(db: Engine, actor: Actor) -> Sequence[Untimed]:
    """The refused rows that nobody has put right, in the order of their files; the first five hundred.

    A row that says the reference of a restricted child is left out for those who are not named.
    """
    bound = {"authority": authority(), "viewer": actor.name, "most": _LIMIT}
    with db.connect() as connection:
        return [
            Untimed(
                file=row.name or "",
                kind=row.kind or "",
                line=row.line,
                case_ref=row.case_ref,
                column=row.column_name,
                reason=row.reason,
                refused_at=row.refused_at,
                processes=tuple(row.processes),
            )
            for row in connection.execute(_ROWS, bound)
        ]
