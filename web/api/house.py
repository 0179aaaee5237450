"""The house: who asks, who works here, who can be asked for advice, and the calendar."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from fastapi import APIRouter
from pydantic import Field, TypeAdapter

from casework.calendar_report import report
from casework.directory_lists import officers, services, settings
from web.api.answers import Answer
from web.api.cursors import cut, key_in
from web.api.declared import READ
from web.api.desks import ApiReader, ApiStaff
from web.api.shapes import Cursor, Line, PageSize
from web.place import Desk
from web.roles import MANAGE

router = APIRouter(tags=["House"])

A = TypeVar("A", bound=Answer)
_KEY = TypeAdapter(tuple[Line, Line])
_ADDRESSES = frozenset({"email", "manager_email", "lead_email", "fallback_email", "head_email", "stand_in"})


class Me(Answer):
    """Whose token it is, and what their role is now; `today` is the day in London by which states are told."""

    username: str
    name: str
    role: str
    team: str | None
    today: date


class Officer(Answer):
    """A member of staff. Addresses are shown to managers and administrators alone."""

    username: str
    name: str
    team: str | None
    role: str
    active: bool
    open_cases: int
    email: str | None
    manager_email: str | None


class Officers(Answer):
    """All staff, those still here first."""

    items: tuple[Officer, ...]


class Service(Answer):
    """A body that gives advice. Addresses are shown to managers and administrators alone."""

    category: str
    code: str
    name: str
    section_31: bool
    active: bool
    email: str | None
    manager_email: str | None
    lead_email: str | None
    fallback_email: str | None
    stand_in: str | None
    stand_in_until: date | None


class Services(Answer):
    """All bodies, in the order in which they are asked within their category."""

    items: tuple[Service, ...]


class Setting(Answer):
    """A school or other setting. Addresses are shown to managers and administrators alone."""

    urn: str
    name: str
    email: str | None
    head_email: str | None


class Settings(Answer):
    """A page of the settings, by name."""

    items: tuple[Setting, ...]
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class CalendarDay(Answer):
    """A day that the authority recorded: a bank holiday, a closure of the offices, or a working day after all."""

    day: date
    kind: str
    name: str
    change: int


class Term(Answer):
    """A school term; no `setting_urn`: the authority's own."""

    name: str
    first: date
    last: date
    setting_urn: str | None


class CalendarChange(Answer):
    """One change of the calendar."""

    number: int
    what: str
    because: str
    applied_at: datetime
    applied_by: str


class Calendar(Answer):
    """What was recorded beside England's own calendar."""

    days: tuple[CalendarDay, ...]
    terms: tuple[Term, ...]
    changes: tuple[CalendarChange, ...]


@router.get("/me", responses=READ)
def tell_who_i_am(at: ApiStaff) -> Me:
    """Whose token it is."""
    me = at.me
    return Me(username=me.username, name=me.name, role=me.role, team=me.team, today=at.today)


@router.get("/officers", responses=READ)
def list_officers(at: ApiReader) -> Officers:
    """The officers' directory."""
    return Officers(items=_shown(at, officers(at.db, at.actor), Officer))


@router.get("/services", responses=READ)
def list_services(at: ApiReader) -> Services:
    """The services that are asked for advice."""
    return Services(items=_shown(at, services(at.db, at.today), Service))


@router.get("/settings", responses=READ)
def list_settings(at: ApiReader, cursor: Cursor = None, page_size: PageSize = 50) -> Settings:
    """Schools and other settings."""
    after = key_in(cursor, _KEY) or ("", "")
    rows, more = cut(settings(at.db, after=after, page=page_size + 1), page_size, lambda row: (row.name, row.urn))
    return Settings(items=_shown(at, rows, Setting), next=more)


@router.get("/calendar", responses=READ)
def read_the_calendar(at: ApiReader) -> Calendar:
    """Bank holidays, closures of the offices and terms that the authority recorded."""
    return Calendar.model_validate(report(at.db))


def _shown(at: Desk, rows: Sequence[Any], shape: type[A]) -> tuple[A, ...]:
    """Entries of a directory, without addresses for whoever does not look after them."""
    shown = tuple(map(shape.model_validate, rows))
    if at.me.role in MANAGE.roles:
        return shown
    hidden = dict.fromkeys(_ADDRESSES & shape.model_fields.keys())
    return tuple(row.model_copy(update=hidden) for row in shown)
