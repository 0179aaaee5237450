"""What services were asked for: a lead sees their own, whoever oversees the house any."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from casework.service_requests import SIZE, Asked, Service, State, requests_of, service_page, services_of
from web.desks import Lead
from web.place import Desk
from web.review_filters import page_number
from web.roles import Role
from web.service_tabs import tabs
from web.spreadsheets import File, spreadsheet

router = APIRouter()

STATES: Mapping[State, tuple[str, str]] = {
    State.LATE: ("Late", "red"),
    State.WAITING: ("Waiting", "blue"),
    State.NOT_ASKED: ("Papers not sent yet", "grey"),
    State.IN_TIME: ("Given in time", "green"),
    State.ANSWERED_LATE: ("Given late", "magenta"),
}
COLUMNS = {
    "mail_ref": "Reference",
    "service": "Service",
    "asked": "Asked on",
    "due": "Due by",
    "promised": "Promised for",
    "state": "State",
    "answered": "Given on",
    "days": "Days",
}


@router.get("/services")
def services(at: Lead, service: str = "", show: str = "", page: str = "") -> Response:
    """Requests that are open, or answered in the last year, and how quickly services answer."""
    mine, answered, number = services_here(at), show == "answered", page_number(page)
    chosen = _chosen(mine, service)
    found = service_page(at.db, chosen, at.actor, at.today, answered=answered, page=number)
    rows = found.rows
    at.saw("services", [row.process_id for row in rows[:SIZE]])
    asked = _Address(service if len(chosen) < len(mine) else "", "answered" if answered else "")
    return at.page(
        "services/services.html",
        title="Requests for advice",
        services=[("", "All my services" if is_lead(at) else "All services"), *((e.called, e.name) for e in mine)],
        mine=mine,
        chosen=chosen,
        asked=asked,
        performance=found.performance,
        rows=rows[:SIZE],
        next=asked.to("/services", number + 1) if len(rows) > SIZE else "",
        first=asked.to("/services") if number > 1 else "",
        states=STATES,
        lead=is_lead(at),
        tabs=tabs(at, requests=False),
    )


@router.get("/services.{kind}")
def services_file(at: Lead, kind: File, service: str = "", show: str = "") -> Response:
    """The same requests as a file."""
    chosen = _chosen(services_here(at), service)
    rows = requests_of(at.db, chosen, at.actor, at.today, answered=show == "answered", page=None)
    at.saw(f"services.{kind}", [row.process_id for row in rows])
    return spreadsheet(kind, f"requests-{at.today}", "Requests for advice", COLUMNS, [_line(row) for row in rows])


class _Address:
    """What the page was asked for, as it stands in addresses."""

    def __init__(self, service: str, show: str) -> None:
        self.service, self.show = service, show

    def to(self, path: str, page: int = 1, **more: str) -> str:
        """The path with what was asked for, changed by `more`."""
        parts = {"service": self.service, "show": self.show, "page": str(page) if page > 1 else "", **more}
        said = urlencode({name: value for name, value in parts.items() if value}, safe="/")
        return f"{path}?{said}" if said else path


def is_lead(at: Desk) -> bool:
    """Whether a service's lead asks, who sees references alone."""
    return at.me.role == Role.SERVICE_LEAD


def services_here(at: Desk) -> Sequence[Service]:
    """The services that whoever is signed in may look at."""
    return services_of(at.db, lead=is_lead(at), email=at.me.email, team=at.me.team)


def _chosen(mine: Sequence[Service], service: str) -> Sequence[Service]:
    """The one that was asked for, if it is theirs to see; else all that are."""
    return [each for each in mine if each.called == service] or mine


def _line(row: Asked) -> Mapping[str, Any]:
    return {**asdict(row), "state": STATES[row.state][0]}
