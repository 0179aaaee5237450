"""Annual reviews: the backlog, those without a meeting, and how the year goes."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field, TypeAdapter

from casework.backlog import Outstanding, WithoutMeeting, backlog, no_meeting
from casework.backlog_queries import Whose
from casework.piles import Pile
from casework.review_progress import progress
from casework.shown import processes_of
from web.api.answers import Answer
from web.api.cursors import CaseKeys, cut
from web.api.declared import READ
from web.api.desks import ApiReader
from web.api.shapes import AsOf, Cursor, Day, KnownOn, Line, Officer, PageSize, Setting, Team

router = APIRouter(tags=["Reviews"], prefix="/reviews")

_BACKLOG_KEYS = CaseKeys(TypeAdapter(tuple[int, Day, Line]), ref=2)
_MEETING_KEYS = CaseKeys(TypeAdapter(tuple[Day, Line]), ref=1)
_ORDER = {pile.value: place for place, pile in enumerate(Pile)}


class OwedReview(Answer):
    """One review in which the authority owes a decision or the final plan."""

    case_ref: str
    plan_ref: str
    pile: str
    reasons: str
    limit: str
    meeting: date | None
    report: date | None
    recommends: str
    decided: str
    legal_due: date
    operational_due: date | None
    days_overdue: int
    transfer_due: date | None
    setting_urn: str | None
    officer: str | None
    team: str | None
    citation: str


class Backlog(Answer):
    """A page of the backlog."""

    items: tuple[OwedReview, ...]
    not_timed: int
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class ReviewWithoutMeeting(Answer):
    """One review in which no meeting is recorded; `planned` is the day it was invited for."""

    case_ref: str
    plan_ref: str
    limit: str
    legal_due: date
    days_overdue: int
    planned: date | None
    transfer_due: date | None
    setting_urn: str | None
    officer: str | None
    team: str | None


class WithoutMeetings(Answer):
    """A page of the reviews without a meeting."""

    items: tuple[ReviewWithoutMeeting, ...]
    not_timed: int
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class Progress(Answer):
    """How far the reviews of a calendar year have come by a day; percentages are whole numbers."""

    year: int
    as_of: date
    expected: int
    complete: int
    in_time: int
    overdue: int
    year_gone: int
    complete_percent: int


@router.get("/backlog", responses=READ)
def list_the_backlog(
    at: ApiReader,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    pile: Annotated[Pile | None, Query(description="Only this pile.")] = None,
    limit: Annotated[
        Literal["reg20_decision", "reg22_final", "devon_final"], Query(description="What is owed.")
    ] = "reg20_decision",
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> Backlog:
    """Decisions still owed after review meetings: what cannot wait first, in each pile the oldest first."""
    found = backlog(
        at.db,
        at.actor,
        at.today,
        as_of=as_of,
        known_on=known_on,
        limit=limit,
        pile=pile,
        whose=Whose(officer, team, setting),
    )
    after = _BACKLOG_KEYS.read(at.db, cursor)
    rest = [row for row in found.items if after is None or _backlog_key(row) > after]
    rows, more = cut(rest, page_size, lambda row: _BACKLOG_KEYS.told(at.db, _backlog_key(row)))
    at.saw("api: backlog", processes_of(at.db, [row.case_ref for row in rows]))
    return Backlog(items=tuple(map(OwedReview.model_validate, rows)), not_timed=found.not_timed, next=more)


@router.get("/no-meeting", responses=READ)
def list_reviews_without_a_meeting(
    at: ApiReader,
    as_of: AsOf = None,
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> WithoutMeetings:
    """Reviews that run, or whose day is past, in which no meeting is recorded; the oldest first."""
    found = no_meeting(at.db, at.actor, at.today, as_of=as_of, whose=Whose(officer, team, setting))
    after = _MEETING_KEYS.read(at.db, cursor)
    rest = [row for row in found.items if after is None or _meeting_key(row) > after]
    rows, more = cut(rest, page_size, lambda row: _MEETING_KEYS.told(at.db, _meeting_key(row)))
    at.saw("api: no meeting", processes_of(at.db, [row.case_ref for row in rows]))
    return WithoutMeetings(
        items=tuple(map(ReviewWithoutMeeting.model_validate, rows)), not_timed=found.not_timed, next=more
    )


@router.get("/progress", responses=READ)
def tell_how_the_year_goes(
    at: ApiReader,
    year: Annotated[int | None, Query(ge=2014, le=2100, description="A calendar year; left out: this one.")] = None,
    as_of: AsOf = None,
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
) -> Progress:
    """How much of the year has gone, and how many of its reviews are complete."""
    found = progress(at.db, at.actor, at.today, year=year, as_of=as_of, whose=Whose(officer, team, setting))
    return Progress(**asdict(found))


def _backlog_key(row: Outstanding) -> tuple[int, date, str]:
    return _ORDER[row.pile], row.legal_due, row.case_ref


def _meeting_key(row: WithoutMeeting) -> tuple[date, str]:
    return min(row.legal_due, row.transfer_due or row.legal_due), row.case_ref
