"""Mail that came back and waits for a person: whose it may be, what it says, what came with it.

Mail about a case is seen by whoever may see the case; mail that nobody knows the case of, by managers alone, because
it may be about any child.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, any_, literal, or_
from sqlmodel import Session, col, func, select

from casework.actor import Actor
from casework.cases import authority, may_see
from casework.cover import covers_on
from casework.documents import Listed, documents_of_mail
from casework.errors import CaseworkError
from casework.return_keeping import absence_apart
from records.tables import AdviceRequest, Document, InboundMail, Person, Process

UNFILED, FILED, SET_ASIDE = "unfiled", "filed", "set_aside"
PAGE = 50
_NUMBER = select(func.count(col(InboundMail.id)))
_Found = tuple[InboundMail, Process | None, Person | None, int]


class UnknownMail(CaseworkError):
    """There is no such mail, or it is not for this person to know."""

    def __init__(self) -> None:
        super().__init__("There is no such mail. Somebody may have filed it meanwhile: go back and reload.")


@dataclass(frozen=True, slots=True)
class Row:
    """One mail of the list. The case is empty where nobody knows it."""

    id: UUID
    received_at: datetime
    kind: str
    sender: str
    subject: str
    documents: int
    process_id: UUID | None = None
    mail_ref: str = ""
    case_ref: str = ""
    name: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Unfiled:
    """One page of the list, the oldest first; `number` waits in all."""

    rows: Sequence[Row]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as a person looks at it. `outcome` says in lines what of it was not taken, `away_until` the last day
    that an automatic answer names.

    `asked` are the subjects of the requests of its case; `about` the one that it seems to be about.
    """

    row: Row
    text: str
    away_until: date | None
    outcome: Sequence[str]
    failed_recipient: str
    status_code: str
    documents: Sequence[Listed]
    asked: Sequence[str]
    about: str
    ended: bool


def unfiled(db: Engine, actor: Actor, *, manages: bool, passing_over: int = 0) -> Unfiled:
    """What waits and may be seen, the oldest first, fifty at a time. `manages`: whoever asks sees mail of no case."""
    with Session(db) as session:
        number = _count(session, _with_cases(_NUMBER, actor, manages))
        query = _with_cases(select(InboundMail, Process, Person, _documents()), actor, manages)
        query = query.order_by(col(InboundMail.received_at), col(InboundMail.id))
        found = cast("Sequence[_Found]", session.exec(query.offset(passing_over).limit(PAGE + 1)).all())
        rows = [_row(mail, process, person, documents) for mail, process, person, documents in found]
        return Unfiled(rows[:PAGE], number, len(rows) > PAGE)


def mail_for(db: Engine, actor: Actor, today: date, *, manages: bool) -> int:
    """How many wait in the cases of the actor and of whomever they stand in for, and for a manager those of no case."""
    with Session(db) as session:
        officers = [actor.name, *covers_on(session, today).covered_by(actor.name)]
        return _of_officers(session, officers, actor, manages)


def _of_officers(session: Session, officers: Sequence[str], actor: Actor, manages: bool) -> int:
    theirs = col(Process.officer).in_(officers)
    mine = or_(theirs, col(InboundMail.process_id).is_(None)) if manages else theirs
    return _count(session, _with_cases(_NUMBER, actor, manages).where(mine))


def _count(session: Session, query: Any) -> int:
    return cast("int", session.exec(query).one())


def mail_of(db: Engine, mail_id: UUID, actor: Actor, *, manages: bool) -> Mail:
    """One mail that waits. Raises UnknownMail."""
    with Session(db) as session:
        row, process, person = held(session, mail_id, actor, manages=manages)
        query = select(AdviceRequest).where(AdviceRequest.process_id == row.process_id)
        requests = session.exec(query.order_by(col(AdviceRequest.subject))).all()
        documents = documents_of_mail(session, row.id)
        away, rest = absence_apart(row.outcome)
        return Mail(
            row=_row(row, process, person, len(documents)),
            text=row.text,
            away_until=away,
            outcome=[line for line in rest.split("\n") if line],
            failed_recipient=row.failed_recipient or "",
            status_code=row.status_code,
            documents=documents,
            asked=[each.subject for each in requests] if process else [],
            about=next((each.subject for each in requests if each.id == row.request_id), ""),
            ended=process is not None and process.ended_on is not None,
        )


def held(
    session: Session, mail_id: UUID, actor: Actor, *, manages: bool, lock: bool = False
) -> tuple[InboundMail, Process | None, Person | None]:
    """A mail that waits, with its case. Raises UnknownMail for another, and for one that this person may not see."""
    row = session.get(InboundMail, mail_id, with_for_update=lock, populate_existing=True)
    if row is None or row.authority != authority() or row.status != UNFILED:
        raise UnknownMail
    process = session.get(Process, row.process_id) if row.process_id else None
    person = session.get(Person, process.person_id) if process else None
    if not (may_see(person, actor) if person else manages):
        raise UnknownMail
    return row, process, person


def _with_cases(query: Any, actor: Actor, manages: bool) -> Any:
    """What waits and may be seen, beside its case."""
    ordinary = col(Person.sensitivity) != "restricted"
    seen = or_(ordinary, literal(actor.name) == any_(col(Person.restricted_to)))
    may = or_(seen, col(InboundMail.process_id).is_(None)) if manages else seen
    return (
        query.select_from(InboundMail)
        .join(Process, col(Process.id) == InboundMail.process_id, isouter=True)
        .join(Person, col(Person.id) == col(Process.person_id), isouter=True)
        .where(InboundMail.authority == authority(), InboundMail.status == UNFILED, may)
    )


def _documents() -> ColumnElement[int]:
    mine = Document.inbound_id == InboundMail.id
    return select(func.count(col(Document.id))).where(mine).correlate(InboundMail).scalar_subquery()


def _row(mail: InboundMail, process: Process | None, person: Person | None, documents: int) -> Row:
    row = Row(mail.id, mail.received_at, mail.kind, mail.sender, mail.subject, documents)
    if process is None or person is None:
        return row
    name = f"{person.forename} {person.surname}"
    return Row(
        mail.id,
        mail.received_at,
        mail.kind,
        mail.sender,
        mail.subject,
        documents,
        process.id,
        process.mail_ref,
        process.case_ref,
        name,
        process.officer or "",
    )
