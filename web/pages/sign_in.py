"""Signing in: the way that this council uses, and the code by mail where it has no provider of its own."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from casework.sign_in.codes import DIGITS, VALID_MINUTES, Answer, Guess, asked_for, guess, make_code
from casework.sign_in.limits import ASK, GUESS, TooOften, admit
from casework.sign_in.mail import mail_code, mail_is_away
from config.log import get_log
from web.arriving import address_of, let_in, own_path, too_often
from web.cookies import browser_secret
from web.demo_people import demo_people, is_own_demo
from web.desks import Open
from web.faults import Faults
from web.forms import Form, Posted

LONGEST_NAME = 254
MAIL_IS_AWAY = (
    "We cannot send mail at the moment. Try again in a few minutes. If you need to get in now, "
    "ask your administrator for a sign-in link."
)

router = APIRouter()
log = get_log(__name__)


@router.get("/sign-in")
def sign_in(at: Open, next: str = "") -> HTMLResponse:
    """The ways in that there are here; for somebody who is signed in, on or out."""
    if at.signed_in:
        return at.page("sign_in/already.html", title="You are signed in", next=own_path(next))
    return _ways_in(at, Faults(), {"next": own_path(next)})


@router.post("/sign-in")
def ask_for_code(at: Open, form: Posted) -> Response:
    """Send a code to whoever was meant. What is answered, and how fast, is the same whether or not anybody was."""
    faults, typed = Faults(), form.get("who")[: LONGEST_NAME + 1]
    if at.place.settings.oidc_issuer:
        return RedirectResponse("/sign-in", status_code=303)
    if not typed or len(typed) > LONGEST_NAME:
        faults.say("who", "Enter your username or work email address")
        return _ways_in(at, faults, form.values)
    try:
        admit(at.db, at.place.settings, ASK, typed, address_of(at.request), at.now)
    except TooOften as error:
        return too_often(at, error)
    if mail_is_away(at.place.settings):
        faults.say("", MAIL_IS_AWAY)
        return _ways_in(at, faults, form.values, status=503)
    made = make_code(at.db, at.place.settings, typed, browser_secret(at.request), at.now)
    # Sent behind the answer: how long a mail server takes would tell that there was somebody to write to.
    sending = BackgroundTask(mail_code, at.place.settings, made) if made.staff else None
    return RedirectResponse(_code_page(form), status_code=303, background=sending)


@router.get("/sign-in/code")
def enter_code(at: Open, next: str = "") -> Response:
    """Where the code is typed, in the browser that asked for one."""
    if asked_for(at.db, browser_secret(at.request), at.now) is None:
        return RedirectResponse("/sign-in", status_code=303)
    return _code_asked(at, Faults(), {"next": own_path(next)})


@router.post("/sign-in/code")
def check_code(at: Open, form: Posted) -> Response:
    """Let in whoever types the code that they were sent."""
    faults, browser = Faults(), browser_secret(at.request)
    code = "".join(form.get("code").split()).replace("-", "")
    who = asked_for(at.db, browser, at.now)
    if who is None:
        return _over(at, form)
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        faults.say("code", f"Enter the {DIGITS} figures of the code, for example 123 456")
        return _code_asked(at, faults, form.values)
    try:
        admit(at.db, at.place.settings, GUESS, who, address_of(at.request), at.now)
    except TooOften as error:
        return too_often(at, error)
    return _answered(at, form, guess(at.db, at.place.settings, browser, code, at.now))


def _answered(at: Open, form: Form, tried: Guess) -> Response:
    if tried.answer is Answer.RIGHT:
        return let_in(at, tried.username, "code", form.get("next"))
    log.warning("sign_in_code_wrong", left=tried.left)
    if tried.answer is Answer.OVER:
        return _over(at, form)
    faults, times = Faults(), "once more" if tried.left == 1 else f"{tried.left} more times"
    faults.say("code", f"That is not the code of the last mail that we sent. You can try {times}.")
    return _code_asked(at, faults, {**form.values, "code": ""})


def _over(at: Open, form: Form) -> HTMLResponse:
    faults = Faults()
    faults.say("who", f"That code can no longer be used. A code is good for {VALID_MINUTES} minutes. Ask for another.")
    return _ways_in(at, faults, {"next": own_path(form.get("next"))})


def _ways_in(at: Open, faults: Faults, form: object, status: int = 200) -> HTMLResponse:
    provider = bool(at.place.settings.oidc_issuer)
    shown = {"form": form, "provider": provider, "own_demo": is_own_demo(at), "people": demo_people(at)}
    return at.page("sign_in/sign_in.html", title="Sign in", faults=faults, status=status, **shown)


def _code_asked(at: Open, faults: Faults, form: object) -> HTMLResponse:
    return at.page("sign_in/code.html", title="Enter your code", faults=faults, form=form, minutes=VALID_MINUTES)


def _code_page(form: Form) -> str:
    after = own_path(form.get("next"))
    return "/sign-in/code" + (f"?next={quote(after, safe='')}" if after != "/" else "")
