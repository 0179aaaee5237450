"""Taking an answer: its row, its documents and its facts in one transaction, so that a kill leaves all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.actor import PROFESSIONAL
from casework.answering.colleagues import may_be_asked
from casework.answering.facts import facts_for
from casework.answering.given import Given, faults_of
from casework.answering.holding import InHand, in_hand, of_request
from casework.answering.kinds import Answer as Kind
from casework.answering.kinds import Waits
from casework.answering.receipts import put_down_receipt
from casework.answering.sent_back import hashes_with_kept, settle_earlier
from casework.cases import authority
from casework.documents import ADVICE, add
from casework.entering import enter
from casework.errors import Refused
from casework.policies import policy_in_force
from casework.refresh import write_wakes
from casework.requests import DROPPED
from casework.secure_links.opening import still_opens
from casework.secure_links.visits import Opened
from config.clock import london_day
from records.tables import Answer, SecureLink

_CLOSED_BY = {"advice_cancelled": Waits.CANCELLED, "advice_reassigned": Waits.PASSED_ON}
_ERASED = "What was known of this child has been erased. Nothing that you sent was kept."
_THOUGHT_BETTER = frozenset({Kind.RECEIVED, Kind.NIL, Kind.PART})


def give(db: Engine, opened: Opened, given: Given, now: datetime) -> UUID:
    """Take an answer; returns its id, that of the first when the same form came before.

    It is recorded at once, unless a person is needed first, or it came too late: then it waits for a caseworker, and
    nothing of it is lost. Its documents lie in the store already. Raises Refused for a child whose records were erased.
    """
    with Session(db) as session, session.begin():
        held = in_hand(session, opened, now, lock=True)
        if held.case.person.text_key is None:
            raise Refused(_ERASED)
        number = _submission(held.row.id, given.number)
        if before := _taken(session, number):
            return before
        answer = _row(held, opened, given, number, now)
        answer.waits = _too_late(session, held, opened, given, now) or _needs_a_person(
            session, held, opened, given, now
        )
        session.add(answer)
        session.flush()
        if not answer.waits:
            _record(session, held, answer, given, now)
        _put_documents(session, held, answer, given, opened.recipient, now)
        after = of_request(session, opened.process_id, opened.request_id, now)
        put_down_receipt(session, after, answer, opened.recipient, len(given.documents), now)
        if answer.sequence is None:
            write_wakes(session, [held.case.process], now)  # so that the receipt goes at once
        return answer.id


def taken_before(db: Engine, opened: Opened, number: UUID) -> UUID | None:
    """The answer that was taken from the form of that number, by the same link's request; None while none was."""
    if opened.request_id is None:
        return None
    with Session(db) as session:
        return _taken(session, _submission(opened.request_id, number))


def _submission(request_id: UUID, number: UUID) -> UUID:
    return uuid5(request_id, str(number))


def _taken(session: Session, submission: UUID) -> UUID | None:
    return session.exec(select(Answer.id).where(Answer.submission == submission)).first()


def _row(held: InHand, opened: Opened, given: Given, number: UUID, now: datetime) -> Answer:
    return Answer(
        authority=authority(),
        id=uuid4(),
        submission=number,
        request_id=held.row.id,
        process_id=held.case.process.id,
        link_id=opened.link_id,
        kind=given.kind.value,
        form=dict(given.form),
        said=dict(given.said),
        given_at=now,
        given_by=opened.recipient,
    )


def _too_late(session: Session, held: InHand, opened: Opened, given: Given, now: datetime) -> str:
    """What has happened to the request meanwhile, or long ago, so that nothing can be recorded of it."""
    if held.case.process.ended_on is not None:
        return Waits.CLOSED.value
    if held.row.mode == DROPPED:
        return Waits.CANCELLED.value
    request = held.request
    end = (request.answered or request.closed) if request else None
    if end is not None and not (end.kind == "advice_declined" and given.kind in _THOUGHT_BETTER):
        return _CLOSED_BY.get(end.kind, Waits.ANSWERED).value
    link = session.get_one(SecureLink, opened.link_id)
    if link.expires_at <= now:
        return Waits.RECORDING.value
    # Not only who was passed over by a fact: the directory may have another address meanwhile, or cover have ended.
    return Waits.PASSED_ON.value if link.revoked_at is not None or not still_opens(session, link, now) else ""


def _needs_a_person(session: Session, held: InHand, opened: Opened, given: Given, now: datetime) -> str:
    if given.kind is Kind.MISSED:
        return Waits.MISSED.value
    if given.kind is Kind.ALREADY_GIVEN:
        return Waits.REUSE.value
    if given.kind is Kind.ANOTHER_BODY:
        return "" if given.form.get("body") else Waits.BODY.value
    if given.kind is Kind.COLLEAGUE:
        known = may_be_asked(session, held, given.said["address"], opened.recipient, now)
        return "" if known else Waits.COLLEAGUE.value
    return ""


def _record(session: Session, held: InHand, answer: Answer, given: Given, now: datetime) -> None:
    today = london_day(now)
    faults = faults_of(given, policy_in_force(session).advice_of(held.row.subject).oldest_report, today)
    facts = facts_for(given, held.row.subject, today, faults, _hashes(session, held, given))
    before = held.case.process.version
    try:
        enter(session, held.case, facts, PROFESSIONAL, now, confirm=True)
    except Refused:
        answer.waits = Waits.RECORDING.value
        return
    answer.sequence, answer.faults = before + 1, faults
    if given.kind is Kind.COLLEAGUE:
        held.row.asked_of = given.said["address"]
        session.add(held.row)
    settle_earlier(session, answer, PROFESSIONAL, now)


def _hashes(session: Session, held: InHand, given: Given) -> Sequence[bytes]:
    """What came now, and what came before with advice that was sent back, once each."""
    new = [each.content_hash for each in given.documents]
    return hashes_with_kept(session, held.row.id, given.kind, new)


def _put_documents(session: Session, held: InHand, answer: Answer, given: Given, recipient: str, now: datetime) -> None:
    about = {"process_id": held.case.process.id, "request_id": held.row.id, "answer_id": answer.id}
    for each in given.documents:
        add(session, each, purpose=ADVICE, by=recipient, channel=PROFESSIONAL.channel, now=now, **about)
