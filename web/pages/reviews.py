"""Annual reviews to work through: decisions owed by pile, reviews without a meeting, how the year is going."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from casework.backlog import backlog, no_meeting
from casework.backlog_pages import BacklogPage, Named, backlog_page, name_all, no_meeting_page
from casework.listing.choices import choices
from casework.month_end import positions
from casework.review_progress import progress
from web.desks import Reader
from web.place import Desk
from web.review_filters import DUTIES, PILES, REASONS, Asked, chips, read_asked, tabs
from web.spreadsheets import File, spreadsheet

router = APIRouter()

_WHOSE = {"case_ref": "Review", "name": "Name", "plan_ref": "Plan"}
_WHERE = {"setting_urn": "Setting URN", "setting": "Setting", "officer": "Officer", "team": "Team"}
BACKLOG = {
    **_WHOSE,
    "pile": "Pile",
    "reasons": "Why on top",
    "limit": "Limit",
    "meeting": "Meeting",
    "report": "Report received",
    "recommends": "Report says",
    "decided": "Decided",
    "legal_due": "Legal day",
    "operational_due": "Last working day",
    "days_overdue": "Days overdue",
    "transfer_due": "Transfer by",
    **_WHERE,
    "citation": "Citation",
}
NO_MEETING = {
    **_WHOSE,
    "limit": "Limit",
    "legal_due": "Legal day",
    "days_overdue": "Days overdue",
    "planned": "Invited for",
    "transfer_due": "Transfer by",
    **_WHERE,
}


@router.get("/reviews")
def decisions(at: Reader) -> Response:
    """Decisions owed after review meetings: what cannot wait first, then the oldest."""
    asked = read_asked(at)
    found = backlog_page(
        at.db, at.actor, at.today, limit=asked.limit, pile=asked.pile or None, whose=asked.whose, page=asked.page
    )
    return _page(at, "reviews/backlog.html", "Decisions owed after reviews", asked, found)


@router.get("/reviews.{kind}")
def decisions_file(at: Reader, kind: File) -> Response:
    """All of them as a file."""
    asked = read_asked(at)
    found = backlog(at.db, at.actor, at.today, limit=asked.limit, pile=asked.pile or None, whose=asked.whose)
    rows = name_all(at.db, found.items)
    at.saw(f"reviews.{kind}", [row.process_id for row in rows])
    return spreadsheet(kind, f"reviews-{at.today}", "Backlog", BACKLOG, [_line(row) for row in rows])


@router.get("/reviews/no-meeting")
def without_meeting(at: Reader) -> Response:
    """Reviews that are running or past their day, in which no meeting is recorded."""
    asked = read_asked(at)
    found = no_meeting_page(at.db, at.actor, at.today, whose=asked.whose, page=asked.page)
    return _page(at, "reviews/no_meeting.html", "Reviews without a meeting", asked, found)


@router.get("/reviews/no-meeting.{kind}")
def without_meeting_file(at: Reader, kind: File) -> Response:
    """All of them as a file."""
    found = no_meeting(at.db, at.actor, at.today, whose=read_asked(at).whose)
    rows = name_all(at.db, found.items)
    at.saw(f"reviews/no-meeting.{kind}", [row.process_id for row in rows])
    return spreadsheet(kind, f"no-meeting-{at.today}", "No meeting", NO_MEETING, [_line(row) for row in rows])


@router.get("/reviews/progress")
def how_far(at: Reader, year: str = "") -> Response:
    """How much of the year has gone, how many of its reviews are complete, and how months ended."""
    asked, found = read_asked(at), choices(at.db)
    chosen = int(year) if year.isascii() and year.isdigit() and 2014 <= int(year[:5]) <= 2100 else at.today.year
    return at.page(
        "reviews/progress.html",
        title="Progress of reviews",
        tabs=tabs(at),
        asked=asked,
        choices=found,
        chips=chips("/reviews/progress", asked, found),
        progress=progress(at.db, at.actor, at.today, year=chosen, whose=asked.whose),
        years=[(str(each), str(each)) for each in range(at.today.year + 1, at.today.year - 6, -1)],
        months=[{**each, "month": date.fromisoformat(each["month"])} for each in positions(at.db)],
        piles=PILES,
    )


def _page(at: Desk, template: str, title: str, asked: Asked, page: BacklogPage[Any]) -> Response:
    at.saw(at.request.url.path.strip("/"), [row.process_id for row in page.rows])
    here, found = at.request.url.path, choices(at.db)
    return at.page(
        template,
        title=title,
        tabs=tabs(at),
        asked=asked,
        page=page,
        choices=found,
        officers=dict(found.officers),
        chips=chips(here, asked, found),
        next=asked.address(here, page=asked.page + 1) if page.more else "",
        first=asked.address(here) if asked.page > 1 else "",
        piles=PILES,
        duties=DUTIES,
        reasons=REASONS,
    )


def _line(row: Named[Any]) -> Mapping[str, Any]:
    item = asdict(row.item)
    if "pile" in item:
        item["pile"] = PILES[item["pile"]]
        item["reasons"] = ", ".join(REASONS[each] for each in item["reasons"].split(",") if each)
    return {**item, "name": row.name, "setting": row.setting}
