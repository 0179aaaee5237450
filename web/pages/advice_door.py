"""The door for whoever was sent a link and has no account: a code to the address of the link, then a visit.

Every page answers the same whether or not there ever was such a link. Looking uses nothing up and sends nothing:
programs that check mail look at links, and follow them.
"""

from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from casework.secure_links.codes import admit_asking, admit_guessing, send_code
from casework.secure_links.guessing import Came, Guessed, guess, lock_of
from casework.secure_links.making import Opens
from casework.secure_links.visits import leave, opened_already
from casework.sign_in.codes import DIGITS, VALID_MINUTES
from casework.sign_in.limits import TooOften
from casework.sign_in.mail import mail_is_away
from web.arriving import address_of, later
from web.cookies import browser_secret, give_visit, take_visit, visit_secret
from web.desks import Open
from web.faults import Faults
from web.forms import Posted

MAIL_IS_AWAY = "We cannot send mail at the moment. Your link stays good. Try again in a few minutes."
TOO_OFTEN = "There were too many tries to open this link. You can try again after {}. The link stays good."
PAGES = {Opens.REQUEST: "/advice", Opens.NOTICE: "/advice/notice", Opens.LIST: "/advice/list"}

router = APIRouter()


@router.get("/advice/link/{token}")
def show_link(at: Open, token: str) -> Response:
    """A button that sends a code; on, for somebody who has typed one and may open this as well."""
    secret = visit_secret(at.request)
    opened = opened_already(at.db, secret, token, at.now) if secret else None
    if opened is not None:
        return RedirectResponse(_page_of(opened.kind, opened.link_id), status_code=303)
    return _link(at, Faults())


@router.post("/advice/link/{token}")
def ask_for_code(at: Open, token: str, form: Posted) -> Response:
    """Send a code to the address of the link, if there is one: behind the answer, so that its time tells nothing."""
    settings = at.place.settings
    try:
        admit_asking(at.db, settings, token, address_of(at.request), at.now)
    except TooOften as error:
        return later(at, TOO_OFTEN, error.again_at)
    if until := lock_of(at.db, settings, token, at.now):
        return later(at, TOO_OFTEN, until)
    if mail_is_away(settings):
        faults = Faults()
        faults.say("", MAIL_IS_AWAY)
        return _link(at, faults, status=503)
    sending = BackgroundTask(send_code, at.db, settings, token, browser_secret(at.request), at.now)
    return RedirectResponse(f"/advice/link/{quote(token, safe='')}/code", status_code=303, background=sending)


@router.get("/advice/link/{token}/code")
def enter_code(at: Open, token: str) -> HTMLResponse:
    """Where the code is typed."""
    return _code_asked(at, token, Faults())


@router.post("/advice/link/{token}/code")
def check_code(at: Open, token: str, form: Posted) -> Response:
    """Begin a visit for whoever types the code that was sent to the address of the link."""
    faults, settings = Faults(), at.place.settings
    code = "".join(form.get("code").split()).replace("-", "")
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        faults.say("code", f"Enter the {DIGITS} figures of the code, for example 123 456")
        return _code_asked(at, token, faults, form.get("code")[:100])
    try:
        admit_guessing(at.db, settings, address_of(at.request), at.now)
    except TooOften as error:
        return later(at, TOO_OFTEN, error.again_at)
    held = visit_secret(at.request)
    return _answered(at, token, guess(at.db, settings, token, browser_secret(at.request), code, at.now, earlier=held))


@router.get("/advice/sign-out")
def sign_out_page(at: Open) -> HTMLResponse:
    """A button to sign out of a visit with; or that one has."""
    here = bool(visit_secret(at.request))
    return at.page("advice_door/out.html", title="Sign out" if here else "You have signed out", here=here)


@router.post("/advice/sign-out")
def sign_out(at: Open, form: Posted) -> RedirectResponse:
    """End this browser's visit; whoever is signed in with it stays signed in."""
    if secret := visit_secret(at.request):
        leave(at.db, secret, at.now)
    answer = RedirectResponse("/advice/sign-out", status_code=303)
    take_visit(answer, at.place.settings)
    return answer


@router.get("/advice/thank-you")
def thank_you(at: Open) -> HTMLResponse:
    """What is said to whoever has passed a request on: their own link opens nothing from then on."""
    return at.page("advice_door/thank_you.html", title="Thank you")


def _answered(at: Open, token: str, guessed: Guessed) -> Response:
    if guessed.until:
        return later(at, TOO_OFTEN, guessed.until)
    if guessed.came is Came.WRONG or guessed.opens is None or guessed.link_id is None:
        faults, times = Faults(), "once more" if guessed.left == 1 else f"{guessed.left} more times"
        said = f"That is not the code of the last mail that we sent, or it is more than {VALID_MINUTES} minutes old."
        faults.say("code", f"{said} You can try {times}.")
        return _code_asked(at, token, faults)
    answer = RedirectResponse(_page_of(guessed.opens, guessed.link_id), status_code=303)
    give_visit(answer, guessed.secret, at.place.settings)
    return answer


def _page_of(kind: Opens, link_id: UUID) -> str:
    """Where a visit goes on: no secret stands in that address."""
    return f"{PAGES[kind]}/{link_id}"


def _link(at: Open, faults: Faults, status: int = 200) -> HTMLResponse:
    return at.page("advice_door/link.html", title="Open our link", faults=faults, status=status)


def _code_asked(at: Open, token: str, faults: Faults, typed: str = "") -> HTMLResponse:
    back = f"/advice/link/{quote(token, safe='')}"
    title = "Enter the code for our link"
    return at.page("advice_door/code.html", title=title, faults=faults, minutes=VALID_MINUTES, typed=typed, back=back)
