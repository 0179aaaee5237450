"""Cover for a service: while it is closed or its duty officer away, requests go to another address."""

from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.colleagues_asked import not_of_service
from casework.cover import SERVICE, add_cover, covers_known, state_of
from casework.cover_ends import end_cover
from casework.directory_lists import ServiceLine, services
from casework.errors import Refused
from web.desks import Manager
from web.faults import Faults
from web.forms import Form, Posted, read_day
from web.place import Desk

router = APIRouter()

_TAKEN_BACK = (
    "The cover was taken back. Links that were sent to that address meanwhile open nothing any more, unless the "
    "service is written to there anyway."
)
BACK = "/people/services"


@router.get("/people/cover/{category}/{code}")
def cover(at: Manager, category: str, code: str) -> Response:
    """The cover that a service has, had lately, or will have; and the form for more."""
    return cover_page(at, category, code)


@router.post("/people/cover/{category}/{code}")
def add(at: Manager, category: str, code: str, form: Posted) -> Response:
    """Note cover, or take it back."""
    return cover_posted(at, category, code, form)


def cover_page(at: Desk, category: str, code: str, back: str = BACK) -> Response:
    """The page, with the way back to where it was reached from."""
    return _page(at, _service(at, category, code), Form({}), Faults(), back)


def cover_posted(
    at: Desk, category: str, code: str, form: Form, back: str = BACK, *, own_addresses: bool = False
) -> Response:
    """Note cover or take it back, as its page had it filled in; with `own_addresses` only to one of the service."""
    service = _service(at, category, code)
    here, faults = at.request.url.path, Faults()
    try:
        if form.get("end"):
            end_cover(at.db, _number(form.get("end")), at.actor, at.now, who=f"{category}/{code}")
            return at.go(here, _TAKEN_BACK)
        first = read_day(form, "first", faults, "The first day")
        last = read_day(form, "last", faults, "The last day")
        if "@" not in form.get("stand_in"):
            faults.say("stand_in", "Enter the mail address that is written to instead")
        elif own_addresses and (refused := not_of_service(at.db, category, code, form.get("stand_in"), at.now)):
            faults.say("stand_in", refused)
        if first and last and not faults:
            add_cover(at.db, f"{category}/{code}", form.get("stand_in"), first, last, at.actor, at.now, kind=SERVICE)
            return at.go(here, "The cover was noted.")
    except Refused as refusal:
        for message in refusal.messages:
            faults.say("first" if "day" in message.lower() else "stand_in", message)
    return _page(at, service, form, faults, back)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise HTTPException(404) from error


def _service(at: Desk, category: str, code: str) -> ServiceLine:
    found = [each for each in services(at.db, at.today) if (each.category, each.code) == (category, code)]
    if not found:
        raise HTTPException(404)
    return found[0]


def _page(at: Desk, service: ServiceLine, form: Form, faults: Faults, back: str) -> Response:
    known = covers_known(at.db, at.today, SERVICE, who=f"{service.category}/{service.code}")
    rows = [(row, state_of(row, at.today)) for row in known]
    title = f"Cover for {service.name}"
    return at.page(
        "people/cover.html",
        title=title,
        faults=faults,
        service=service,
        form=form.values,
        covers=rows,
        back=back,
    )
