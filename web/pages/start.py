"""The front door: each role begins where its work is."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from web.desks import Staff
from web.navigation import navigation

router = APIRouter()


@router.get("/")
def front_door(at: Staff) -> RedirectResponse:
    """On to the first place that this role may go to."""
    return RedirectResponse(str(navigation(at)[0]["href"]), status_code=303)
