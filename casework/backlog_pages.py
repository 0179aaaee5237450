"""The backlog of reviews a page at a time: however many there are, only what is shown is read in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.backlog import Outstanding, WithoutMeeting, outstanding_of, without_meeting_of
from casework.backlog_queries import EVERYBODY, Whose, in_piles, outstanding, without_meeting, without_meeting_in_order
from casework.cases import authority
from casework.lists import not_timed

SIZE = 50
"""Rows of a page."""

Item_co = TypeVar("Item_co", Outstanding, WithoutMeeting, covariant=True)


@dataclass(frozen=True, slots=True)
class Named(Generic[Item_co]):
    """One row with what a page adds: whose review it is, and at which setting."""

    item: Item_co
    process_id: UUID
    mail_ref: str
    name: str
    setting: str


@dataclass(frozen=True, slots=True)
class BacklogPage(Generic[Item_co]):
    """One page; `number` of all rows, `piles` how many lie on each, `not_timed` rows of files that are on no list."""

    rows: Sequence[Named[Item_co]]
    number: int
    not_timed: int
    piles: Mapping[str, int]
    more: bool


def backlog_page(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    limit: str = "reg20_decision",
    pile: str | None = None,
    whose: Whose = EVERYBODY,
    page: int = 1,
) -> BacklogPage[Outstanding]:
    """A page of `casework.backlog.backlog` as it is today; the first is 1."""
    with Session(db) as session:
        bound = whose.bound(actor)
        piles, shown = in_piles(session.connection(), limit, bound, pile, SIZE, SIZE * (page - 1))
        number = piles.get(pile, 0) if pile else sum(piles.values())
        rows = outstanding(session.connection(), limit, today, today, bound, among=shown)
        items = outstanding_of(session, rows, today)
        found = _named(session.connection(), shown, items)
        return BacklogPage(found, number, not_timed(session), piles, number > SIZE * page)


def no_meeting_page(
    db: Engine, actor: Actor, today: date, *, whose: Whose = EVERYBODY, page: int = 1
) -> BacklogPage[WithoutMeeting]:
    """A page of `casework.backlog.no_meeting` as it is today; the first is 1."""
    with Session(db) as session:
        connection, bound = session.connection(), whose.bound(actor)
        shown, number = without_meeting_in_order(connection, today, bound, SIZE, SIZE * (page - 1))
        rows = without_meeting(connection, today, today, bound, among=shown)
        items = without_meeting_of(session, rows, today)
        found = _named(connection, shown, items)
        return BacklogPage(found, number, not_timed(session), {}, number > SIZE * page)


def name_all(db: Engine, items: Sequence[Item_co]) -> Sequence[Named[Item_co]]:
    """Every row of a list, for a file."""
    with Session(db) as session:
        known = _known(session.connection(), [item.case_ref for item in items])
        return [_named_one(item, known[item.case_ref]) for item in items]


_NAMES = text(
    "SELECT p.id, p.case_ref, p.mail_ref, n.forename, n.surname, coalesce(s.name, n.setting_urn, '') AS setting "
    "FROM process p JOIN person n ON n.id = p.person_id "
    "LEFT JOIN setting s ON s.authority = n.authority AND s.urn = n.setting_urn "
    "WHERE p.authority = :authority AND p.case_ref = ANY(:refs)"
)


def _known(connection: Connection, refs: Sequence[str]) -> Mapping[str, Any]:
    rows = connection.execute(_NAMES, {"authority": authority(), "refs": list(refs)})
    return {row.case_ref: row for row in rows}


def _named(connection: Connection, order: Sequence[UUID], items: Sequence[Item_co]) -> Sequence[Named[Item_co]]:
    known = _known(connection, [item.case_ref for item in items])
    found = {known[item.case_ref].id: _named_one(item, known[item.case_ref]) for item in items}
    return [found[process] for process in order if process in found]


def _named_one(item: Item_co, row: Any) -> Named[Item_co]:
    return Named(item, row.id, row.mail_ref, f"{row.forename} {row.surname}".strip(), row.setting)
