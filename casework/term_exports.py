"""Term lists to read and to send: which there are, and one with the names of its children."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.errors import Refused
from casework.recipients import Directory
from casework.term_dates import terms_of
from casework.term_lists import SERVICES, standing_of
from casework.term_reviews import Due, Span, listed, next_span
from records.tables import TermList

# How long after a term has begun its lists are still shown.
SHOWN_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ListOfTerm:
    """One list that was prepared: for whom, when it should be there, how many reviews, and how it stands."""

    recipient: str
    name: str
    term_start: date
    due_on: date
    count: int
    state: str
    sent_on: date | None
    sent_by: str | None


@dataclass(frozen=True, slots=True)
class Child:
    """One line of a list that is sent: who it is, and by when the meeting is wanted. Legal days, unadjusted."""

    reference: str
    surname: str
    forename: str
    date_of_birth: date | None
    setting_urn: str | None
    setting: str
    meeting_by: date
    review_due: date | None
    phase_transfer_due: date | None
    caseworker: str


@dataclass(frozen=True, slots=True)
class Names:
    """A list with names. `restricted` children stand on no list and are known to the actor alone; `unarmed` ones stand
    on it although the mail about it leaves them out."""

    term_start: date
    due_on: date
    children: tuple[Child, ...]
    restricted: int
    unarmed: int


def term_lists(db: Engine, today: date) -> list[ListOfTerm]:
    """Every list of the terms to come and of the last, the first due first."""
    with Session(db) as session:
        query = select(TermList).where(TermList.authority == authority(), col(TermList.term_start) > today - SHOWN_FOR)
        rows = session.exec(query.order_by(col(TermList.due_on), col(TermList.recipient))).all()
        directory = Directory(session, authority()).with_settings()
        return [_shown(row, directory, today) for row in rows]


def names(db: Engine, recipient: str, actor: Actor, today: date, term: date | None = None) -> Names:
    """The list for a setting (by URN), "health" or "social_care", before the term that begins on that day or holds it.

    Without a day it is that of the next term. Children who are restricted to named staff are left out: those staff
    tell the setting themselves. Raises Refused for an unknown setting and where no such term is recorded.
    """
    with Session(db) as session:
        directory = Directory(session, authority())
        own = None if recipient in SERVICES else recipient
        span = next_span(terms_of(session, own), today, term)
        if span is None:
            raise Refused(_no_term(recipient, term))
        found = listed(session, span, own)
        if own is not None and not found and directory.setting(own) is None:
            raise Refused(f"The setting {own} is not in the directory of settings. 'ehcp settings import' adds it.")
        return _named(directory.with_settings(), span, found, actor)


def _named(directory: Directory, span: Span, found: Sequence[Due], actor: Actor) -> Names:
    open_to_all = [due for due in found if not due.restricted]
    return Names(
        term_start=span.start,
        due_on=span.due,
        children=tuple(_children(directory, open_to_all)),
        restricted=sum(due.restricted and actor.name in due.restricted_to for due in found),
        unarmed=sum(not due.armed for due in open_to_all),
    )


def _children(directory: Directory, found: Iterable[Due]) -> Iterable[Child]:
    for due in found:
        setting = directory.setting(due.setting_urn)
        officer = directory.everybody.get(due.officer or "")
        yield Child(
            reference=due.mail_ref,
            surname=due.surname,
            forename=due.forename,
            date_of_birth=due.date_of_birth,
            setting_urn=due.setting_urn,
            setting=setting.name if setting else "",
            meeting_by=due.meeting_by,
            review_due=due.review_due,
            phase_transfer_due=due.transfer_due,
            caseworker=officer.name if officer else "",
        )


def _shown(row: TermList, directory: Directory, today: date) -> ListOfTerm:
    return ListOfTerm(
        recipient=row.recipient,
        name=_name(directory, row.recipient),
        term_start=row.term_start,
        due_on=row.due_on,
        count=row.count,
        state=standing_of(row, today),
        sent_on=row.sent_on,
        sent_by=row.sent_by,
    )


def _name(directory: Directory, recipient: str) -> str:
    if recipient in SERVICES:
        body = directory.body((), recipient)
        return body.name if body else ""
    setting = directory.setting(recipient)
    return setting.name if setting else ""


def _no_term(recipient: str, term: date | None) -> str:
    wanted = "begins after today" if term is None else f"begins on {term} or holds that day"
    whose = "of the authority" if recipient in SERVICES else f"of setting {recipient}, or of the authority,"
    return f"No term {whose} is recorded that {wanted}. 'ehcp calendar' takes term dates."
