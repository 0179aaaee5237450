"""What a caseworker does with an answer: accept it, agree, pass it on, put it on record, or set it aside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.answering.case_answers import finding_of
from casework.answering.facts import facts_for
from casework.answering.given import Given
from casework.answering.kinds import CAME_TOO_LATE, Waits
from casework.answering.kinds import Answer as Kind
from casework.cases import Case, find
from casework.entering import enter
from casework.errors import CaseworkError, Refused
from casework.recipients import Directory
from casework.refresh import write_wakes
from config.clock import london_day
from post.addresses import is_address, normalised
from records.tables import AdviceRequest, Answer, Document
from statute.facts import Fact
from statute.standing import as_now_known

_DEALT_WITH = "Somebody has dealt with this answer meanwhile. Reload the page."

# What a person decides first, and what nobody has decided by taking it late.
_NOT_AS_IT_CAME = MappingProxyType(
    {
        Kind.MISSED.value: "A missed appointment is put on record as an exception.",
        Kind.ALREADY_GIVEN.value: "Earlier advice is reused only when the family and the council agree too "
        "(regulation 6(4)). Record that on the case once they have.",
        Kind.COLLEAGUE.value: "It came too late to change who is asked. Give the request to the colleague with "
        "‘Give requests to a colleague’, if that is still right.",
    }
)


class UnknownAnswer(CaseworkError):
    """There is no such answer in this case."""

    def __init__(self) -> None:
        super().__init__("There is no such answer in this case.")


@dataclass(slots=True)
class _Settling:
    """One answer with its case, held."""

    session: Session
    case: Case
    answer: Answer
    request: AdviceRequest
    actor: Actor
    now: datetime

    def record(self, facts: Iterable[Fact]) -> None:
        """Put facts on record in the caseworker's name; the answer then has that of the first."""
        before = self.case.process.version
        enter(self.session, self.case, list(facts), self.actor, self.now, confirm=True)
        if self.answer.sequence is None:
            self.answer.sequence = before + 1

    def given(self) -> Given:
        """The answer as it came. Its documents are on record already."""
        return Given(Kind(self.answer.kind), self.answer.submission, self.answer.form, self.answer.said)


def accept(db: Engine, reference: str, answer_id: UUID, actor: Actor, now: datetime) -> None:
    """Accept advice that was sent back: the finding is taken out, and the advice counts from the day on which it came.

    Raises UnknownCase, UnknownAnswer; Refused where the finding no longer stands.
    """
    _settle(db, reference, answer_id, actor, now, _accept)


def agree(db: Engine, reference: str, answer_id: UUID, actor: Actor, now: datetime) -> None:
    """Record that the family and the authority agree to earlier advice too (reg 6(4)). Raises as `accept`."""
    _settle(db, reference, answer_id, actor, now, _agree)


def pass_on(db: Engine, reference: str, answer_id: UUID, actor: Actor, now: datetime, body: str = "") -> None:
    """Ask the colleague, or with `body` (its code in the directory) another service. Raises as `accept`."""
    _settle(db, reference, answer_id, actor, now, lambda held: _pass_on(held, body))


def file(db: Engine, reference: str, answer_id: UUID, actor: Actor, now: datetime) -> None:
    """Put on record what came too late to be recorded by itself, on the day on which it came. Raises as `accept`."""
    _settle(db, reference, answer_id, actor, now, _file)


def set_aside(
    db: Engine, reference: str, answer_id: UUID, actor: Actor, now: datetime, *, withdraw: bool = False
) -> None:
    """Nothing more is to be done about it. With `withdraw` it was about another child, or never meant: its facts are
    retracted, and its documents shown no more. Raises as `accept`."""
    _settle(db, reference, answer_id, actor, now, _withdraw if withdraw else lambda _: None, again=withdraw)


def _settle(
    db: Engine,
    reference: str,
    answer_id: UUID,
    actor: Actor,
    now: datetime,
    deed: Callable[[_Settling], None],
    *,
    again: bool = False,
) -> None:
    with Session(db) as session, session.begin():
        case = find(session, reference, actor, lock=True)
        answer = session.exec(select(Answer).where(Answer.id == answer_id).with_for_update()).first()
        if answer is None or answer.process_id != case.process.id:
            raise UnknownAnswer
        if answer.settled_at is not None and not again:
            raise Refused(_DEALT_WITH)
        request = session.get_one(AdviceRequest, answer.request_id)
        deed(_Settling(session, case, answer, request, actor, now))
        answer.settled_at, answer.settled_by = now, actor.name
        session.add(answer)
        write_wakes(session, [case.process], now)


def _accept(held: _Settling) -> None:
    stands = {fact.sequence: fact for fact in as_now_known(held.case.facts)}
    finding = finding_of(held.answer, stands)
    if finding is None:
        raise Refused("It is not found incomplete any more. Reload the page.")
    held.record([_retraction(stands[finding], "accepted")])


def _agree(held: _Settling) -> None:
    _must_wait(held, Waits.REUSE)
    held.record(facts_for(held.given(), held.request.subject, london_day(held.now), (), ()))


def _pass_on(held: _Settling, body: str) -> None:
    _must_wait(held, Waits.COLLEAGUE, Waits.BODY)
    today, subject = london_day(held.now), held.request.subject
    if body:
        if not _is_known(held, body):
            raise Refused("Choose a service of the directory. Add it there first if it is not in it.")
        held.record([Fact("advice_reassigned", today, subject, MappingProxyType({"body": body}))])
        return
    address = held.answer.said.get("address", "")
    if held.answer.kind != Kind.COLLEAGUE.value or not is_address(address):
        raise Refused("Choose the service that should be asked.")
    held.record([Fact("advice_reassigned", today, subject)])
    held.request.asked_of = normalised(address).lower()
    held.session.add(held.request)


def _file(held: _Settling) -> None:
    _must_wait(held, *CAME_TOO_LATE)
    if refusal := _NOT_AS_IT_CAME.get(held.answer.kind):
        raise Refused(refusal)
    day = london_day(held.answer.given_at)
    held.record(facts_for(held.given(), held.request.subject, day, (), _hashes(held)))


def _withdraw(held: _Settling) -> None:
    stands = {fact.sequence: fact for fact in as_now_known(held.case.facts)}
    mine = [finding_of(held.answer, stands), held.answer.sequence]
    taken_out = [_retraction(stands[each], "withdrawn") for each in mine if each in stands]
    if taken_out:
        enter(held.session, held.case, taken_out, held.actor, held.now, confirm=True)
    documents = update(Document).where(col(Document.answer_id) == held.answer.id)
    held.session.connection().execute(
        documents.where(col(Document.withdrawn_at).is_(None)).values(withdrawn_at=held.now)
    )


def _must_wait(held: _Settling, *waits: Waits) -> None:
    if held.answer.waits not in waits:
        raise Refused(_DEALT_WITH)


def _is_known(held: _Settling, body: str) -> bool:
    bodies = Directory(held.session, held.case.process.authority).bodies.values()
    return any(each.active and each.category == held.request.category and each.code == body for each in bodies)


def _hashes(held: _Settling) -> list[bytes]:
    mine = (Document.answer_id == held.answer.id, col(Document.withdrawn_at).is_(None))
    return list(held.session.exec(select(Document.content_hash).where(*mine)))


def _retraction(fact: Fact, why: str) -> Fact:
    return Fact("retracted", fact.day, fact.name, MappingProxyType({"why": why}), supersedes=fact.sequence)
