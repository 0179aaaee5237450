"""What stands round every answer: headers that browsers obey, a limit on size, no request from another site."""

import re
from secrets import token_urlsafe
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.settings import Settings
from documents.checking import LARGEST, MOST
from web import cookies
from web.body_size import counted, is_too_large

LARGEST_BODY = 12_000_000
LARGEST_WITH_DOCUMENTS = MOST * LARGEST + 1024**2
# Where documents are taken, each of them checked by the page; what is larger than all of them together is not read.
_DOCUMENTS = re.compile(r"/advice/[0-9a-f-]{36}/[a-z-]+|/cases/[^/]+/papers(/.*)?")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOO_LARGE = "That is larger than anything this page takes ({} MB). Go back, and send less at once.\n"
NO_ADDRESS = "This is no address of this service.\n"
FROM_ELSEWHERE = "This came from another site, and was not taken.\n"

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Nothing is told to other sites. With `no-referrer` browsers would send `Origin: null` with our own forms too.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Pure ASGI, round everything else."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.secure = app, cookies.is_secure(settings)
        self.cookie = cookies.browser_name(secure=self.secure)
        self.own_host = urlsplit(settings.public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large or from another site; give every answer its headers and a browser its cookie."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        nonce = token_urlsafe(16)
        browser = "" if cookies.secret_in(request.cookies, self.cookie) else token_urlsafe(24)
        scope.setdefault("state", {}).update(nonce=nonce, browser=browser, secure=self.secure)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._head(MutableHeaders(scope=message), request, browser)
            await send(message)

        if refusal := _refusal(request, self.own_host):
            await refusal(scope, receive, answer)
        else:
            most = largest(request.url.path)
            taken = 0 if is_too_large(request, most) else most  # nothing of it is read: a page says so
            await self.app(scope, counted(receive, taken, _too_large(most).strip()), answer)

    def _head(self, headers: MutableHeaders, request: Request, browser: str) -> None:
        head(headers, request)
        if browser and not request.url.path.startswith(("/assets/", "/api/")):
            headers.append("Set-Cookie", cookies.browser_header(browser, secure=self.secure))


def largest(path: str) -> int:
    """How many bytes a form of this page may have."""
    return LARGEST_WITH_DOCUMENTS if _DOCUMENTS.fullmatch(path) else LARGEST_BODY


def head(headers: MutableHeaders, request: Request) -> None:
    """Give an answer the headers that every answer has."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", POLICY.format(nonce=request.state.nonce))
    if not request.url.path.startswith("/assets/"):
        headers.setdefault("Cache-Control", "no-store")
    if request.state.secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def _refusal(request: Request, own_host: str) -> PlainTextResponse | None:
    if request.url.path.startswith("/api/"):
        return None  # it looks at no cookie, has a smaller limit of its own, and says so in JSON
    if "\x00" in request.url.path or "%00" in request.url.query:
        return PlainTextResponse(NO_ADDRESS, 404)  # nothing is called so, and the database takes no such text
    if is_too_large(request, LARGEST_BODY) and largest(request.url.path) == LARGEST_BODY:
        return PlainTextResponse(_too_large(LARGEST_BODY), 413)
    if request.method not in SAFE and _is_from_elsewhere(request, own_host):
        return PlainTextResponse(FROM_ELSEWHERE, 403)
    return None


def _too_large(most: int) -> str:
    return TOO_LARGE.format(most // 10**6)


def _is_from_elsewhere(request: Request, own_host: str) -> bool:
    """What the browser says of where the request came from.

    Browsers say `Sec-Fetch-Site` over TLS and on this machine, and `Origin` everywhere; a program says neither, and
    must prove with the form or a token that it may.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return False
    # A proxy in front may speak TLS where we do not: the host tells, not the scheme.
    return _host(origin) not in {own_host, request.headers.get("host", "")} - {""}


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def add_to(app: FastAPI) -> None:
    """Put the guard round the application."""
    app.add_middleware(Guard, settings=app.state.place.settings)
