"""When the six weeks of a request begin: with a letter whose link carries the whole request (reg 6(3), reg 8(1)).

The engine records `advice_requested` once a mail server has taken that letter: in earnest a real one or GOV.UK Notify,
in a demonstration the catcher; what a dry run writes to a file reaches nobody. The letter and the fact are two
transactions, and a house can be killed between them: so the request notes that its letter went, and whatever is
noted without its fact is recorded by the next round or nightly check. Each fact once.

Where no links can be made, a mail without the child's papers only announces the request: the officer who sends the
papers records it. In a demonstration an announcement counts for that, as there is no officer to send any.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, ScalarSelect, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.actor import ENGINE, Actor
from casework.case_papers import hashes_of
from casework.cases import Case
from casework.entering import enter
from casework.errors import CaseworkError
from casework.recording import record
from casework.secure_links.addresses import makes_links
from config.clock import london_day
from config.settings import get_settings
from records.ledger import facts_of
from records.tables import AdviceRequest, FactRow, Person, Process
from statute.advice import requests
from statute.facts import Fact
from statute.standing import standing

log = logging.getLogger(__name__)

DEMO = Actor("demo", "engine")
ASKED = "advice_requested"
BOUNCED = "bounced"


def record_papers(
    db: Engine, now: datetime, process_id: UUID | None = None, announced: Iterable[tuple[UUID, str]] = ()
) -> int:
    """Record `advice_requested` wherever its letter was taken and that is not in the ledger yet; returns how many.

    Of one process, or of all. `announced` are requests whose announcement has just gone: in a demonstration without
    links that counts as well. Safe to repeat.
    """
    settings = get_settings()
    if settings.demo and not makes_links(settings):
        _record_announced(db, announced, now)
    with Session(db) as session:
        wanted = [(row.id, row.process_id) for row in session.exec(_unrecorded(process_id))]
    return sum(_record_asked(db, *each, now) for each in wanted)


def undo_request(db: Engine, process_id: UUID, subject: str, now: datetime) -> bool:
    """Undo the start of a request's six weeks, because its letter came back: nobody has received it.

    Retracts what the engine recorded, and lets the request be sent anew to whoever is next in line. An answer that is
    there already shows that it was received after all: then nothing is undone. Returns whether something was.
    """
    with Session(db) as session, session.begin():
        case = _held(session, process_id)
        mine = (AdviceRequest.process_id == process_id, AdviceRequest.subject == subject)
        row = session.exec(select(AdviceRequest).where(*mine).with_for_update()).first()
        found = next((each for each in requests(standing(case.facts)) if each.key == subject), None)
        if row is None or row.papers_sent_at is None or (found and not found.is_open):
            return False
        row.papers_sent_at = row.announced_at = None
        session.add(row)
        session.flush()
        if found and _recorded_by_engine(session, process_id, found.asked):
            enter(session, case, [_retraction(found.asked)], ENGINE, now, confirm=True)
        return True


def _record_announced(db: Engine, announced: Iterable[tuple[UUID, str]], now: datetime) -> None:
    for process_id, subject in announced:
        with Session(db) as session:
            reference = session.get_one(Process, process_id).case_ref
        # A demonstration's letter goes only to the catcher, whose acceptance counts as the body's receipt.
        fact = Fact(ASKED, london_day(now), subject)
        try:
            record(db, reference, [fact], DEMO, now, confirm=True)
        except CaseworkError:
            _could_not()


def _record_asked(db: Engine, request_id: UUID, process_id: UUID, now: datetime) -> bool:
    try:
        with Session(db) as session, session.begin():
            case = _held(session, process_id)
            # Looked at again under the lock: an officer, or another worker, may have come first.
            row = session.exec(_unrecorded(process_id).where(AdviceRequest.id == request_id)).first()
            if row is None or row.papers_sent_at is None:
                return False
            papers = hashes_of(session, process_id, row.papers_sent_at)
            enter(session, case, [_asked(row.subject, row.papers_sent_at, papers)], ENGINE, now, confirm=True)
            return True
    except CaseworkError:
        _could_not()
        return False


def _could_not() -> None:
    # The letter has gone; what the case has become meanwhile is an officer's to look at.
    log.warning("the papers of a request could not be recorded as sent")


def _asked(subject: str, taken_at: datetime, papers: str) -> Fact:
    day = london_day(taken_at)
    said = {"channel": "link", "received_by_body": day.isoformat(), **({"documents": papers} if papers else {})}
    return Fact(ASKED, day, subject, MappingProxyType(said))


def _retraction(asked: Fact) -> Fact:
    return Fact("retracted", asked.day, asked.name, MappingProxyType({"why": BOUNCED}), supersedes=asked.sequence)


def _held(session: Session, process_id: UUID) -> Case:
    process = session.get_one(Process, process_id, with_for_update=True)
    person = session.get_one(Person, process.person_id)
    return Case(process, person, list(facts_of(session, process_id)))


def _recorded_by_engine(session: Session, process_id: UUID, asked: Fact) -> bool:
    query = select(FactRow.channel).where(FactRow.process_id == process_id, FactRow.sequence == asked.sequence)
    return session.exec(query).first() == ENGINE.channel


def _unrecorded(process_id: UUID | None) -> SelectOfScalar[AdviceRequest]:
    """Requests whose letter was taken, and which are not in the ledger as asked for.

    An entry counts unless it was retracted: by the engine, or by anybody before this letter went. What an officer
    retracts afterwards is not said again by the engine, which knows no better.
    """
    of_it = FactRow.process_id == AdviceRequest.process_id
    said = _how_many(of_it, FactRow.kind == ASKED, col(FactRow.subject) == col(AdviceRequest.subject))
    unsaid = _how_many(
        of_it,
        FactRow.kind == "retracted",
        col(FactRow.subject) == f"{ASKED}:" + col(AdviceRequest.subject),
        or_(
            col(FactRow.channel) == ENGINE.channel,
            col(FactRow.recorded_at) < col(AdviceRequest.papers_sent_at),
        ),
    )
    query = select(AdviceRequest).where(col(AdviceRequest.papers_sent_at).is_not(None), said <= unsaid)
    return query if process_id is None else query.where(AdviceRequest.process_id == process_id)


def _how_many(*which: Any) -> ScalarSelect[int]:
    return select(func.count(col(FactRow.id))).where(*which).correlate(AdviceRequest).scalar_subquery()
