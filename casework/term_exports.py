"""Term lists to read and to send: which there are, and one with the names of its children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.errors import Refused
from casework.recipients import Directory
from casework.term_children import Child, Children, children_on
from casework.term_dates import terms_of
from casework.term_lists import SERVICES, standing_of
from casework.term_reviews import Span, next_span
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
class Names:
    """A list with names, or one page of it; `number` of all children on it.

    `called` is the setting's name, `sent_on` and `sent_by` say whether the list was sent. `restricted` children stand
    on no list and are known to the actor alone; `unarmed` ones stand on it although the mail about it leaves them out.
    """

    term_start: date
    due_on: date
    called: str
    children: Sequence[Child]
    number: int
    restricted: int
    unarmed: int
    sent_on: date | None
    sent_by: str | None


def term_lists(db: Engine, today: date) -> list[ListOfTerm]:
    """Every list of the terms to come and of the last, the first due first."""
    with Session(db) as session:
        query = select(TermList).where(TermList.authority == authority(), col(TermList.term_start) > today - SHOWN_FOR)
        rows = session.exec(query.order_by(col(TermList.due_on), col(TermList.recipient))).all()
        directory = Directory(session, authority()).with_settings()
        return [_shown(row, directory, today) for row in rows]


def names(
    db: Engine, recipient: str, actor: Actor, today: date, term: date | None = None, *, page: int | None = None
) -> Names:
    """The list for a setting (by URN), "health" or "social_care", before the term that begins on that day or holds it.

    Without a day it is that of the next term; with a `page` (the first is 1) only its children are named. Children who
    are restricted to named staff are left out: those staff tell the setting themselves. Raises Refused for an unknown
    setting and where no such term is recorded.
    """
    with Session(db) as session:
        own = None if recipient in SERVICES else recipient
        span = next_span(terms_of(session, own), today, term)
        if span is None:
            raise Refused(_no_term(recipient, term))
        found = children_on(session, span, own, actor, page=page)
        setting = Directory(session, authority()).setting(own)
        if own is not None and setting is None and not found.number:
            raise Refused(f"The setting {own} is not in the directory of settings. 'ehcp settings import' adds it.")
        sent = session.get(TermList, (authority(), recipient, span.start))
        return _named(span, found, setting.name if setting else "", sent)


def _named(span: Span, found: Children, called: str, sent: TermList | None) -> Names:
    return Names(
        term_start=span.start,
        due_on=span.due,
        called=called,
        children=found.shown,
        number=found.number,
        restricted=found.restricted,
        unarmed=found.unarmed,
        sent_on=sent.sent_on if sent else None,
        sent_by=sent.sent_by if sent else None,
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
