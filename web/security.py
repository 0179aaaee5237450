"""What stands round every answer: headers that browsers obey, a limit on size, no request from another site."""

from secrets import token_urlsafe

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.csrf import BROWSER_COOKIE

LARGEST_BODY = 12_000_000
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Pure ASGI, round everything else."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app, self.secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large or from another site; give every answer its headers and a browser its cookie."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        nonce = token_urlsafe(16)
        browser = "" if BROWSER_COOKIE in request.cookies else token_urlsafe(24)
        scope.setdefault("state", {}).update(nonce=nonce, browser=browser)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._head(MutableHeaders(scope=message), request, nonce, browser)
            await send(message)

        if refusal := _refusal(request):
            await refusal(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)

    def _head(self, headers: MutableHeaders, request: Request, nonce: str, browser: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
        if not request.url.path.startswith("/assets/"):
            headers.setdefault("Cache-Control", "no-store")
            if browser and not request.url.path.startswith("/api/"):
                secure = "; Secure" if self.secure else ""
                headers.append("Set-Cookie", f"{BROWSER_COOKIE}={browser}; Path=/; HttpOnly; SameSite=Lax{secure}")
        if self.secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def _refusal(request: Request) -> PlainTextResponse | None:
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return PlainTextResponse("That is larger than anything this service takes (12 MB).\n", 413)
    site = request.headers.get("sec-fetch-site", "none")
    if request.method not in SAFE and site not in ("same-origin", "none"):
        return PlainTextResponse("This came from another site, and was not taken.\n", 403)
    return None


def add_to(app: FastAPI) -> None:
    """Put the guard round the application."""
    app.add_middleware(Guard, secure=app.state.place.settings.public_url.startswith("https://"))
