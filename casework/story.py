"""The chronology of a case for its page: facts with what became of them, letters, contacts, hands it passed through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import ENGINE, Actor
from casework.calendar_history import changes_in_words, moved_days
from casework.case_head import Head, Opened, name_of, open_case
from casework.case_letters import letters_of
from config.clock import london_day
from records.ledger import texts_of
from records.tables import Assignment, ContactNote, FactRow, Process, Review
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD
from statute.standing import as_now_known, standing, target_of

NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return NOTHING


class Sort(StrEnum):
    """What an entry of the chronology is."""

    FACT = "fact"
    LETTER = "letter"
    CONTACT = "contact"
    CASE = "case"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, on a day (London).

    `kind` and `subject` are those of the fact, the letter's, the way of a contact, or what became of the case (armed,
    opened, given). `at` is when it was put down (of a letter: when it left) and `by` the name of whoever did it. An
    entry that was corrected or retracted keeps `undone`: the kind, moment and author of what did it.
    """

    sort: Sort
    day: date
    kind: str
    subject: str
    at: datetime
    by: str
    channel: str = ""
    said: Mapping[str, str] = field(default_factory=_nothing)
    texts: Mapping[str, str] = field(default_factory=_nothing)
    undone: "Undone | None" = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What took an entry out of the record, or changed it: `corrected` (to `day`), `retracted` or `reopened`."""

    kind: str
    at: datetime
    by: str
    day: date | None = None


def story(db: Engine, reference: str, actor: Actor) -> tuple[Head, Sequence[Event]]:
    """A case and everything that happened in it, oldest first; free text is included. Raises UnknownCase."""
    with Session(db) as session:
        opened = open_case(session, reference, actor)
        found = [
            *_facts(session, opened),
            *_letters(session, opened),
            *_contacts(session, opened),
            *_hands(session, opened),
            *_armed(opened),
            *_opened(session, opened.case.process),
            *_moved(session, opened),
        ]
    return opened.head, sorted(found, key=lambda event: (event.day, event.at, event.sequence))


def _facts(session: Session, opened: Opened) -> Iterator[Event]:
    facts, names = opened.case.facts, opened.directory
    texts = texts_of(session, opened.head.id)
    query = select(FactRow).where(FactRow.process_id == opened.head.id).order_by(col(FactRow.sequence))
    rows = {row.sequence: row for row in session.exec(query)}
    undone = _undoings(facts)
    for row in rows.values():
        by = rows.get(undone.get(row.sequence, 0))
        yield Event(
            sort=Sort.FACT,
            day=row.day,
            kind=row.kind,
            subject=row.subject,
            at=row.recorded_at,
            by=name_of(names, row.recorded_by),
            channel=row.channel,
            said=row.attributes,
            texts=texts.get(row.sequence, NOTHING),
            undone=_undone(by, names_by=name_of(names, by.recorded_by)) if by else None,
            sequence=row.sequence,
        )


def _undone(by: FactRow, names_by: str) -> Undone:
    return Undone(by.kind, by.recorded_at, names_by, by.day if by.kind == "corrected" else None)


def _undoings(facts: Sequence[Fact]) -> dict[int, int]:
    """Of each fact that a later one corrected, retracted or undid: the number of the last that did."""
    found: dict[int, int] = {}
    for place, fact in enumerate(facts):
        if fact.kind in ABOUT_THE_RECORD and (target := target_of(as_now_known(facts[:place]), fact)):
            found[target.sequence] = fact.sequence
    stands = {fact.sequence for fact in standing(facts)}
    known = {fact.sequence for fact in as_now_known(facts)}
    reopened = max((fact.sequence for fact in facts if fact.kind == "reopened"), default=0)
    found.update({number: reopened for number in known - stands if reopened and number not in found})
    return found


def _letters(session: Session, opened: Opened) -> Iterator[Event]:
    for letter in letters_of(session, opened.head.id):
        if letter.sent:
            said = {"to": letter.recipient, "role": letter.role, "limit": letter.limit}
            yield Event(
                Sort.LETTER, london_day(letter.at), letter.kind, letter.subject, letter.at, ENGINE.name, said=said
            )


def _contacts(session: Session, opened: Opened) -> Iterator[Event]:
    query = select(ContactNote).where(ContactNote.process_id == opened.head.id)
    for note in session.exec(query.order_by(col(ContactNote.day))):
        by = name_of(opened.directory, note.recorded_by)
        said, texts = {"with": note.with_whom}, {"note": note.text}
        yield Event(Sort.CONTACT, note.day, note.way, "", note.recorded_at, by, said=said, texts=texts)


def _hands(session: Session, opened: Opened) -> Iterator[Event]:
    query = select(Assignment).where(Assignment.process_id == opened.head.id).order_by(col(Assignment.at))
    for given in session.exec(query):
        said = {
            "was": name_of(opened.directory, given.was_officer),
            "officer": name_of(opened.directory, given.officer),
            "team": given.team or "",
        }
        by = name_of(opened.directory, given.given_by)
        yield Event(Sort.CASE, london_day(given.at), "given", "", given.at, by, said=said)


def _armed(opened: Opened) -> Iterator[Event]:
    """What was armed by its opening is told already."""
    process = opened.case.process
    if process.armed_from and process.armed_at and process.armed_at != process.opened_at:
        by = name_of(opened.directory, process.armed_by)
        said = {"from": london_day(process.armed_from).isoformat()}
        yield Event(Sort.CASE, london_day(process.armed_at), "armed", "", process.armed_at, by, said=said)


def _opened(session: Session, process: Process) -> Iterator[Event]:
    """A review whose clock was opened, months after the review itself began."""
    review = session.get(Review, process.id)
    if review is not None and review.opened_at is not None:
        day = london_day(review.opened_at)
        yield Event(Sort.CASE, day, "opened", "", review.opened_at, ENGINE.name, ENGINE.channel)


def _moved(session: Session, opened: Opened) -> Iterator[Event]:
    for change, what, detail in changes_in_words(moved_days(session, opened.head.id)):
        by = name_of(opened.directory, change.applied_by)
        said = {"what": what, "moved": detail}
        yield Event(Sort.CALENDAR, london_day(change.applied_at), "moved", "", change.applied_at, by, said=said)
