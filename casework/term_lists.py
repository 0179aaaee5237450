"""The lists of reviews that settings, health and social care get two weeks before a term (Code, paragraph 9.172).

A list names children, so it travels as a file that an officer sends by a secure way. What is kept of it is its
number, and whether it was sent.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine, Integer, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.errors import Refused
from casework.recipients import Directory
from casework.term_dates import kept_terms, terms_of
from casework.term_letters import put_down
from casework.term_reviews import Span, counted, next_span, span_of
from config.clock import london_day
from records.tables import TermList
from statute.terms import Terms

SERVICES = ("health", "social_care")
"""Who must be invited to every review (reg 20(2), 21(2)): their list is of the whole authority."""

# Rows in one statement: a statement holds so many values and no more.
_AT_ONCE = 500
# Of rows that a statement put down or changed, which were new (Postgres marks those it changed).
_NEW = literal_column("(xmax = 0)::int", Integer)

READY, SENT, OVERDUE, EMPTY = "ready", "sent", "overdue", "nothing due"


@dataclass(frozen=True, slots=True)
class Prepared:
    """How many lists were new, and how many messages about lists were put down."""

    lists: int = 0
    messages: int = 0


def prepare_due(db: Engine, now: datetime) -> Prepared:
    """Prepare the lists of the terms that come near, and say so to whoever gets them and whoever sends them.

    Run every day: a list is there once, its number follows the plans until it is sent or the term begins. Of a
    caseload that is not armed nothing is counted, and without recorded terms nothing is prepared.
    """
    with Session(db) as session, session.begin():
        today = london_day(now)
        wanted = [list_for(recipient, span, count, now) for recipient, span, count in _wanted(session, today) if count]
        # In one order always, so that no two wait for each other in a ring.
        new = _keep(session, sorted(wanted, key=lambda row: (row.recipient, row.term_start)))
        _nothing_due_any_more(session, today, {(row.recipient, row.term_start) for row in wanted})
        return Prepared(new, put_down(session, unsent(session, today), now))


def unsent(session: Session, today: date) -> Sequence[TermList]:
    """The lists of terms to come that wait to be sent, the first due first."""
    query = select(TermList).where(
        TermList.authority == authority(),
        col(TermList.sent_on).is_(None),
        col(TermList.term_start) > today,
        TermList.count > 0,
    )
    return session.exec(query.order_by(col(TermList.due_on), col(TermList.recipient))).all()


def mark_sent(db: Engine, recipient: str, term: date, on: date, actor: Actor, today: date) -> TermList:
    """Record that a list was sent; said twice it stands as it was said first.

    `recipient` is a URN, "health" or "social_care", `term` the first day of the term. A list may be written, and so
    sent, before it is prepared: nobody is told of it then. Raises Refused when there can be no such list, or for a
    day to come.
    """
    if on > today:
        raise Refused(f"{on} is still to come: record the list on the day it is sent.")
    with Session(db, expire_on_commit=False) as session, session.begin():
        row = session.get(TermList, (authority(), recipient, term), with_for_update=True)
        row = row or _sent_early(session, recipient, term, today)
        if row is None:
            raise Refused(_no_list(session, recipient, term))
        if row.sent_on is None:
            row.sent_on, row.sent_by = on, actor.name
            session.add(row)
        return row


def standing_of(row: TermList, today: date) -> str:
    """How a list stands: ready to be sent, sent, overdue (its two weeks have begun), or nothing due any more."""
    if row.sent_on:
        return SENT
    if not row.count:
        return EMPTY
    return OVERDUE if row.due_on < today else READY


# What is to be prepared


def _wanted(session: Session, today: date) -> Iterator[tuple[str, Span, int]]:
    """Recipient, span of the term and number of reviews, for every term that is near."""
    return lists_near(own_terms(session), terms_of(session, None), today, lambda span: counted(session, span))


def own_terms(session: Session) -> dict[str, Terms]:
    """The terms of the settings that have their own."""
    urns = sorted({term.setting_urn for term in kept_terms(session) if term.setting_urn})
    return {urn: terms_of(session, urn) for urn in urns}


def lists_near(
    own: Mapping[str, Terms], shared: Terms, today: date, number: Callable[[Span], Mapping[str | None, int]]
) -> Iterator[tuple[str, Span, int]]:
    """Recipient, span of the term and number of reviews, for every term that is near.

    `own` are the terms of settings that have their own, `shared` those of all others; `number` says how many reviews of
    a term each setting has (None: children at no setting).
    """
    spans, everybody = {urn: span_of(terms, today) for urn, terms in own.items()}, span_of(shared, today)
    # Most schools with terms of their own share them with others: the reviews are counted once for each span.
    counts = {span: number(span) for span in {everybody, *spans.values()} if span}
    if everybody:
        yield from ((service, everybody, sum(counts[everybody].values())) for service in SERVICES)
        yield from ((urn, everybody, count) for urn, count in counts[everybody].items() if urn and urn not in own)
    yield from ((urn, span, counts[span].get(urn, 0)) for urn, span in spans.items() if span)


def list_for(recipient: str, span: Span, count: int, now: datetime) -> TermList:
    """The list of so many reviews, as it is put down."""
    return TermList(
        authority=authority(),
        recipient=recipient,
        term_start=span.start,
        due_on=span.due,
        count=count,
        prepared_at=now,
    )


def _sent_early(session: Session, recipient: str, term: date, today: date) -> TermList | None:
    """A list that was sent before it was prepared; None where no such term is recorded, or the setting is unknown."""
    own = None if recipient in SERVICES else recipient
    span = next_span(terms_of(session, own), today, term)
    known = own is None or Directory(session, authority()).setting(own) is not None
    if span is None or span.start != term or not known:
        return None
    counts = counted(session, span)
    count = counts.get(own, 0) if own else sum(counts.values())
    return list_for(recipient, span, count, datetime.combine(today, time(), UTC))


def _keep(session: Session, rows: Sequence[TermList]) -> int:
    """Put the lists down, or bring their numbers up to date while they were not sent; returns how many were new."""
    new = 0
    for start in range(0, len(rows), _AT_ONCE):
        put = insert(TermList).values([row.model_dump() for row in rows[start : start + _AT_ONCE]])
        changed = col(TermList.sent_on).is_(None) & (col(TermList.count) != put.excluded.count)
        kept = put.on_conflict_do_update(
            index_elements=["authority", "recipient", "term_start"], set_={"count": put.excluded.count}, where=changed
        )
        new += sum(session.connection().execute(kept.returning(_NEW)).scalars())
    return new


def _nothing_due_any_more(session: Session, today: date, wanted: set[tuple[str, date]]) -> None:
    for row in unsent(session, today):
        if (row.recipient, row.term_start) not in wanted:
            row.count = 0
            session.add(row)
    session.flush()


def _no_list(session: Session, recipient: str, term: date) -> str:
    query = select(TermList).where(TermList.authority == authority(), TermList.recipient == recipient)
    known = ", ".join(str(row.term_start) for row in session.exec(query.order_by(col(TermList.term_start))))
    if not known:
        return f"No term list was prepared for {recipient}. 'ehcp reviews term-lists' shows those there are."
    return f"No term list was prepared for {recipient} before a term that begins on {term}. There are: {known}."
