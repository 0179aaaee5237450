"""What is wrong with cover that somebody wants to note."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, select

from casework.staff import MAY_HAVE_CASES
from post.addresses import is_address
from records.tables import Body, Cover, Officer

LONGEST = timedelta(days=366)
"""Longer is not cover: then the cases are given to somebody."""


def faults(session: Session, row: Cover, today: date) -> list[str]:
    """Sentences for whoever noted it; none when it may stand."""
    people = _officers if row.kind == "officer" else _service
    return [*people(session, row), *_days(row, today), *_twice(session, row)]


def _days(row: Cover, today: date) -> Iterator[str]:
    if row.last < row.first:
        yield "The last day must be the first day or a later one."
    elif row.last < today:
        yield "These days are over. Cover is for today and days to come."
    elif row.last - row.first > LONGEST:
        yield "Cover can be for a year at most. For longer, give the cases to somebody else."


def _officers(session: Session, row: Cover) -> Iterator[str]:
    away = session.get(Officer, (row.authority, row.who))
    standing_in = session.get(Officer, (row.authority, row.stand_in))
    if away is None:
        yield "Choose who is away from the list of officers."
    if row.who == row.stand_in:
        yield "Nobody can stand in for themselves. Choose somebody else."
    elif standing_in is None or not standing_in.active:
        yield "Choose who stands in from the list of officers who are still here."
    elif standing_in.role not in MAY_HAVE_CASES:
        yield f"{standing_in.name} does not work on cases. Choose a caseworker or a manager."
    elif not is_address(standing_in.email or ""):
        yield f"{standing_in.name} has no mail address, so would hear of nothing. Add it, or choose somebody else."


def _service(session: Session, row: Cover) -> Iterator[str]:
    category, _, code = row.who.partition("/")
    query = select(Body.id).where(Body.authority == row.authority, Body.category == category, Body.code == code)
    if session.exec(query).first() is None:
        yield "Choose the service from the list of services."
    if not is_address(row.stand_in):
        yield "The address of who stands in must be a mail address, like name@example.nhs.uk."


def _twice(session: Session, row: Cover) -> Iterator[str]:
    query = select(Cover.id).where(
        Cover.authority == row.authority,
        Cover.kind == row.kind,
        Cover.who == row.who,
        Cover.stand_in == row.stand_in,
        Cover.first <= row.last,
        Cover.last >= row.first,
        col(Cover.ended_on).is_(None),
    )
    if session.exec(query).first() is not None:
        yield "They stand in for them on some of these days already. Change the days, or end the other cover first."
