"""Giving a service's open requests to a colleague within it."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from casework.colleagues_asked import Given, colleagues_of, give_to_colleague, key_of
from casework.errors import Refused
from casework.service_requests import SIZE, Service, requests_of
from web.desks import PassesOn
from web.faults import Faults
from web.forms import Form, Posted
from web.pages.services import STATES, is_lead, services_here
from web.place import Desk
from web.review_filters import page_number
from web.service_tabs import tabs
from web.words import count

router = APIRouter()

HERE = "/services/reassign"


@router.get(HERE)
def choose(at: PassesOn, service: str = "", page: str = "") -> Response:
    """Open requests of one's services, to be ticked, and the address of the colleague."""
    return _page(at, service, page_number(page), Form({}), Faults())


@router.post(HERE)
def give(at: PassesOn, form: Posted) -> Response:
    """Give what was ticked to that address."""
    service, page, faults = form.get("service"), page_number(form.get("page")), Faults()
    keys = form.many("request")
    try:
        given = give_to_colleague(at.db, _chosen(at, service), keys, form.get("address"), at.actor, at.now)
    except Refused as refusal:
        for message in refusal.messages:
            faults.say("request" if message.startswith("Choose") else "address", message)
        return _page(at, service, page, form, faults)
    if not given.number:
        for message in given.refused:
            faults.say("address" if message.startswith("That address") else "request", message)
        return _page(at, service, page, form, faults)
    return at.go(
        f"{HERE}?service={service}" if _is_one(at, service) else HERE, *_said(given), warning=bool(given.refused)
    )


def _said(given: Given) -> Sequence[str]:
    done = f"{count(given.number, 'request')} given to {given.address}. A mail with a link goes there; the day stays."
    return (done, *given.refused)


def _is_one(at: Desk, service: str) -> bool:
    return any(each.called == service for each in services_here(at))


def _chosen(at: Desk, service: str) -> Sequence[Service]:
    mine = services_here(at)
    return [each for each in mine if each.called == service] or mine


def _page(at: Desk, service: str, page: int, form: Form, faults: Faults) -> Response:
    mine, chosen = services_here(at), _chosen(at, service)
    rows = requests_of(at.db, chosen, at.actor, at.today, page=page)
    shown = rows[:SIZE]
    at.saw("services/reassign", [row.process_id for row in shown])
    one = service if _is_one(at, service) else ""
    here = f"{HERE}?service={one}&page=" if one else f"{HERE}?page="
    return at.page(
        "services/reassign.html",
        title="Give requests to a colleague",
        faults=faults,
        form=form.values,
        ticked=frozenset(form.many("request")),
        tabs=tabs(at),
        mine=mine,
        service=one,
        services=[("", "All services"), *((each.called, each.name) for each in mine)],
        rows=[(key_of(row), row) for row in shown],
        colleagues=colleagues_of(at.db, shown),
        states=STATES,
        page=page,
        next=f"{here}{page + 1}" if len(rows) > SIZE else "",
        first=f"{here}1" if page > 1 else "",
        lead=is_lead(at),
    )
