"""Somebody who was asked is away until after the day on which their advice is due: somebody else is told, once.

The letter reached its address, so its six weeks run on and nobody is relieved. The next in line at that service gets
the request as well, its cover or the other contact that the directory names; where there is none, the officer is told.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.notices import AWAY
from casework.recipients import Directory, Recipients
from config.clock import london_day
from records.ledger import facts_of
from records.tables import AdviceRequest, Digest, Message, Person, Process
from statute.advice import requests
from statute.ladder import Role
from statute.standing import standing

_DAYS = ("limit", "start", "due", "working_due", "norm_due")


def away(db: Engine, digest_id: UUID, until: date, now: datetime) -> int:
    """Put down who is to be told that the recipient of that letter is away up to and including `until`.

    Returns how many messages are new. Safe to repeat: one is put down for each request and return.
    """
    with Session(db) as session, session.begin():
        letter = session.get_one(Digest, digest_id)
        asked = session.exec(_asked(digest_id)).all()
        for process_id in sorted({each.process_id for each in asked if each.process_id}):
            session.get_one(Process, process_id, with_for_update=True)
        rows = [row for message in asked for row in _rows(session, message, letter.recipient, until, now)]
        claim = insert(Message).on_conflict_do_nothing(index_elements=["step_key"]).returning(col(Message.id))
        return len(session.connection().execute(claim, rows).all()) if rows else 0


def _asked(digest_id: UUID) -> SelectOfScalar[Message]:
    mine = (Message.digest_id == digest_id, Message.role == Role.ADVISER.value, col(Message.process_id).is_not(None))
    return select(Message).where(*mine).order_by(col(Message.step_key))


def _rows(session: Session, message: Message, absent: str, until: date, now: datetime) -> Iterator[dict[str, object]]:
    """Who is told of one request: nobody when it is answered, over, or not due before they are back."""
    process = session.get_one(Process, message.process_id)
    if "due" not in message.about:
        return  # only announced, so that nothing is due yet
    due = date.fromisoformat(message.about["due"])
    if due > until or process.ended_on is not None or not _is_open(session, process, message.subject):
        return
    recipients = _recipients(session, process, now)
    others = [each for each in recipients.of(Role.ADVISER, message.subject).chain if each != absent]
    # Whoever was told because another is away is not told to tell a third: then the officer looks.
    contact = others[0] if others and message.kind != AWAY else None
    role = Role.ADVISER if contact else Role.CASEWORKER
    to = contact or recipients.of(Role.CASEWORKER, message.subject).address
    yield Message(
        authority=process.authority,
        step_key=f"{process.id}/{AWAY}/{message.subject}/{due}/{until}/{role.value}",
        process_id=process.id,
        mail_ref=process.mail_ref,
        limit_id=AWAY,
        subject=message.subject,
        rung=until.isoformat(),
        kind=AWAY,
        role=role.value,
        recipient=to,
        fallback=contact,
        about={name: message.about[name] for name in _DAYS if name in message.about} | {"until": until.isoformat()},
        due_at=now,
        created_at=now,
    ).model_dump()


def _is_open(session: Session, process: Process, subject: str) -> bool:
    known = requests(standing(list(facts_of(session, process.id))))
    return any(each.key == subject and each.is_open for each in known)


def _recipients(session: Session, process: Process, now: datetime) -> Recipients:
    asked: Sequence[AdviceRequest] = session.exec(
        select(AdviceRequest).where(AdviceRequest.process_id == process.id)
    ).all()
    person = session.get_one(Person, process.person_id)
    return Recipients(Directory(session, process.authority, london_day(now)), process, person, asked)
