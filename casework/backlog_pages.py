"""The backlog of reviews a page at a time: however many there are, only what is shown is read in full."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.backlog import Outstanding, Pile, WithoutMeeting, outstanding_of, pile_of, without_meeting_of
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
        placed = _placed(session, limit, actor, today, whose)
        piles = Counter(each.value for each, *_ in placed)
        wanted = [process for of, _, _, process in placed if pile in (None, of.value)]
        shown = wanted[SIZE * (page - 1) : SIZE * page]
        rows = outstanding(session.connection(), limit, today, today, whose.bound(actor), among=shown)
        items = outstanding_of(session, rows, today)
        found = _named(session.connection(), shown, items)
        return BacklogPage(found, len(wanted), not_timed(session), piles, len(wanted) > SIZE * page)


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


def _placed(
    session: Session, limit: str, actor: Actor, today: date, whose: Whose
) -> list[tuple[Pile, date, str, UUID]]:
    """Every review on its pile, in the order of the list.

    What a report says is read where it stands; only where something was corrected, retracted or undone the whole of
    the review's facts is asked what is left of it.
    """
    rows = in_piles(session.connection(), limit, today, whose.bound(actor))
    judged = pile_of(session, [row for row in rows if row["touched"]], today)
    places = {pile: place for place, pile in enumerate(Pile)}
    order: Callable[[Any], Any] = lambda each: (places[each[0]], each[1], each[2])  # noqa: E731
    placed = [(_pile(row, judged), row["legal_due"], row["case_ref"], row["process_id"]) for row in rows]
    return sorted(placed, key=order)


def _pile(row: Mapping[str, Any], judged: Mapping[UUID, Pile]) -> Pile:
    if row["process_id"] in judged:
        return judged[row["process_id"]]
    if row["urgent"]:
        return Pile.URGENT
    return Pile.MAINTAIN if row["maintain"] else Pile.TO_DECIDE


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
