"""How much a program may send at once: said before anything is read, and counted where nothing was said."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.api.problem_types import TOO_LARGE
from web.api.problems import answer
from web.body_size import counted, is_too_large

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
        elif is_too_large(Request(scope), LARGEST_BODY):
            await answer(TOO_LARGE)(scope, receive, send)
        else:
            await self.app(scope, counted(receive, LARGEST_BODY), send)
