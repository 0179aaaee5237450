"""All that a professional is asked for, from one link: as a page, as a file, and as a feed for calendars."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse, Response

from casework.professional_calendar import admit_fetching, begin_feed, feed_of, secret_of_feed, stop_feed
from casework.professional_list import SIZE, Wanted, link_to, wanted_of
from casework.secure_links.addresses import calendar_of
from casework.secure_links.making import Opens
from casework.sign_in.limits import TooOften
from web.arriving import address_of, later
from web.desks import Open
from web.forms import Posted
from web.review_filters import page_number
from web.spreadsheets import spreadsheet
from web.visitors import NoVisit, Visitor, VisitorDesk

router = APIRouter()

LIST = "/advice/list/{link_id:uuid}"
TOO_OFTEN = "This calendar was asked for too often. It can be asked for again after {}."
COLUMNS = {
    "mail_ref": "Reference",
    "what": "What is asked",
    "service": "Asked of",
    "asked": "Asked on",
    "due": "Due by law or the Code",
    "norm": "Wanted by (local)",
    "promised": "Promised for",
    "left": "Days left",
    "late": "Days late",
    "state": "State",
}


@router.get(LIST)
def my_requests(at: Visitor, link_id: UUID, page: str = "") -> Response:
    """Every open request of the address, the one that is due first on top."""
    to, number = at.opened(link_id, Opens.LIST).recipient, page_number(page)
    mine = wanted_of(at.db, to, at.now, page=number)
    rows = mine.rows[:SIZE]
    at.saw("requests by link", [row.process_id for row in rows])
    here = f"/advice/list/{link_id}"
    return at.page(
        "advice_list/list.html",
        title="What you are asked for",
        mine=mine,
        rows=rows,
        here=here,
        feed=_feed(at, to),
        next=f"{here}?page={number + 1}" if len(mine.rows) > SIZE else "",
        first=here if number > 1 else "",
    )


@router.get(f"{LIST}.csv")
def as_file(at: Visitor, link_id: UUID) -> Response:
    """The same as a file; nothing in it is run by a spreadsheet."""
    mine = wanted_of(at.db, at.opened(link_id, Opens.LIST).recipient, at.now, page=None)
    at.saw("requests by link.csv", [row.process_id for row in mine.rows])
    return spreadsheet("csv", f"requests-{at.today}", "Requests", COLUMNS, [_line(row) for row in mine.rows])


@router.get(f"{LIST}/requests/{{request_id:uuid}}")
def lead_on(at: Visitor, link_id: UUID, request_id: UUID) -> Response:
    """On to one of the requests, whose link is made when it is first wanted."""
    to = at.opened(link_id, Opens.LIST).recipient
    found = link_to(at.db, at.place.settings, to, request_id, at.now)
    if found is None:
        raise NoVisit
    return RedirectResponse(f"/advice/{found}", status_code=303)


@router.post(f"{LIST}/calendar")
def add_calendar(at: Visitor, link_id: UUID, form: Posted) -> Response:
    """Make the feed of the address, which there is once."""
    begin_feed(at.db, at.place.settings, at.opened(link_id, Opens.LIST).recipient, at.now)
    return at.go(f"/advice/list/{link_id}", "Your calendar feed is ready. Its address is on this page.")


@router.post(f"{LIST}/calendar/stop")
def stop_calendar(at: Visitor, link_id: UUID, form: Posted) -> Response:
    """Stop the feed: whatever calendar it was put in gets nothing more."""
    stop_feed(at.db, at.opened(link_id, Opens.LIST).recipient, at.now)
    return at.go(f"/advice/list/{link_id}", "The calendar feed was stopped. Remove it from your calendar too.")


@router.get("/advice/calendar/{token}.ics")
def calendar(at: Open, token: str) -> Response:
    """The feed, for a calendar that asks by itself; 404 alike for one that was stopped and one that never was."""
    try:
        admit_fetching(at.db, at.place.settings, token, address_of(at.request), at.now)
    except TooOften as error:
        return later(at, TOO_OFTEN, error.again_at)
    found = feed_of(at.db, token, at.now)
    if found is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": 'inline; filename="advice.ics"'}
    return Response(found, media_type="text/calendar; charset=utf-8", headers=headers)


def _feed(at: VisitorDesk, to: str) -> str:
    """The address of the feed, if there is one; where settings name no address of ours, at that of this page."""
    secret = secret_of_feed(at.db, at.place.settings, to, at.now)
    if not secret:
        return ""
    here = at.request.url.replace(path=f"/advice/calendar/{secret}.ics", query="", fragment="")
    return calendar_of(at.place.settings, secret) or str(here)


def _line(row: Wanted) -> Mapping[str, Any]:
    state = "Late" if row.late else "Exception" if row.lifted else "Open" if row.due else "Papers to follow"
    return {**asdict(row), "state": state, "late": row.late or None, "left": row.left if not row.late else None}
