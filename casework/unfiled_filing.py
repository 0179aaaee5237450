"""Filing a mail: as what was answered to a request, in the contact log, or aside. Once, and all of it or nothing.

What was written is erased from the mail when it is filed: it stands with the answer or in the log, where it is found
and erased with the child's other texts. No mail is answered.
"""

from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col, func, select

from casework.actor import Actor
from casework.answering.kinds import FACT
from casework.answering.kinds import Answer as Kind
from casework.answering.sent_back import hashes_with_kept, settle_earlier
from casework.cases import Case, find
from casework.contacts_log import LONGEST, Note, put_down
from casework.documents import ADVICE, documents_of_mail
from casework.entering import enter
from casework.errors import Refused
from casework.filed_checks import Filing, confirmed
from casework.unfiled import FILED, SET_ASIDE, held
from records.tables import AdviceRequest, Answer, Document, InboundMail
from statute.facts import Fact

ADVICE_BY_MAIL = (Kind.RECEIVED, Kind.PART, Kind.NIL)
"""What a mail can be filed as, if it is an answer."""
SET_ASIDE_FOR = timedelta(days=30)
"""How long what was set aside is still there, should it have been a mistake."""
_NO_CASE = "Say first which case the mail is about."


def say_case(db: Engine, mail_id: UUID, reference: str, actor: Actor, *, manages: bool) -> str:
    """Say which case a mail is about; returns its mail reference. Raises UnknownMail, UnknownCase."""
    with Session(db) as session, session.begin():
        row, _, _ = held(session, mail_id, actor, manages=manages, lock=True)
        process = find(session, reference, actor).process
        if row.process_id != process.id:
            row.process_id, row.request_id = process.id, None
            session.add(row)
        return process.mail_ref


def file_answer(
    db: Engine, mail_id: UUID, filing: Filing, actor: Actor, now: datetime, *, manages: bool, confirm: bool = False
) -> str:
    """Record a mail as what was answered to a request, with its documents; returns the case's mail reference.

    What was sent back earlier is dealt with by it, as by advice that comes by link. Raises UnknownMail; Refused with
    every reason; NeedsConfirmation for what is unlawful but may be real, and for a report older than the policy
    allows, unless `confirm`.
    """
    with Session(db) as session, session.begin():
        case, row = _case_and_mail(session, mail_id, actor, manages)
        request = _request(session, case, filing.subject)
        fact = _fact(session, row, request, filing)
        before = case.process.version
        with confirmed(session, filing, confirm=confirm):
            enter(session, case, [fact], actor, now, confirm=confirm)
        answer = _answer(row, request, filing, actor, now, before + 1)
        session.add(answer)
        session.flush()
        settle_earlier(session, answer, actor, now)
        _move_documents(session, row, process_id=request.process_id, request_id=request.id, answer_id=answer.id,
                        purpose=ADVICE)  # fmt: skip
        _filed(row, f"{fact.kind} {filing.subject}", actor, now)
        session.add(row)
        return case.process.mail_ref


def file_contact(
    db: Engine, mail_id: UUID, with_whom: str, day: date, actor: Actor, now: datetime, *, manages: bool
) -> str:
    """Put a mail into the contact log of its case, its documents with the case; returns the case's mail reference.

    Raises UnknownMail, Refused.
    """
    with Session(db) as session, session.begin():
        case, row = _case_and_mail(session, mail_id, actor, manages)
        documents = documents_of_mail(session, row.id)
        parts = [f"From {row.sender}: {row.subject}".strip(": "), row.text]
        parts += [f"Documents: {', '.join(each.name for each in documents)}"] if documents else []
        note = Note(day, "email", with_whom, "\n\n".join(filter(None, parts))[:LONGEST])
        put_down(session, case, note, actor, now, row.id)
        _move_documents(session, row, process_id=case.process.id)
        _filed(row, "contact log", actor, now)
        session.add(row)
        return case.process.mail_ref


def set_aside(db: Engine, mail_id: UUID, reason: str, actor: Actor, now: datetime, *, manages: bool) -> None:
    """Nothing is to be done with a mail. Its documents are shown no more. Raises UnknownMail, Refused."""
    if not reason.strip():
        raise Refused("Say why nothing is to be done with it.")
    with Session(db) as session, session.begin():
        row, _, _ = held(session, mail_id, actor, manages=manages, lock=True)
        _move_documents(session, row, withdrawn_at=now)
        row.status, row.outcome = SET_ASIDE, reason.strip()[:500]
        row.handled_at, row.handled_by = now, actor.name
        session.add(row)


def forget_mail(db: Engine, before: datetime) -> int:
    """Erase what mails say that were set aside before that moment, and mark their documents to be removed from the
    store. Returns how many mails."""
    old = (InboundMail.status == SET_ASIDE, col(InboundMail.handled_at) < before, InboundMail.sender != "")
    with Session(db) as session, session.begin():
        mails = session.exec(select(InboundMail.id).where(*old)).all()
        theirs = col(Document.inbound_id).in_(mails)
        session.connection().execute(
            update(Document).where(theirs, col(Document.erased_at).is_(None)).values(name="", erased_at=func.now())
        )
        wiped = update(InboundMail).where(col(InboundMail.id).in_(mails)).values(sender="", subject="", text="")
        session.connection().execute(wiped)
        return len(mails)


def _case_and_mail(session: Session, mail_id: UUID, actor: Actor, manages: bool) -> tuple[Case, InboundMail]:
    """The case is locked before the mail, as every command locks a case first."""
    _, process, _ = held(session, mail_id, actor, manages=manages)
    if process is None:
        raise Refused(_NO_CASE)
    case = find(session, process.mail_ref, actor, lock=True)
    row, again, _ = held(session, mail_id, actor, manages=manages, lock=True)
    if again is None or again.id != case.process.id:
        raise Refused(_NO_CASE)
    return case, row


def _request(session: Session, case: Case, subject: str) -> AdviceRequest:
    mine = (AdviceRequest.process_id == case.process.id, AdviceRequest.subject == subject)
    request = session.exec(select(AdviceRequest).where(*mine)).first()
    if request is None:
        raise Refused("Say which request it answers. Where there was none, put it into the contact log.")
    return request


def _fact(session: Session, row: InboundMail, request: AdviceRequest, filing: Filing) -> Fact:
    new = [each.content_hash for each in documents_of_mail(session, row.id)]
    hashes = hashes_with_kept(session, request.id, filing.kind, new)
    said = {
        "documents": ",".join(each.hex() for each in hashes) if filing.kind is not Kind.NIL else "",
        "report_date": filing.report_date.isoformat() if filing.report_date else "",
        "reason": filing.reason,
    }
    attributes = MappingProxyType({name: value for name, value in said.items() if value})
    return Fact(FACT[filing.kind], filing.day, filing.subject, attributes)


def _answer(
    row: InboundMail, request: AdviceRequest, filing: Filing, actor: Actor, now: datetime, sequence: int
) -> Answer:
    form = {"report_date": filing.report_date.isoformat() if filing.report_date else "", "reason": filing.reason}
    return Answer(
        authority=row.authority,
        id=uuid4(),
        submission=row.id,
        request_id=request.id,
        process_id=request.process_id,
        kind=filing.kind.value,
        form={name: value for name, value in form.items() if value},
        said={"words": row.text} if row.text else {},
        given_at=row.received_at,
        given_by=row.sender,
        sequence=sequence,
        settled_at=now,
        settled_by=actor.name,
    )


def _move_documents(session: Session, row: InboundMail, **values: object) -> None:
    session.connection().execute(update(Document).where(col(Document.inbound_id) == row.id).values(**values))


def _filed(row: InboundMail, outcome: str, actor: Actor, now: datetime) -> None:
    row.status, row.outcome = FILED, outcome
    row.sender = row.subject = row.text = ""
    row.handled_at, row.handled_by = now, actor.name
