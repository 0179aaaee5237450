"""What every page works with: settings, database, the time, and who is signed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Engine

from casework.actor import Actor
from casework.read_log import note_read
from casework.sessions import SignedIn, session_of
from config.clock import london_day, utc_now
from config.settings import Settings
from web.cookies import session_secret
from web.faults import Faults
from web.rendering import render
from web.roles import Access
from web.said import keep_said


class NotSignedIn(Exception):
    """The page needs somebody signed in: they are sent to sign in, and back afterwards."""


class NotAllowed(Exception):
    """Whoever is signed in may not use this page."""


@dataclass(frozen=True, slots=True)
class Place:
    """One server's place of work, kept as `app.state.place`. `now` is the only reader of the clock."""

    settings: Settings
    db: Engine
    now: Callable[[], datetime] = utc_now
    demo: bool = False


@dataclass(slots=True)
class Desk:
    """One request: the place, who asks, and the moment, read once. `me` is None on pages that anybody may see."""

    place: Place
    request: Request
    signed_in: SignedIn | None
    now: datetime

    @property
    def db(self) -> Engine:
        """The application's engine."""
        return self.place.db

    @property
    def me(self) -> SignedIn:
        """Who is signed in. Raises NotSignedIn."""
        if self.signed_in is None:
            raise NotSignedIn
        return self.signed_in

    @property
    def keeper(self) -> str:
        """For whom what is said once is kept; empty when nobody is here who could be told from others."""
        return self.signed_in.username if self.signed_in else ""

    @property
    def actor(self) -> Actor:
        """In whose name casework acts."""
        return Actor(self.me.username, "web")

    @property
    def today(self) -> date:
        """The day in London."""
        return london_day(self.now)

    def saw(self, what: str, processes: Iterable[UUID]) -> None:
        """Put down that children's records were shown: call it before the answer is given, once a page."""
        note_read(self.db, self.actor, what, processes, self.now)

    def page(
        self, template: str, *, title: str, faults: Faults | None = None, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """A page. With `faults` its title begins with "Error:", a summary stands on top and the status is 422."""
        faults = faults or Faults()
        body = render(self, template, title=title, faults=faults, **context)
        return HTMLResponse(body, status_code=422 if faults and status == 200 else status)

    def go(self, url: str, *said: str, warning: bool = False) -> RedirectResponse:
        """On to another page of ours after a form, where these sentences are shown once (as a warning, if it is one).

        `url` is a path of ours that holds no personal data.
        """
        return RedirectResponse(keep_said(self, url, said, warning) if said else url, status_code=303)


def place_of(request: Request) -> Place:
    """The place that `create_app` was given."""
    return request.app.state.place


def who_asks(request: Request) -> Desk:
    """The desk of whoever asks, signed in or not. One per request: FastAPI keeps it."""
    place = place_of(request)
    now = place.now()
    token = session_secret(request)
    return Desk(place, request, session_of(place.db, token, now, place.settings) if token else None, now)


class Allowed:
    """The dependency by which a route declares who may use it; a test reads it off every route."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def __call__(self, desk: Annotated[Desk, Depends(who_asks)]) -> Desk:
        if self.access.signed_in and desk.me.role not in self.access.roles:
            raise NotAllowed
        return desk
