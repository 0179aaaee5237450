"""What a caseworker does with a letter to a family: changes it, approves it, drops it, or says that it was posted.

Each command holds the case, so that nobody records the decision at the same moment, and looks at it again: a letter
that is no longer true is dropped and not approved.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.actor import Actor
from casework.cases import Case, find
from casework.documents import UnknownDocument
from casework.errors import Refused
from casework.families.own_words import against
from casework.families.settling import CHOSEN, FIRST_ATTEMPT, back_to_draft, settle
from casework.families.states import APPROVED, BY_SOMEBODY, DRAFT, DROPPED, FAILED, LETTER, SENDING, SENT
from casework.families.telling import told
from casework.families.who import ways_to
from casework.families.writing import TRY, write
from casework.situations import policy_to_follow, read_situation
from config.clock import london_day, utc_of_london
from post.errors import PostError
from post.family import DELAY, OWN_WORDS, reasons
from post.house import House
from records.tables import Contact, FamilyLetter, Process
from statute.words import day_words

_LONGEST_DELAY = timedelta(days=366)


class UnknownLetter(UnknownDocument):
    """This case has no letter with that number."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a caseworker puts into a draft. `reason` and `target` are those of a delay notice."""

    way: str
    reason: str = ""
    target: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command, and a sentence about it; not `well` when it could not be done any more."""

    said: str
    well: bool = True


def save(db: Engine, reference: str, letter_id: UUID, change: Change, actor: Actor, now: datetime) -> None:
    """Change a draft. Raises UnknownCase, UnknownLetter; Refused with every reason."""
    with _held(db, reference, letter_id, actor, now) as (session, case, row):
        _must_be(row, DRAFT, FAILED)
        contact = _contact(session, row)
        if reasons_against := [*_against(change, row, contact, london_day(now)), *_words_against(change, case)]:
            raise Refused(reasons_against)
        row.way, row.words = change.way, change.words.strip()
        row.about = {**row.about, CHOSEN: "yes"}
        if row.kind == DELAY:
            row.about, row.target = {**row.about, "why": change.reason}, change.target
        if row.status == FAILED:
            _once_more(row)
        session.add(row)


def approve(db: Engine, reference: str, letter_id: UUID, seen: str, house: House, actor: Actor, now: datetime) -> Done:
    """Approve exactly the letter that was seen (`Written.seen`); it goes with the next post.

    Raises UnknownCase, UnknownLetter; Refused for one that is not finished, or has changed since.
    """
    with _held(db, reference, letter_id, actor, now) as (session, _, row):
        if row.status in (APPROVED, SENDING, SENT):
            return Done(f"It was approved already, by {row.approved_by}.", well=False)
        if row.status == DROPPED:
            return Done("It was dropped: what it says is no longer so, or somebody decided against it.", well=False)
        _must_be(row, DRAFT)
        contact = _contact(session, row)
        if missing := _missing(row, contact, london_day(now)):
            raise Refused(missing)
        try:
            written = write(session, row, contact, house, london_day(now))
        except PostError as error:
            raise Refused(f"The letter cannot be written: {error}.") from error
        if written.seen != seen:
            raise Refused("The letter has changed since you saw it. Read it again below, then approve it.")
        row.status, row.reason, row.approved_at, row.approved_by = APPROVED, "", now, actor.name
        session.add(row)
        return Done("The letter is approved.")


def drop(db: Engine, reference: str, letter_id: UUID, why: str, actor: Actor, now: datetime) -> Done:
    """Decide against a letter that has not gone. Raises UnknownCase, UnknownLetter; Refused without a known reason."""
    if why not in BY_SOMEBODY:
        raise Refused("Say why the letter is not to be sent")
    with _held(db, reference, letter_id, actor, now) as (session, _, row):
        if row.status in (SENDING, SENT):
            return Done("It is too late: the letter has gone.", well=False)
        row.status, row.reason, row.approved_by, row.approved_at = DROPPED, why, actor.name, now
        session.add(row)
        return Done("The letter is dropped.")


def mark_posted(db: Engine, reference: str, letter_id: UUID, day: date, actor: Actor, now: datetime) -> Done:
    """A letter on paper was posted by hand on that day.

    Raises UnknownCase, UnknownLetter; Refused for a mail, one that is not approved, or an impossible day.
    """
    with _held(db, reference, letter_id, actor, now) as (session, _, row):
        if row.status == SENT:
            return Done("It is on record as sent already.", well=False)
        if row.status == DROPPED:
            return Done("It was dropped meanwhile. If it was posted all the same, log a contact.", well=False)
        if row.way != LETTER or row.status != APPROVED or row.approved_at is None:
            raise Refused("Only a letter on paper that was approved can have been posted")
        if not london_day(row.approved_at) <= day <= london_day(now):
            raise Refused("The day must be from the day of the approval up to today")
        told(session, row, _contact(session, row), min(now, utc_of_london(day, time(12))))
        return Done("The letter is on record as posted.")


def look_again(db: Engine, reference: str, actor: Actor, now: datetime) -> None:
    """Bring the letters of a case in step with it now, as its clock does when it wakes. Raises UnknownCase; Refused
    for a case that sends nothing."""
    with Session(db) as session, session.begin():
        case = find(session, reference, actor, lock=True)
        if case.process.armed_from is None:
            raise Refused("This case is quiet: it sends nothing until somebody arms it.")
        _settle(session, case.process, now)


@contextmanager
def _held(
    db: Engine, reference: str, letter_id: UUID, actor: Actor, now: datetime
) -> Generator[tuple[Session, Case, FamilyLetter]]:
    """The letter of that case, held and in step with it: nobody can record anything until the command is through."""
    with Session(db) as session, session.begin():
        case = find(session, reference, actor, lock=True)
        if case.process.armed_from is not None:
            _settle(session, case.process, now)
        yield session, case, letter_of(session, case.process.id, letter_id)


def _once_more(row: FamilyLetter) -> None:
    """What could not be delivered is a draft again, and goes as another letter."""
    kept = {name: value for name, value in row.about.items() if name != FIRST_ATTEMPT}
    row.about, row.digest_id = {**kept, TRY: row.about.get(TRY, 1) + 1}, None
    back_to_draft(row)


def letter_of(session: Session, process_id: UUID, letter_id: UUID) -> FamilyLetter:
    """The letter, if it is one of this case's own, held until the transaction ends. Raises UnknownLetter."""
    query = select(FamilyLetter).where(FamilyLetter.id == letter_id, FamilyLetter.process_id == process_id)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        raise UnknownLetter
    return row


def _settle(session: Session, process: Process, now: datetime) -> None:
    situation = read_situation(session, process, policy_to_follow(session), now).situation
    settle(session, process, situation)
    session.flush()


def _contact(session: Session, row: FamilyLetter) -> Contact:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    if contact is None:
        raise Refused("Whoever it was written to is no longer a contact of this case.")
    return contact


def _must_be(row: FamilyLetter, *statuses: str) -> None:
    if row.status not in statuses:
        raise Refused("The letter is no draft any more: somebody has approved, dropped or sent it.")


def _missing(row: FamilyLetter, contact: Contact, today: date) -> list[str]:
    change = Change(row.way, row.about.get("why", ""), row.target, row.words)
    return _against(change, row, contact, today)


def _against(change: Change, row: FamilyLetter, contact: Contact, today: date) -> list[str]:
    found = [] if change.way in ways_to(contact) else ["Choose how the letter goes: there must be an address for it"]
    if row.kind != DELAY:
        return found
    if change.reason not in reasons():
        found.append("Choose the reason for the delay")
    elif change.reason == OWN_WORDS and not change.words.strip():
        found.append("Write the reason in your own words, or choose another reason")
    return [*found, *_target_against(change.target, row.due, today)]


def _target_against(target: date | None, due: date | None, today: date) -> list[str]:
    if target is None:
        return ["The new target day must be given"]
    if target < today:
        return ["The new target day must not have passed"]
    if due and target <= due:
        return [f"The new target day must be after {day_words(due)}, or no notice is needed"]
    return [] if target <= today + _LONGEST_DELAY else ["The new target day must be within a year"]


def _words_against(change: Change, case: Case) -> list[str]:
    if change.words.strip() and case.person.text_key is None:
        return ["What was written about this child was erased on request: your own words cannot be kept."]
    return against(change.words, case.person, case.process)
