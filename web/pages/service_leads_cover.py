"""Cover for one's own services: their leads note it themselves, as managers do for any service."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from web.desks import CoversServices
from web.forms import Posted
from web.pages.service_cover import cover_page, cover_posted
from web.pages.services import is_lead, services_here
from web.place import Desk
from web.service_tabs import tabs

router = APIRouter()

HERE = "/services/cover"


@router.get(HERE)
def my_services(at: CoversServices) -> Response:
    """The services for which one may note cover."""
    title = "Cover for services"
    return at.page("services/cover.html", title=title, mine=services_here(at), tabs=tabs(at), lead=is_lead(at))


@router.get(f"{HERE}/{{category}}/{{code}}")
def cover(at: CoversServices, category: str, code: str) -> Response:
    """The cover of one of them, and the form for more."""
    _must_be_theirs(at, category, code)
    return cover_page(at, category, code, HERE)


@router.post(f"{HERE}/{{category}}/{{code}}")
def add(at: CoversServices, category: str, code: str, form: Posted) -> Response:
    """Note cover, or take it back; a lead's only to an address of the same service, as with a single request."""
    _must_be_theirs(at, category, code)
    return cover_posted(at, category, code, form, HERE, own_addresses=is_lead(at))


def _must_be_theirs(at: Desk, category: str, code: str) -> None:
    if f"{category}/{code}" not in {each.called for each in services_here(at)}:
        raise HTTPException(404)
