"""Which letter of ours a mail is about, and through it which case and request. It proves nothing: a person files."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, or_, select

from casework.answering.colleagues import of_one_body
from casework.cases import authority
from post.addresses import is_address, normalised
from post.returns.mail import Kind, Returned
from post.returns.reports import DELAYED, FAILED
from records.tables import AdviceRequest, Digest, Message, Process


@dataclass(frozen=True, slots=True)
class About:
    """What a mail is about, as far as it can be told. `code` is what a report says of the address of that letter.

    `certain`: it names a letter of ours, and where it is a report, the address that letter went to.
    """

    digest_id: UUID | None = None
    recipient: str = ""
    process_id: UUID | None = None
    request_id: UUID | None = None
    code: str = ""
    certain: bool = False


def about(session: Session, mail: Returned) -> About:
    """What a mail is about."""
    letters = _letters(session, mail.ours)
    what = {Kind.BOUNCE: FAILED, Kind.DELAYED: DELAYED}.get(mail.kind)
    said = {each.address: each.code for each in mail.reports if each.what == what}
    if what:
        letters = [letter for letter in letters if letter.recipient.lower() in said]
    letter = letters[0] if letters else None
    process_id = _process(session, letter, mail)
    return About(
        letter.id if letter else None,
        letter.recipient if letter else "",
        process_id,
        _request(session, process_id, letter, mail.sender) if process_id else None,
        said.get(letter.recipient.lower(), "") if letter else "",
        letter is not None,
    )


def speaks_for_another(mail: Returned, what: About) -> bool:
    """Whether an automatic answer says that somebody is away, and does not come from the address that our letter went
    to, or surely from the same body: anybody who was shown the letter can write one."""
    if mail.until is None or what.digest_id is None:
        return False
    sender, asked = (_plain(each) for each in (mail.sender, what.recipient))
    return not sender or (sender != asked and not of_one_body(sender, asked))


def _plain(address: str) -> str:
    return normalised(address).lower() if is_address(address) else ""


def _letters(session: Session, ours: Sequence[str]) -> Sequence[Digest]:
    """Those whose Message-ID is named. Others cannot have been guessed: it holds 160 bits of a hash."""
    if not ours:
        return []
    query = select(Digest).where(Digest.authority == authority(), col(Digest.message_id_header).in_(ours))
    return session.exec(query.order_by(col(Digest.claimed_at).desc())).all()


def _process(session: Session, letter: Digest | None, mail: Returned) -> UUID | None:
    """The only case of the letter; of a letter about several, the only one that the mail names. Never a guess."""
    in_letter = _processes_of(session, letter) if letter else frozenset[UUID]()
    if len(in_letter) == 1:
        return next(iter(in_letter))
    in_subject = [each for each in mail.references if each in mail.subject]
    for references in (in_subject, mail.references):
        named = _named(session, references)
        found = named & in_letter if in_letter else named
        if len(found) == 1:
            return next(iter(found))
    return None


def _processes_of(session: Session, letter: Digest) -> frozenset[UUID]:
    query = select(Message.process_id).where(Message.digest_id == letter.id)
    return frozenset(found for found in session.exec(query.distinct()) if found)


def _named(session: Session, references: Sequence[str]) -> frozenset[UUID]:
    query = select(Process.id).where(Process.authority == authority(), col(Process.mail_ref).in_(references))
    return frozenset(session.exec(query)) if references else frozenset()


def _request(session: Session, process_id: UUID, letter: Digest | None, sender: str) -> UUID | None:
    """The only request of the case that the letter was about, or that the sender was written to about."""
    of_letter = Message.digest_id == letter.id if letter else col(Message.id).is_(None)
    subjects = select(Message.subject).where(
        Message.process_id == process_id, or_(of_letter, Message.recipient == sender)
    )
    query = select(AdviceRequest.id).where(
        AdviceRequest.process_id == process_id, col(AdviceRequest.subject).in_(subjects)
    )
    found = session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None
