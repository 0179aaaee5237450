"""Being anybody, in a demonstration on one's own machine."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from web.arriving import let_in
from web.demo_people import demo_people
from web.desks import Open
from web.forms import Posted

router = APIRouter()


@router.post("/sign-in/demo")
def be_somebody(at: Open, form: Posted) -> Response:
    """Sign in as one of the demonstration's people; anywhere else there is no such page."""
    chosen = next((staff for staff in demo_people(at) if staff.username == form.get("who")), None)
    if chosen is None:
        raise HTTPException(404)
    return let_in(at, chosen.username, "demo", form.get("next"))
