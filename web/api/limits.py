"""How much a program may send at once: said before anything is read, and counted where nothing was said."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.api.problem_types import TOO_LARGE
from web.api.problems import answer

LARGEST_BODY = 1_000_000
"""Bytes: five hundred facts with long notes fit."""


class Bounded:
    """Pure ASGI, round the API."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a body that is too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif _announced(Request(scope)) > LARGEST_BODY:
            await answer(TOO_LARGE)(scope, receive, send)
        else:
            await self.app(scope, _counted(receive), send)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 12 else LARGEST_BODY + 1


def _counted(receive: Receive) -> Receive:
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return counted
