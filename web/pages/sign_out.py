"""Signing out: of this browser, or of all."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from casework.sessions import end_session, end_sessions_of
from config.log import get_log
from web.cookies import take_session
from web.desks import Open, Staff
from web.forms import Posted

router = APIRouter()
log = get_log(__name__)


@router.get("/sign-out")
def sign_out_page(at: Open) -> HTMLResponse:
    """A button to sign out with; or that one has."""
    title = "Sign out" if at.signed_in else "You have signed out"
    return at.page("sign_in/out.html", title=title)


@router.post("/sign-out")
def sign_out(at: Open, form: Posted) -> RedirectResponse:
    """End this browser's session."""
    if at.signed_in:
        end_session(at.db, at.me.session_id, at.now)
        log.info("signed_out", username=at.me.username)
    return _out(at)


@router.post("/sign-out/everywhere")
def sign_out_everywhere(at: Staff, form: Posted) -> RedirectResponse:
    """End all sessions of whoever is signed in. Tokens go on: they are revoked one by one."""
    ended = end_sessions_of(at.db, at.me.username, at.now)
    log.info("signed_out_everywhere", username=at.me.username, sessions=ended)
    return _out(at)


def _out(at: Open) -> RedirectResponse:
    answer = RedirectResponse("/sign-out", status_code=303)
    take_session(answer, at.place.settings)
    return answer
