"""A page of a managers' list: its rows, whether there are more, and what is not timed and so on no list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.calendars import calendar_in_force
from casework.list_queries import Filter, Key, Query
from casework.listing.details import details
from casework.listing.rows import CaseRow, row_of
from casework.lists import Listed, not_timed
from casework.shown import case_ref_of

SIZE = 50
"""Rows of a page."""
COUNTED = 501
"""Rows are counted up to here: beyond, there are "more than 500"."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list; `number` of all its rows, COUNTED where there are so many or more.

    `next` is where the page after begins, None on the last; `not_timed` counts the rows of imported files that no
    clock could be computed for.
    """

    rows: Sequence[CaseRow]
    number: int
    not_timed: int
    next: str | None = None


def page_of(
    db: Engine,
    actor: Actor,
    query: Query,
    narrow: Filter,
    day: date,
    today: date,
    after: str = "",
    number: int | None = None,
) -> Page:
    """The first fifty rows of a list, or those behind `after` (the `next` of a page before).

    `day` is the day the list is of; `number` of its rows where it is known already. Restricted people appear only to
    actors who are named.
    """
    with Session(db) as session:
        asked = query.narrowed(narrow)
        connection = session.connection()
        found = asked.after(key_of(connection, after)).rows(connection, actor.name, SIZE + 1)
        if number is None:
            number = asked.number(connection, actor.name, COUNTED) if len(found) > SIZE or after else len(found)
        rows = _rows(session, found[:SIZE], day, today)
        more = rows[-1].cursor if len(found) > SIZE else None
        return Page(rows, number, not_timed(session), more)


def rows_behind(
    db: Engine, actor: Actor, query: Query, narrow: Filter, today: date, after: Key | None, most: int
) -> Listed[CaseRow]:
    """At most so many rows of a list of today, behind the key `after`: for a program that asks for page after page."""
    with Session(db) as session:
        found = query.narrowed(narrow).after(after).rows(session.connection(), actor.name, most)
        return Listed(tuple(_rows(session, found, today, today)), not_timed(session))


def every_row(db: Engine, actor: Actor, query: Query, narrow: Filter, day: date, today: date) -> Sequence[CaseRow]:
    """All rows of a list, for a file."""
    with Session(db) as session:
        found = query.narrowed(narrow).rows(session.connection(), actor.name, None)
        return _rows(session, found, day, today)


def key_of(connection: Connection, after: str) -> Key | None:
    """Where a page ended, from its `cursor`; None (the first page) for one that is none of ours."""
    due, _, rest = after.partition(".")
    mail_ref, limit, subject = (*rest.split(".", 2), "", "")[:3]
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return None
    case_ref = case_ref_of(connection, mail_ref)
    return None if case_ref is None else (day, case_ref, limit, subject)


def _rows(session: Session, found: Sequence[Mapping[str, Any]], day: date, today: date) -> list[CaseRow]:
    known = details(session, {row["process_id"] for row in found}, day, today)
    calendar = calendar_in_force(session)
    return [row_of(row, known[row["process_id"]], day, calendar) for row in found]
