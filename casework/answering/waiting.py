"""Answers that wait for a person: for 'my work', and a missed appointment as the form of an exception."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.answering.case_answers import missed_days
from casework.answering.kinds import Answer as Kind
from casework.cases import authority, find
from config.clock import london_day
from records.tables import AdviceRequest, Answer

_WAITING = text("""
SELECT a.process_id, p.case_ref, p.mail_ref, a.kind, a.waits, r.subject, a.given_at,
    trim(n.forename || ' ' || n.surname) AS name, o.username IS NULL AS nobodys
FROM answer a JOIN process p ON p.id = a.process_id JOIN person n ON n.id = p.person_id
JOIN advice_request r ON r.id = a.request_id
LEFT JOIN officer o ON o.authority = p.authority AND o.username = p.officer AND o.active
WHERE a.authority = :authority AND a.settled_at IS NULL AND (a.waits <> '' OR a.faults <> '[]')
AND (p.officer = ANY (:officers) OR :manages AND o.username IS NULL)
AND (n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to))
ORDER BY a.given_at, a.id LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that waits; `waits` is empty where advice was sent back and may be accepted all the same.

    `nobodys`: the case has no officer, or one who has left.
    """

    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    kind: Kind
    waits: str
    subject: str
    day: date
    nobodys: bool = False


def waiting_answers(
    connection: Connection, officers: Sequence[str], viewer: str, most: int, *, manages: bool = False
) -> Sequence[Waiting]:
    """The answers in these officers' cases that nobody has dealt with, the oldest first. Closed cases have some too.

    Who `manages` has those of cases without an officer as well: they are on nobody else's list.
    """
    bound = {"authority": authority(), "officers": list(officers), "viewer": viewer, "most": most, "manages": manages}
    return [
        Waiting(
            row.process_id, row.mail_ref, row.case_ref, row.name, Kind(row.kind), row.waits, row.subject,
            london_day(row.given_at), row.nobodys,
        )
        for row in connection.execute(_WAITING, bound)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MissedAppointment:
    """A missed appointment as it was told: of which request, on which days, and in which words."""

    subject: str
    days: Sequence[date]
    words: str


def missed_appointment(db: Engine, reference: str, answer_id: UUID, actor: Actor) -> MissedAppointment | None:
    """What was said of a missed appointment in that case; None where that answer is none. Raises UnknownCase."""
    with Session(db) as session:
        case, row = find(session, reference, actor), session.get(Answer, answer_id)
        if row is None or row.process_id != case.process.id or row.kind != Kind.MISSED.value:
            return None
        request = session.get_one(AdviceRequest, row.request_id)
        return MissedAppointment(request.subject, missed_days(row.form), row.said.get("words", ""))
