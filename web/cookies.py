"""The cookies: which browser it is, who is signed in with it, who visits by a link. Named here and nowhere else.

Where the pages are reached over TLS all are Secure and begin with `__Host-`: then neither another host of the same
domain nor somebody on the way can plant one.
"""

import re
from collections.abc import Mapping

from fastapi import Request, Response

from config.settings import Settings

SESSION, BROWSER, VISIT = "ehcp_session", "ehcp_browser", "ehcp_visit"
# What we hand out has 32 characters or more: whatever is shorter is none of ours, and could be guessed.
_OURS = re.compile(r"[0-9A-Za-z_-]{32,64}")


def is_secure(settings: Settings) -> bool:
    """Whether people reach the pages over TLS."""
    return settings.public_url.startswith("https://")


def session_name(settings: Settings) -> str:
    """What the cookie of a session is called."""
    return _name(SESSION, is_secure(settings))


def browser_name(*, secure: bool) -> str:
    """What the cookie of a browser is called."""
    return _name(BROWSER, secure)


def visit_name(settings: Settings) -> str:
    """What the cookie of a visit by a link is called."""
    return _name(VISIT, is_secure(settings))


def session_secret(request: Request) -> str:
    """The secret of a session that the browser holds, valid or not; empty when it has none."""
    return secret_in(request.cookies, session_name(_settings(request)))


def visit_secret(request: Request) -> str:
    """The secret of a visit that the browser holds, going on or not; empty when it has none."""
    return secret_in(request.cookies, visit_name(_settings(request)))


def browser_secret(request: Request) -> str:
    """By what this browser is known, also at the first answer that it gets; empty only outside of our guard."""
    held = secret_in(request.cookies, browser_name(secure=is_secure(_settings(request))))
    return held or getattr(request.state, "browser", "")


def secret_in(cookies: Mapping[str, str], name: str) -> str:
    """The value of a cookie if it can be one of ours; empty otherwise."""
    value = cookies.get(name, "")
    return value if _OURS.fullmatch(value) else ""


def browser_header(secret: str, *, secure: bool) -> str:
    """The header by which a browser gets its cookie."""
    flags = "; Secure" if secure else ""
    return f"{browser_name(secure=secure)}={secret}; Path=/; HttpOnly; SameSite=Lax{flags}"


def give_session(response: Response, secret: str, settings: Settings) -> None:
    """Hand the secret of a new session to the browser, until it is closed."""
    _give(response, session_name(settings), secret, settings)


def take_session(response: Response, settings: Settings) -> None:
    """Let the browser forget its session."""
    _take(response, session_name(settings), settings)


def give_visit(response: Response, secret: str, settings: Settings) -> None:
    """Hand the secret of a new visit to the browser, until it is closed."""
    _give(response, visit_name(settings), secret, settings)


def take_visit(response: Response, settings: Settings) -> None:
    """Let the browser forget its visit."""
    _take(response, visit_name(settings), settings)


def _give(response: Response, name: str, secret: str, settings: Settings) -> None:
    # Lax: links in mail come from another site, and must find the visit that is there.
    response.set_cookie(name, secret, path="/", httponly=True, samesite="lax", secure=is_secure(settings))


def _take(response: Response, name: str, settings: Settings) -> None:
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_secure(settings))


def _name(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name


def _settings(request: Request) -> Settings:
    return request.app.state.place.settings
