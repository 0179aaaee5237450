"""What somebody has given before, to this request or about this child elsewhere: nobody is asked for it twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.answering.holding import InHand
from casework.answering.kinds import Answer as Kind
from config.clock import london_day
from records.ledger import facts_of_many
from records.tables import AdviceRequest, Answer, Process
from statute.attributes import day_of
from statute.facts import Fact
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Before:
    """Something that was answered before. `sent_back`: it was not complete; `waits`: a caseworker has still to look."""

    kind: Kind
    day: date
    sent_back: bool = False
    waits: bool = False
    report_date: date | None = None


def answered_here(session: Session, request_id: UUID) -> Sequence[Before]:
    """What was answered to this request by a link, the oldest first."""
    query = select(Answer).where(Answer.request_id == request_id).order_by(col(Answer.given_at))
    return [_of_row(row) for row in session.exec(query)]


def given_elsewhere(session: Session, held: InHand) -> Sequence[Before]:
    """Advice that the same service or setting gave about this child in other processes, the newest first."""
    others = _requests_elsewhere(session, held)
    facts = facts_of_many(session, sorted({each.process_id for each in others}))
    found = [each for row in others for each in _advice_in(standing(facts[row.process_id]), row.subject)]
    return sorted(found, key=lambda each: each.day, reverse=True)


def _requests_elsewhere(session: Session, held: InHand) -> Sequence[AdviceRequest]:
    row, person = held.row, held.case.person
    if row.body_id is None and row.setting_urn is None:
        return ()
    query = select(AdviceRequest).join(Process, col(Process.id) == col(AdviceRequest.process_id))
    same = (AdviceRequest.body_id == row.body_id, AdviceRequest.setting_urn == row.setting_urn)
    return session.exec(query.where(*same, Process.person_id == person.id, Process.id != row.process_id)).all()


def _advice_in(facts: Iterable[Fact], subject: str) -> Iterable[Before]:
    for fact in facts:
        if fact.kind == "advice_received" and fact.subject == subject:
            yield Before(Kind.RECEIVED, fact.day, report_date=day_of(fact, "report_date"))


def _of_row(row: Answer) -> Before:
    reported, open_ = row.form.get("report_date"), row.settled_at is None
    return Before(
        Kind(row.kind),
        london_day(row.given_at),
        bool(row.faults) and open_,
        bool(row.waits) and open_,
        date.fromisoformat(reported) if reported else None,
    )
