"""Letters to families that wait for an officer: drafts to approve, some to post, and some that could not go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from casework.cases import authority

_WAITING = text(
    "SELECT l.id, l.process_id, p.mail_ref, p.case_ref, n.forename, n.surname, l.kind, l.status, l.way, l.limit_id, "
    "l.due FROM family_letter l JOIN process p ON p.id = l.process_id JOIN person n ON n.id = p.person_id "
    "WHERE p.authority = :authority AND p.ended_on IS NULL AND p.officer = ANY(:officers) "
    "AND (n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to)) "
    "AND (l.status IN ('draft', 'failed') OR l.status = 'approved' AND l.way = 'letter' AND :by_hand) "
    "ORDER BY l.due, p.mail_ref, l.step_key LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class LetterTask:
    """One letter that waits. `status` is draft, failed, or approved: then it is to be printed and posted."""

    id: UUID
    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    kind: str
    status: str
    way: str
    limit: str
    due: date | None


def waiting_letters(
    connection: Connection, officers: Sequence[str], viewer: str, most: int, *, by_hand: bool
) -> Sequence[LetterTask]:
    """The letters that wait for these officers, those about the next legal day first.

    Children who are restricted appear only to a `viewer` who is named. `by_hand`: officers print and post letters.
    """
    bound = {"authority": authority(), "officers": list(officers), "viewer": viewer, "most": most, "by_hand": by_hand}
    return [_task(row) for row in connection.execute(_WAITING, bound)]


def _task(row: Any) -> LetterTask:
    name = f"{row.forename} {row.surname}".strip()
    return LetterTask(
        row.id, row.process_id, row.mail_ref, row.case_ref, name, row.kind, row.status, row.way, row.limit_id, row.due
    )
