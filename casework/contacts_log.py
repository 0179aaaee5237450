"""The contact log: who was spoken or written to about a case, how, and what was said.

What was said is about people, so it stands in the database alone, never in the ledger or a letter, and is erased with
the person's other texts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import Engine, and_, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case, find
from casework.errors import Refused
from config.clock import london_day
from records.tables import ContactNote, Officer
from statute.words import day_words

WAYS: Mapping[str, str] = MappingProxyType(
    {"phone": "Phone call", "email": "Email", "letter": "Letter", "meeting": "Meeting", "visit": "Visit"}
)
WITH_WHOM: Mapping[str, str] = MappingProxyType(
    {
        "parent": "Parent or carer",
        "young_person": "Child or young person",
        "representative": "Representative",
        "setting": "School or setting",
        "health": "Health",
        "social_care": "Social care",
        "other": "Somebody else",
    }
)
FAMILY = frozenset({"parent", "young_person", "representative"})
LONGEST = 20_000
"""Characters of one note: a long meeting fits, a file does not."""


@dataclass(frozen=True, slots=True)
class Note:
    """One contact, as it is to be put down."""

    day: date
    way: str
    with_whom: str
    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as it stands in the log; `by` is the name of the officer, else the username."""

    day: date
    way: str
    with_whom: str
    text: str
    recorded_at: datetime
    by: str


def log_contact(
    db: Engine, reference: str, note: Note, actor: Actor, now: datetime, number: UUID | None = None
) -> None:
    """Add a contact to a case's log. The same `number` twice (a form sent twice) adds one.

    Raises UnknownCase; Refused for a day to come, a way or person that is not known, no text or too long a one, or a
    child whose texts were erased.
    """
    with Session(db) as session, session.begin():
        put_down(session, find(session, reference, actor), note, actor, now, number)


def put_down(session: Session, case: Case, note: Note, actor: Actor, now: datetime, number: UUID | None = None) -> None:
    """The same in the caller's transaction. Raises Refused."""
    if reasons := _against(note, london_day(now)):
        raise Refused(reasons)
    if case.person.text_key is None:
        raise Refused("What was written about this child was erased on request: nothing more can be written down.")
    row = {
        "id": number or uuid4(),
        "authority": case.process.authority,
        "process_id": case.process.id,
        "day": note.day,
        "way": note.way,
        "with_whom": note.with_whom,
        "text": note.text.strip(),
        "recorded_at": now,
        "recorded_by": actor.name,
    }
    session.connection().execute(insert(ContactNote).values(row).on_conflict_do_nothing())


def contacts_of(
    session: Session, process_id: UUID, *, passing_over: int = 0, most: int | None = None
) -> Sequence[Contact]:
    """The log of one case, the latest contact first: all of it, or a page behind those passed over."""
    officer = and_(
        col(Officer.username) == col(ContactNote.recorded_by), col(Officer.authority) == ContactNote.authority
    )
    query = (
        select(ContactNote, Officer.name)
        .join(Officer, officer, isouter=True)
        .where(ContactNote.process_id == process_id)
        .order_by(col(ContactNote.day).desc(), col(ContactNote.recorded_at).desc(), col(ContactNote.id))
        .offset(passing_over)
        .limit(most)
    )
    return [
        Contact(note.day, note.way, note.with_whom, note.text, note.recorded_at, name or note.recorded_by)
        for note, name in session.exec(query)
    ]


@dataclass(frozen=True, slots=True)
class Log:
    """A case with one page of its contact log; `more` says that older contacts follow."""

    process_id: UUID
    mail_ref: str
    name: str
    contacts: Sequence[Contact]
    more: bool


PAGE = 50


def log_of(db: Engine, reference: str, actor: Actor, passing_over: int = 0) -> Log:
    """The log of the case with that reference, fifty contacts at a time. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        found = contacts_of(session, case.process.id, passing_over=passing_over, most=PAGE + 1)
        name = f"{case.person.forename} {case.person.surname}, {case.process.case_ref}"
        return Log(case.process.id, case.process.mail_ref, name, found[:PAGE], len(found) > PAGE)


def last_family_contact(session: Session, process_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """The last day on which the family was in contact, of each case that has one: a single question for many cases."""
    query = (
        select(ContactNote.process_id, func.max(ContactNote.day))
        .where(col(ContactNote.process_id).in_(process_ids), col(ContactNote.with_whom).in_(FAMILY))
        .group_by(col(ContactNote.process_id))
    )
    return dict(session.exec(query).all()) if process_ids else {}


def _against(note: Note, today: date) -> list[str]:
    found: list[str] = []
    if note.day > today:
        found.append(f"{day_words(note.day)} is in the future: today is {day_words(today)}.")
    if note.way not in WAYS:
        found.append("Say how you were in contact: by phone, email or letter, at a meeting or on a visit.")
    if note.with_whom not in WITH_WHOM:
        found.append("Say whom you were in contact with.")
    if not note.text.strip():
        found.append("Say what was said, in a sentence or two.")
    if len(note.text) > LONGEST:
        found.append(f"What was said is {len(note.text):,} characters long. Keep it to {LONGEST:,}.")
    return found
