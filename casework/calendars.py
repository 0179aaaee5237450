"""The calendar in force: England's, with what the authority has recorded beside it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from casework.cases import authority
from casework.in_force import in_force
from statute.calendar import ENGLAND, Calendar

BANK_HOLIDAY, WORKING, CLOSURE = "bank_holiday", "working", "closure"
"""Kinds of days: proclaimed once; a bank holiday that was taken away; the authority's offices are closed."""

KINDS = (BANK_HOLIDAY, CLOSURE, WORKING)

Day = tuple[date, str]
"""A day and its kind."""

_CHANGES = text(
    "SELECT what FROM calendar_change WHERE authority = :authority AND applied_at <= :known_at ORDER BY number"
)


def calendar_in_force(session: Session) -> Calendar:
    """The calendar that every day is worked out with: read with the policy, at no question more to the database."""
    return _calendar(in_force(session).days)


def calendar_known_at(session: Session, known_at: datetime) -> Calendar:
    """The calendar as it had been recorded by that (aware) moment."""
    bound = {"authority": authority(), "known_at": known_at}
    days: set[Day] = set()
    for (what,) in session.connection().execute(_CHANGES, bound):
        days = changed(days, what)
    return calendar_of(days)


def changed(days: Iterable[Day], what: Mapping[str, Any]) -> set[Day]:
    """Days after one change of the calendar, as `casework.calendar_changes` writes it down."""
    removed = {_day(each) for each in what.get("remove", ())}
    return (set(days) - removed) | {_day(each) for each in what.get("add", ())}


def calendar_of(days: Iterable[Day]) -> Calendar:
    """England's calendar with these days beside it."""
    of_kind: dict[str, list[date]] = {kind: [] for kind in KINDS}
    for day, kind in days:
        of_kind[kind].append(day)
    return ENGLAND.with_changes(added=of_kind[BANK_HOLIDAY], removed=of_kind[WORKING], closed=of_kind[CLOSURE])


@lru_cache(maxsize=16)
def _calendar(days: str) -> Calendar:
    if not days:
        return ENGLAND
    pairs = (each.split(" ") for each in days.split(","))
    return calendar_of((date.fromisoformat(day), kind) for day, kind in pairs)


def _day(said: Mapping[str, str]) -> Day:
    return date.fromisoformat(said["day"]), said["kind"]
