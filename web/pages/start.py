"""The front door: each role begins where its work is."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from web.desks import Staff
from web.navigation import navigation
from web.roles import Role

router = APIRouter()

BEGINS: Mapping[str, str] = {Role.MANAGER: "/overdue", Role.ADMIN: "/overdue"}
"""Who has no cases of their own as a rule, and so begins at everybody's."""


@router.get("/")
def front_door(at: Staff) -> RedirectResponse:
    """On to where this role begins; the others to the first place that they may go to."""
    first = BEGINS.get(at.me.role) or str(navigation(at)[0]["href"])
    return RedirectResponse(first, status_code=303)
