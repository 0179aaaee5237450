"""The lists that a SEND team works from: overdue, falling due, lifted and past its day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from casework.known import overdue_as_known
from casework.list_queries import Filter, Key, Query, due_query, lifted_query, overdue_query
from casework.listing.ages import Band
from casework.listing.stages import Stage

_NOT_TIMED = text("SELECT count(*) FROM import_refusal WHERE authority = :authority AND resolved_at IS NULL")


class Narrow(TypedDict, total=False):
    """What a list is narrowed to, as `Filter` has it."""

    limit: str | None
    officer: str | None
    team: str | None
    service: str | None
    stage: Stage | None
    age: Band | None


@dataclass(frozen=True, slots=True)
class Item:
    """One limit of one case on a list. `days_overdue` are calendar days past the legal day (negative: days left)."""

    case_ref: str
    limit: str
    subject: str
    start: date | None
    legal_due: date
    operational_due: date | None
    days_overdue: int
    officer: str | None
    team: str | None
    citation: str

    @property
    def key(self) -> Key:
        """Give the last item's key as `after` to get the next page."""
        return self.legal_due, self.case_ref, self.limit, self.subject


@dataclass(frozen=True, slots=True)
class LiftedItem(Item):
    """A limit that a relief lifts: "as soon as practicable" runs on. `target` is the day that a person set."""

    lifted_until: date | None = None
    target: date | None = None


Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row_co]):
    """A list, and how many rows of imported files could not be timed and so are on no list."""

    items: tuple[Row_co, ...]
    not_timed: int


def overdue(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    after: Key | None = None,
    page: int | None = None,
    **narrow: Unpack[Narrow],
) -> Listed[Item]:
    """Everything whose state is `overdue`, oldest legal day first.

    `as_of` takes the facts up to that day on today's knowledge; `known_on` only what had been recorded by the
    end of that day (London), as of that same day unless `as_of` names another. Restricted people appear only
    to actors who are named.
    """
    by = Filter(**narrow)
    day = as_of or known_on or today
    with Session(db) as session:
        if known_on is None:
            found = _rows(session, overdue_query(day, today).narrowed(by).after(after), actor, page)
        else:
            found = overdue_as_known(session, day, known_on, by, actor, after, page)
        return Listed(tuple(_item(row, day) for row in found), not_timed(session))


def due(
    db: Engine,
    actor: Actor,
    today: date,
    within: int = 14,
    *,
    after: Key | None = None,
    page: int | None = None,
    **narrow: Unpack[Narrow],
) -> Listed[Item]:
    """What falls due from today on within so many calendar days, both ends counted; soonest first."""
    query = due_query(today, today + timedelta(days=within)).narrowed(Filter(**narrow))
    with Session(db) as session:
        rows = _rows(session, query.after(after), actor, page)
        return Listed(tuple(_item(row, today) for row in rows), not_timed(session))


def lifted(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    after: Key | None = None,
    page: int | None = None,
    **narrow: Unpack[Narrow],
) -> Listed[LiftedItem]:
    """What a relief lifts and whose legal day is past: not overdue, and not to be forgotten."""
    query = lifted_query(today).narrowed(Filter(**narrow))
    with Session(db) as session:
        rows = _rows(session, query.after(after), actor, page)
        return Listed(tuple(_lifted_item(row, today) for row in rows), not_timed(session))


def _rows(session: Session, query: Query, actor: Actor, page: int | None) -> Any:
    return query.rows(session.connection(), actor.name, page)


def _item(row: Any, day: date) -> Item:
    return Item(**_fields(row, day))


def _lifted_item(row: Any, day: date) -> LiftedItem:
    return LiftedItem(**_fields(row, day), lifted_until=row["lifted_until"], target=row["target"])


def _fields(row: Any, day: date) -> dict[str, Any]:
    return {
        "case_ref": row["case_ref"],
        "limit": row["limit_id"],
        "subject": row["subject"],
        "start": row["start"],
        "legal_due": row["legal_due"],
        "operational_due": row["operational_due"],
        "days_overdue": (day - row["legal_due"]).days,
        "officer": row["officer"],
        "team": row["team"],
        "citation": row["citation"],
    }


def not_timed(session: Session) -> int:
    """How many rows of imported files could not be timed and so are on no list."""
    return session.connection().execute(_NOT_TIMED, {"authority": authority()}).scalar_one()
