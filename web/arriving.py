"""What all ways of signing in share: where to go afterwards, the new session, and what is said of too many tries."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from casework.sessions import begin_session, end_session_with
from casework.sign_in.limits import TooOften
from casework.sign_in.upkeep import tidy
from config.log import get_log
from web.cookies import give_session, session_secret
from web.place import Desk
from web.words import moment

# Browsers take a backslash for a slash and leave out tabs and line ends: of all that nothing gets through.
_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
LONGEST_PATH = 1000

log = get_log(__name__)


def own_path(asked: str) -> str:
    """`asked` if it is the address of a page of ours, written from its first slash; otherwise the front door."""
    if len(asked) > LONGEST_PATH or not _PATH.fullmatch(asked):
        return "/"
    path = urlsplit(asked).path
    return "/" if path == "/" or path.startswith(("/sign-in", "/sign-out")) else asked


def let_in(at: Desk, username: str, how: str, after: str) -> RedirectResponse:
    """Sign somebody in with this browser, and on to where they wanted to go.

    The session has a new secret whatever the browser held before, and what it held is worth nothing from now on: a
    session that somebody else has planted never becomes that of the one who signs in.
    """
    if earlier := session_secret(at.request):
        end_session_with(at.db, earlier, at.now)
    secret = begin_session(at.db, username, how, at.now, at.place.settings)
    tidy(at.db, at.now)
    log.info("signed_in", username=username, how=how)
    answer = RedirectResponse(own_path(after), status_code=303)
    give_session(answer, secret, at.place.settings)
    return answer


def address_of(request: Request) -> str:
    """The address that the request came from: the connection's own, never what a header claims."""
    return request.client.host if request.client else ""


def too_often(at: Desk, error: TooOften) -> HTMLResponse:
    """429: when the next try to sign in is let through."""
    said = "There were too many tries to sign in. You can try again after {}."
    return later(at, said, error.again_at, "If you need to get in sooner, ask your administrator for a sign-in link.")


def later(at: Desk, said: str, again_at: datetime, *more: str) -> HTMLResponse:
    """429: a sentence with the moment of the next try in its place, and further ones."""
    sentences = [said.format(moment(again_at)), *more]
    answer = at.page("problem.html", title="Try again later", status=429, sentences=sentences)
    answer.headers["Retry-After"] = str(max(1, int((again_at - at.now).total_seconds()) + 1))
    return answer
