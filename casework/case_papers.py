"""The papers of an assessment: the family's representations and the evidence submitted.

Whoever is asked for advice must be given copies of them (reg 6(3)), so a request is whole once they are complete: from
then on its link shows them, and a letter with that link is the request from which the six weeks count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case, find
from casework.documents import PAPERS, LaidBy, Listed, UnknownDocument, add, documents_of
from casework.errors import Refused
from casework.refresh import write_wakes
from engine.messages import ProcessRef
from records.tables import AdviceRequest, CasePapers, Document
from statute.kind import ASSESSMENT

_NOT_A_REVIEW = "Advice is asked for in an assessment. A review has its own papers, which go with the invitation."
_ENDED = "This case is closed. Its papers stay as they are."


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a case. `ready_at` and `ready_by`: when they were said to be complete, and by whom.

    `nothing_submitted`: complete, for the family submitted none. `sent` counts the requests that went with them.
    """

    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    open: bool
    has_requests: bool
    documents: Sequence[Listed]
    ready_at: datetime | None
    ready_by: str
    nothing_submitted: bool
    sent: int

    def is_late(self, document: Listed) -> bool:
        """Whether a document was added after the papers were said to be complete."""
        return self.ready_at is not None and document.kept_at > self.ready_at


@dataclass(frozen=True, slots=True)
class Added:
    """Whether a document is new (else the case had the same content already), and which clocks to wake."""

    is_new: bool
    wakes: tuple[ProcessRef, ...] = ()


def papers_of(db: Engine, reference: str, actor: Actor) -> Papers:
    """The papers of a case. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        ready = session.get(CasePapers, case.process.id)
        return Papers(
            case.process.id,
            case.process.mail_ref,
            case.process.case_ref,
            f"{case.person.forename} {case.person.surname}".strip(),
            case.process.ended_on is None,
            case.process.kind == ASSESSMENT,
            documents_of(session, [case.process.id], PAPERS),
            ready.ready_at if ready else None,
            ready.ready_by if ready else "",
            ready.nothing_submitted if ready else False,
            _sent(session, case.process.id),
        )


def add_paper(db: Engine, reference: str, laid_by: LaidBy, purpose: str, actor: Actor, now: datetime) -> Added:
    """Put a paper on record; the same content for the same purpose twice (a form sent twice) is there once.

    Raises UnknownCase; Refused for another purpose, a review, or a case that is closed.
    """
    if purpose not in PAPERS:
        raise Refused("Say whether the documents are the family's representations or evidence.")
    with Session(db) as session, session.begin():
        case = _held(session, reference, actor)
        if _has(session, case, purpose, laid_by.content_hash):
            return Added(False)
        add(
            session, laid_by, process_id=case.process.id, purpose=purpose, by=actor.name, channel=actor.channel, now=now
        )
        if (ready := session.get(CasePapers, case.process.id)) is not None:
            ready.nothing_submitted = False
            session.add(ready)
        return Added(True, write_wakes(session, [case.process], now))


def put_aside(db: Engine, reference: str, document_id: UUID, actor: Actor, now: datetime) -> None:
    """Show a paper no more: it was of another case, or added by mistake. It stays on record.

    Raises UnknownCase; UnknownDocument; Refused for a review or a closed case, and for the last paper of those that
    were said to be complete.
    """
    with Session(db) as session, session.begin():
        case = _held(session, reference, actor)
        row = session.get(Document, document_id)
        if row is None or row.process_id != case.process.id or row.purpose not in PAPERS or row.withdrawn_at:
            raise UnknownDocument
        if session.get(CasePapers, case.process.id) and len(documents_of(session, [case.process.id], PAPERS)) == 1:
            raise Refused(
                "It is the only paper, and the papers were said to be complete. Add the right one first, or say that "
                "the papers are not complete after all."
            )
        row.withdrawn_at = now
        session.add(row)
        write_wakes(session, [case.process], now)


def say_complete(
    db: Engine, reference: str, actor: Actor, now: datetime, *, nothing_submitted: bool
) -> tuple[ProcessRef, ...]:
    """The papers are complete: from now on requests go with them. Returns which clocks to wake.

    Raises UnknownCase; Refused where nothing was submitted and there are papers, or there are none and something was.
    """
    with Session(db) as session, session.begin():
        case = _held(session, reference, actor)
        there = documents_of(session, [case.process.id], PAPERS)
        if nothing_submitted and there:
            raise Refused("There are papers. Put them aside first if the family submitted nothing.")
        if not nothing_submitted and not there:
            raise Refused("There are no papers yet. Add them first, or say that the family submitted nothing.")
        row = session.get(CasePapers, case.process.id) or CasePapers(
            authority=case.process.authority, process_id=case.process.id, ready_at=now, ready_by=actor.name
        )
        row.ready_at, row.ready_by, row.nothing_submitted = now, actor.name, nothing_submitted
        session.add(row)
        return write_wakes(session, [case.process], now)


def say_incomplete(db: Engine, reference: str, actor: Actor, now: datetime) -> tuple[ProcessRef, ...]:
    """The papers are not complete after all. Raises UnknownCase; Refused once a request has gone with them."""
    with Session(db) as session, session.begin():
        case = _held(session, reference, actor)
        if _sent(session, case.process.id):
            raise Refused("Requests have gone out with these papers. Add what is missing, and tell whoever was asked.")
        if (row := session.get(CasePapers, case.process.id)) is not None:
            session.delete(row)
        return write_wakes(session, [case.process], now)


def hashes_of(session: Session, process_id: UUID, until: datetime) -> str:
    """What the ledger keeps of the papers that were there by `until`: the hashes of their contents, hexadecimal, with
    commas between them."""
    there = (each for each in documents_of(session, [process_id], PAPERS) if each.kept_at <= until)
    return ",".join(each.content_hash.hex() for each in there)


def _held(session: Session, reference: str, actor: Actor) -> Case:
    case = find(session, reference, actor, lock=True)
    if case.process.kind != ASSESSMENT:
        raise Refused(_NOT_A_REVIEW)
    if case.process.ended_on is not None:
        raise Refused(_ENDED)
    return case


def _has(session: Session, case: Case, purpose: str, content_hash: bytes) -> bool:
    there = documents_of(session, [case.process.id], [purpose])
    return any(each.content_hash == content_hash for each in there)


def _sent(session: Session, process_id: UUID) -> int:
    sent = col(AdviceRequest.papers_sent_at).is_not(None)
    query = select(func.count(col(AdviceRequest.id))).where(AdviceRequest.process_id == process_id, sent)
    return session.exec(query).one()
