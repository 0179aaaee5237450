"""What was answered in one case, for whoever works on it: the form, the documents, and what waits for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.answering.kinds import Answer as Kind
from casework.answering.kinds import Waits
from casework.cases import find
from casework.documents import Listed, documents_of
from casework.recipients import Directory, Recipients
from casework.requests import requests_of
from records.tables import AdviceRequest, Answer
from statute.facts import Fact
from statute.kinds import split_subject
from statute.standing import as_now_known


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """One answer. `sequence` is that of its fact while that stands, else None. `open`: nobody has dealt with it yet.

    `found_short` is the sequence of the finding that it is not complete, while that stands. `bodies` are other services
    of the category, by code.
    """

    id: UUID
    kind: Kind
    subject: str
    service: str
    given_at: datetime
    given_by: str
    form: Mapping[str, Any]
    said: Mapping[str, str]
    faults: Sequence[str]
    waits: Waits | None
    sequence: int | None
    found_short: int | None
    settled_at: datetime | None
    settled_by: str | None
    documents: Sequence[Listed]
    bodies: Mapping[str, str]

    @property
    def missed(self) -> Sequence[date]:
        """The days of appointments that were missed."""
        return missed_days(self.form) if self.kind is Kind.MISSED else ()

    @property
    def counts(self) -> bool:
        """Whether it stands on record, and was not found to be incomplete."""
        return self.sequence is not None and self.found_short is None

    @property
    def open(self) -> bool:
        """Whether a caseworker has still to look at it."""
        return self.settled_at is None and (self.waits is not None or bool(self.faults))


def case_answers(db: Engine, reference: str, actor: Actor) -> Sequence[CaseAnswer]:
    """The answers of a case, the newest first. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        directory = Directory(session, case.process.authority)
        rows = {row.id: row for row in requests_of(session, case.process.id)}
        recipients = Recipients(directory, case.process, case.person, rows.values())
        documents = documents_of(session, [case.process.id])
        stands = {fact.sequence: fact for fact in as_now_known(case.facts)}
        query = select(Answer).where(Answer.process_id == case.process.id)
        found = session.exec(query.order_by(col(Answer.given_at).desc(), col(Answer.id))).all()
        return [_answer(each, rows[each.request_id], recipients, directory, documents, stands) for each in found]


def _answer(
    row: Answer,
    request: AdviceRequest,
    recipients: Recipients,
    directory: Directory,
    documents: Sequence[Listed],
    stands: Mapping[int, Fact],
) -> CaseAnswer:
    return CaseAnswer(
        id=row.id,
        kind=Kind(row.kind),
        subject=request.subject,
        service=recipients.service(request.subject),
        given_at=row.given_at,
        given_by=row.given_by,
        form=row.form,
        said=row.said,
        faults=row.faults,
        waits=Waits(row.waits) if row.waits else None,
        sequence=row.sequence if row.sequence in stands else None,
        found_short=finding_of(row, stands),
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        documents=[each for each in documents if each.answer_id == row.id],
        bodies={each.code: each.name for each in directory.bodies.values() if _is_other(each, request)},
    )


def _is_other(body: Any, request: AdviceRequest) -> bool:
    return body.active and body.category == request.category and body.id != request.body_id


def missed_days(form: Mapping[str, Any]) -> Sequence[date]:
    """The days in the form of a missed appointment: it holds no others."""
    return sorted(date.fromisoformat(each) for each in form.values())


def finding_of(row: Answer, stands: Mapping[int, Fact]) -> int | None:
    """The sequence of the finding that was recorded with an answer, while it stands: the fact behind its own."""
    fact = stands.get((row.sequence or 0) + 1) if row.faults else None
    return fact.sequence if fact is not None and split_subject(fact.name)[0] == "advice_insufficient" else None
