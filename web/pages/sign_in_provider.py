"""Signing in with the council's own service: there and back again.

What must be known when the browser comes back (nonce, PKCE's secret, where to) is kept in the database for this one
browser, under a number that travels as `state`, and is gone with the first answer that names it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework.drafts import change_draft, keep_draft, take_draft
from casework.sign_in.keys import browser_hash
from casework.sign_in.limits import BEGIN, TooOften, admit
from casework.sign_in.staff import staff_vouched_for
from casework.sign_in.upkeep import BEGUN
from config.log import get_log
from web.arriving import address_of, let_in, own_path, too_often
from web.cookies import browser_secret
from web.desks import Open
from web.provider import NotBelieved, Provider, ProviderAway, provider_of

VALID = timedelta(minutes=10)

router = APIRouter()
log = get_log(__name__)


@router.get("/sign-in/provider")
def leave(at: Open, next: str = "") -> Response:
    """Off to the provider."""
    settings, browser = at.place.settings, _browser(at)
    if not settings.oidc_issuer:
        return RedirectResponse("/sign-in", status_code=303)
    try:
        admit(at.db, settings, BEGIN, browser, address_of(at.request), at.now)
        number = keep_draft(at.db, browser, BEGUN, {}, at.now)
        begun = provider_of(settings).begin(_back(at), str(number))
    except TooOften as error:
        return too_often(at, error)
    except (ProviderAway, NotBelieved) as error:
        return _away(at, error)
    kept = {"nonce": begun.nonce, "verifier": begun.verifier, "next": own_path(next)}
    kept["until"] = (at.now + VALID).isoformat()
    change_draft(at.db, browser, BEGUN, str(number), kept, at.now)
    return RedirectResponse(begun.url, status_code=303)


@router.get("/sign-in/provider/back")
def come_back(at: Open, state: str = "", code: str = "", error: str = "", iss: str = "") -> Response:
    """Back from the provider, with a code or with a refusal."""
    settings = at.place.settings
    kept = take_draft(at.db, _browser(at), BEGUN, state) if settings.oidc_issuer else None
    if error:  # some providers forget the state with it
        log.warning("sign_in_provider_declined")
        return _try_again(at, "The sign-in was not completed, and nobody was signed in.")
    if not kept or datetime.fromisoformat(kept["until"]) < at.now:
        log.warning("sign_in_provider_state_unknown")
        return _try_again(at, "This sign-in was finished already, took too long, or began in another browser.")
    if iss and iss.rstrip("/") != settings.oidc_issuer:
        return _not_believed(at, NotBelieved("issuer"))
    return _believed(at, provider_of(settings), code, kept)


def _believed(at: Open, provider: Provider, code: str, kept: Mapping[str, Any]) -> Response:
    try:
        claimed = provider.finish(_back(at), code, kept)
    except ProviderAway as error:
        return _away(at, error)
    except NotBelieved as error:
        return _not_believed(at, error)
    staff = staff_vouched_for(at.db, claimed.usernames, claimed.emails)
    if staff is None:
        log.warning("sign_in_not_in_directory", usernames=len(claimed.usernames), emails=len(claimed.emails))
        return _unknown(at)
    return let_in(at, staff.username, "provider", kept["next"])


def _browser(at: Open) -> str:
    return browser_hash(browser_secret(at.request)).hex()


def _back(at: Open) -> str:
    return f"{at.place.settings.public_url}/sign-in/provider/back"


def _unknown(at: Open) -> HTMLResponse:
    settings = at.place.settings
    said = [
        "Your council's sign-in service knows you, but the directory of officers of EHCP Clock does not.",
        "Ask whoever administers EHCP Clock to add you, with the username or email address you signed in with. "
        "If you left the team and came back, ask them to make you active again.",
        f"If you do not know who that is: {settings.contact_phone}, or {settings.reply_to}.",
    ]
    return at.page("problem.html", title="You cannot use EHCP Clock yet", status=403, sentences=said)


def _away(at: Open, error: Exception) -> HTMLResponse:
    log.error("sign_in_provider_away", error=error)
    said = "Your council's sign-in service does not answer. Try again in a few minutes."
    return _try_again(at, said, status=503)


def _not_believed(at: Open, error: Exception) -> HTMLResponse:
    log.error("sign_in_provider_not_believed", error=error)
    return _try_again(at, "The answer of your council's sign-in service could not be checked. Nobody was signed in.")


def _try_again(at: Open, sentence: str, status: int = 403) -> HTMLResponse:
    return at.page("sign_in/try_again.html", title="You are not signed in", status=status, sentence=sentence)
