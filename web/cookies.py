"""The two cookies: which browser it is, and who is signed in with it. Named here and nowhere else.

Where the pages are reached over TLS both are Secure and begin with `__Host-`: then neither another host of the same
domain nor somebody on the way can plant one.
"""

import re
from collections.abc import Mapping

from fastapi import Request, Response

from config.settings import Settings

SESSION, BROWSER = "ehcp_session", "ehcp_browser"
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


def session_secret(request: Request) -> str:
    """The secret of a session that the browser holds, valid or not; empty when it has none."""
    return secret_in(request.cookies, session_name(_settings(request)))


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
    secure = is_secure(settings)
    response.set_cookie(session_name(settings), secret, path="/", httponly=True, samesite="lax", secure=secure)


def take_session(response: Response, settings: Settings) -> None:
    """Let the browser forget its session."""
    secure = is_secure(settings)
    response.delete_cookie(session_name(settings), path="/", httponly=True, samesite="lax", secure=secure)


def _name(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name


def _settings(request: Request) -> Settings:
    return request.app.state.place.settings
