"""One's own account: where one is signed in, and the tokens that programs use in one's name."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from casework.errors import Refused
from casework.sessions import end_session_of, sessions_of
from casework.tokens import LONGEST_DAYS, make_token, revoke_token, tokens_of
from config.log import get_log
from web.desks import Staff
from web.faults import Faults
from web.forms import Form, Posted

USUAL_DAYS = "90"

router = APIRouter()
log = get_log(__name__)


@router.get("/account")
def account(at: Staff) -> HTMLResponse:
    """Who one is here, where one is signed in, one's tokens."""
    return _account(at, Faults(), {"days": USUAL_DAYS})


@router.post("/account/sessions/{session_id}/end")
def sign_out_there(at: Staff, session_id: UUID, form: Posted) -> Response:
    """End one of one's own sessions."""
    if not end_session_of(at.db, at.me.username, session_id, at.now):
        return at.go("/account", "That browser was signed out already.", warning=True)
    log.info("signed_out_there", username=at.me.username)
    return at.go("/account", "That browser is signed out.")


@router.post("/account/tokens")
def new_token(at: Staff, form: Posted) -> HTMLResponse:
    """Make a token and show it, once: it stands in this answer and nowhere else."""
    faults, days = Faults(), _days(form)
    if days is None:
        faults.say("days", f"Enter for how many days the token is valid: a number from 1 to {LONGEST_DAYS}")
    if not form.get("name"):
        faults.say("name", "Enter a name by which you will know the token again")
    if faults or days is None:
        return _account(at, faults, form.values)
    try:
        token = make_token(at.db, at.me.username, form.get("name"), days, at.now)
    except Refused as error:
        for sentence in error.messages:
            faults.say("name", sentence)
        return _account(at, faults, form.values)
    log.info("token_made", username=at.me.username, days=days)
    return at.page("account/token.html", title="Copy your new token", token=token, name=form.get("name"))


@router.post("/account/tokens/{token_id}/revoke")
def end_token(at: Staff, token_id: UUID, form: Posted) -> Response:
    """Revoke one of one's own tokens."""
    if not revoke_token(at.db, at.me.username, token_id, at.now):
        return at.go("/account", "That token had ended already.", warning=True)
    log.info("token_revoked", username=at.me.username)
    return at.go("/account", "The token is revoked. Programs that use it are refused from now on.")


def _days(form: Form) -> int | None:
    typed = form.get("days")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        return None
    days = int(typed)
    return days if 1 <= days <= LONGEST_DAYS else None


def _account(at: Staff, faults: Faults, form: object) -> HTMLResponse:
    return at.page(
        "account/account.html",
        title="Your account",
        faults=faults,
        form=form,
        sessions=sessions_of(at.db, at.me.username, at.now, at.place.settings),
        tokens=tokens_of(at.db, at.me.username, at.now),
        longest=LONGEST_DAYS,
    )
