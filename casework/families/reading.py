"""The letters of one case as its pages show them: who gets them, who does not and why, and each exactly as it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import ENGINE, Actor
from casework.case_head import Head, Opened, name_of, open_case
from casework.families.drafts import UnknownLetter
from casework.families.states import CONTACT_GONE, DO_NOT_CONTACT, DROPPED, FAILED
from casework.families.who import contacts_of, has_died, sensitive, way_of, ways_to
from casework.families.writing import Written, write
from casework.situations import policy_to_follow, read_situation
from config.clock import london_day
from post.errors import PostError
from post.house import House
from records.tables import Contact, Digest, FamilyLetter

CHOOSE_WAY = "choose_way"
"""Why somebody gets nothing yet: nobody has said how, or there is no address for it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the family: how they are written to, or why they are not (a code); `confidential`: their address."""

    name: str
    role: str
    way: str
    why_not: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class OneLetter:
    """One letter as it stands. `to` is the contact's name; `fate` what was heard of it since it went.

    `automatic`: it was approved by the policy alone. `by` is who approved or dropped it.
    """

    id: UUID
    kind: str
    limit: str
    due: date | None
    to: str
    role: str
    way: str
    status: str
    reason: str
    why: str
    target: date | None
    words: str
    drafted_at: datetime
    at: datetime | None
    by: str
    automatic: bool
    sent_at: datetime | None
    fate: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a case. `sensitive` are codes why none goes without a person's look; `held_until` the last day of
    a mail hold; `over`: the case has ended or the child has died, and nothing more is written."""

    head: Head
    readers: Sequence[Reader]
    letters: Sequence[OneLetter]
    sensitive: Sequence[str]
    held_until: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter with what it says; `written` is None where it cannot be written (`cannot` says why).

    `ways` are those by which this person can be written to.
    """

    head: Head
    letter: OneLetter
    ways: Sequence[str]
    written: Written | None
    cannot: str
    sensitive: Sequence[str]


def letters_of_family(db: Engine, reference: str, actor: Actor, now: datetime) -> Letters:
    """All letters to the family in a case, the latest first, and who gets them. Raises UnknownCase."""
    with Session(db) as session:
        opened = open_case(session, reference, actor)
        process, person = opened.case.process, opened.case.person
        contacts = contacts_of(session, person.id)
        situation = read_situation(session, process, policy_to_follow(session), now).situation
        died = has_died(session, person.id)
        return Letters(
            head=opened.head,
            readers=[_reader(each) for each in contacts],
            letters=_letters(session, opened, contacts),
            sensitive=sensitive(person, contacts),
            held_until=situation.asking.held_until(situation.today),
            over=died or situation.timeline.ended_on is not None,
        )


def letter(db: Engine, reference: str, letter_id: UUID, house: House, actor: Actor, now: datetime) -> Shown:
    """One letter as it would go today. Raises UnknownCase, UnknownLetter."""
    with Session(db) as session:
        opened = open_case(session, reference, actor)
        contacts = contacts_of(session, opened.case.person.id)
        row = session.get(FamilyLetter, letter_id)
        if row is None or row.process_id != opened.head.id:
            raise UnknownLetter
        contact = next((each for each in contacts if each.id == row.contact_id), None)
        written, cannot = _written(session, row, contact, house, now)
        shown = next(each for each in _letters(session, opened, contacts) if each.id == letter_id)
        why = sensitive(opened.case.person, contacts)
        return Shown(opened.head, shown, ways_to(contact) if contact else (), written, cannot, why)


def _reader(contact: Contact) -> Reader:
    way = way_of(contact)
    why_not = DO_NOT_CONTACT if contact.do_not_contact else "" if way else CHOOSE_WAY
    return Reader(contact.name, contact.role, way, why_not, contact.confidential)


def _letters(session: Session, opened: Opened, contacts: Sequence[Contact]) -> Sequence[OneLetter]:
    names = {each.id: each for each in contacts}
    query = (
        select(FamilyLetter, Digest)
        .join(Digest, col(Digest.id) == col(FamilyLetter.digest_id), isouter=True)
        .where(FamilyLetter.process_id == opened.head.id)
        .order_by(col(FamilyLetter.drafted_at).desc(), col(FamilyLetter.step_key))
    )
    return [_one(row, digest, names, opened) for row, digest in session.exec(query)]


def _one(row: FamilyLetter, digest: Digest | None, names: dict[UUID, Contact], opened: Opened) -> OneLetter:
    contact = names.get(row.contact_id) if row.contact_id else None
    return OneLetter(
        id=row.id,
        kind=row.kind,
        limit=row.limit_id,
        due=row.due,
        to=contact.name if contact else "",
        role=contact.role if contact else "",
        way=row.way,
        status=row.status,
        reason=row.reason if row.status in (DROPPED, FAILED) else "",
        why=row.about.get("why", ""),
        target=row.target,
        words=row.words,
        drafted_at=row.drafted_at,
        at=row.approved_at,
        by=name_of(opened.directory, row.approved_by),
        automatic=row.approved_by == ENGINE.name,
        sent_at=row.sent_at,
        fate=digest.fate if digest and row.sent_at else "",
    )


def _written(
    session: Session, row: FamilyLetter, contact: Contact | None, house: House, now: datetime
) -> tuple[Written | None, str]:
    if contact is None:
        return None, CONTACT_GONE
    if row.way and row.way not in ways_to(contact):
        return None, CHOOSE_WAY
    # A letter that has gone is shown as it went.
    day = london_day(row.sent_at or now)
    try:
        return write(session, row, contact, house, day), ""
    except PostError as error:
        return None, str(error)
