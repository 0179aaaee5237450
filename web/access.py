"""One line in the log for every answer: the kind of page, never its address.

An address holds the mail reference of a case, and what somebody typed after a question mark; the pattern of the page
tells as much as anybody needs who looks for a slow or failing one.
"""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.log import get_log

log = get_log(__name__)

QUIET = frozenset({"healthz", "readyz", "metrics", "assets/:name"})
"""Asked for every few seconds or with every page: said only when they fail."""


class AccessLog:
    """Pure ASGI, round the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and say how it was answered and how long it took."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.monotonic(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            _say(scope, status, time.monotonic() - begun)


def _say(scope: Scope, status: int, seconds: float) -> None:
    page = page_of(scope)
    if page not in QUIET or status >= 400:
        milliseconds = round(seconds * 1000)
        log.info("answered", method=scope["method"].lower(), page=page, status=status, milliseconds=milliseconds)


def page_of(scope: Scope) -> str:
    """The pattern of the page that was asked for, as a code: `cases/:ref/chronology`; `none` where there is none."""
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "none"
    path = f"{scope.get('root_path', '')}{pattern}".strip("/")
    return path.replace("{", ":").replace("}", "") or "front-door"
