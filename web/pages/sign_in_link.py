"""Signing in by a link that `ehcp login-link` made. Looking at it uses nothing up: programs that check mail do that."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from casework.sign_in.links import use_link, whose_link
from config.log import get_log
from web.arriving import let_in
from web.desks import Open
from web.forms import Posted

OVER = (
    "This link cannot be used. A link is good for one hour and for signing in once.",
    "Ask whoever sent it to you for another.",
)

router = APIRouter()
log = get_log(__name__)


@router.get("/sign-in/link/{token}")
def show_link(at: Open, token: str) -> HTMLResponse:
    """Whom the link would sign in, and a button that does it."""
    staff = whose_link(at.db, token, at.now)
    if staff is None:
        return _over(at)
    return at.page("sign_in/link.html", title=f"Sign in as {staff.name}", staff=staff)


@router.post("/sign-in/link/{token}")
def follow_link(at: Open, token: str, form: Posted) -> Response:
    """Sign in, and use the link up."""
    username = use_link(at.db, token, at.now)
    if username is None:
        log.warning("sign_in_link_refused")
        return _over(at)
    return let_in(at, username, "link", "/")


def _over(at: Open) -> HTMLResponse:
    return at.page("problem.html", title="This link cannot be used", status=404, sentences=OVER)
