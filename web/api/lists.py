"""The lists that a SEND team works from, a page at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, TypeAdapter

from casework.lists import Item, LiftedItem, Listed, due, lifted, overdue
from casework.shown import processes_of
from web.api.answers import Answer
from web.api.cursors import CaseKeys, cut
from web.api.declared import READ
from web.api.desks import ApiReader
from web.api.shapes import AsOf, Cursor, Day, KnownOn, Limit, Line, Officer, PageSize, Service, Team
from web.place import Desk

router = APIRouter(tags=["Lists"])

_KEYS = CaseKeys(TypeAdapter(tuple[Day, Line, Line, Line]), ref=1)


class ListItem(Answer):
    """One limit of one case. `days_overdue` are calendar days past the legal day (negative: days left)."""

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


class LiftedListItem(ListItem):
    """A limit that a relief lifts; `target` is the day that a person set."""

    lifted_until: date | None
    target: date | None


class List(Answer):
    """A page of a list. `next` is null on the last; `not_timed`: rows of imported files that are on no list."""

    items: tuple[ListItem, ...]
    not_timed: int
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class LiftedList(List):
    """A page of what is lifted."""

    items: tuple[LiftedListItem, ...]  # pyright: ignore[reportIncompatibleVariableOverride]


@router.get("/overdue", responses=READ)
def list_what_is_overdue(
    at: ApiReader,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> List:
    """Everything overdue, the oldest legal day first. Due today is not overdue; what is lifted is not here."""
    found = overdue(
        at.db,
        at.actor,
        at.today,
        as_of=as_of,
        known_on=known_on,
        limit=limit,
        officer=officer,
        team=team,
        service=service,
        after=_KEYS.read(at.db, cursor),
        page=page_size + 1,
    )
    rows, more = _page(at, "overdue", found, page_size)
    return List(items=tuple(map(ListItem.model_validate, rows)), not_timed=found.not_timed, next=more)


@router.get("/due", responses=READ)
def list_what_falls_due(
    at: ApiReader,
    within: Annotated[int, Query(ge=0, le=366, description="Calendar days from today on.")] = 14,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> List:
    """What falls due from today on, soonest first."""
    found = due(
        at.db,
        at.actor,
        at.today,
        within,
        limit=limit,
        officer=officer,
        team=team,
        service=service,
        after=_KEYS.read(at.db, cursor),
        page=page_size + 1,
    )
    rows, more = _page(at, "due", found, page_size)
    return List(items=tuple(map(ListItem.model_validate, rows)), not_timed=found.not_timed, next=more)


@router.get("/lifted", responses=READ)
def list_what_is_lifted(
    at: ApiReader,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> LiftedList:
    """What a relief lifts and whose legal day is past: not overdue, and not to be forgotten."""
    found = lifted(
        at.db,
        at.actor,
        at.today,
        limit=limit,
        officer=officer,
        team=team,
        service=service,
        after=_KEYS.read(at.db, cursor),
        page=page_size + 1,
    )
    rows, more = _page(at, "lifted", found, page_size)
    return LiftedList(items=tuple(map(LiftedListItem.model_validate, rows)), not_timed=found.not_timed, next=more)


def _page(
    at: Desk, what: str, found: Listed[Item] | Listed[LiftedItem], size: int
) -> tuple[Sequence[Item], str | None]:
    rows, more = cut(found.items, size, lambda item: _KEYS.told(at.db, item.key))
    at.saw(f"api: {what}", processes_of(at.db, [row.case_ref for row in rows]))
    return rows, more
