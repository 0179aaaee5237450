"""The application as a browser meets it, in this process: somebody of a role is signed in, the day can be chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from casework.sessions import begin_session
from config.settings import Settings
from web.app import create_app
from web.cookies import session_name
from web.place import Place

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""The demonstration's own day, a Friday morning."""

PEOPLE = {
    "caseworker": "a.marsh",
    "manager": "m.east",
    "admin": "h.service",
    "service_lead": "d.officer",
    "auditor": "a.audit",
}


@dataclass
class Site:
    """One server on one database. `now` can be moved; `as_a(role)` is a browser with somebody of it signed in."""

    db: Engine
    settings: Settings = field(default_factory=Settings)
    now: datetime = NOW
    demo: bool = False

    def __post_init__(self) -> None:
        self.app = create_app(Place(self.settings, self.db, lambda: self.now, self.demo))

    def browser(self) -> "Browser":
        """A browser that nobody has signed in with."""
        return Browser(TestClient(self.app, base_url="http://testserver", follow_redirects=False))

    def signed_in(self, username: str) -> "Browser":
        """A browser in which this officer is signed in."""
        browser = self.browser()
        secret = begin_session(self.db, username, "code", self.now, self.settings)
        browser.client.cookies.set(session_name(self.settings), secret)
        return browser

    def as_a(self, role: str) -> "Browser":
        """A browser in which somebody of that role is signed in."""
        return self.signed_in(PEOPLE[role])


@dataclass
class Browser:
    """Asks for pages, and sends forms as a page of ours would: with the proof that it carries."""

    client: TestClient
    csrf: str = ""

    def get(self, url: str, **more: Any) -> Any:
        """A page; what it carries for its forms is remembered."""
        return self._remember(self.client.get(url, **more))

    def post(self, url: str, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Send a form; a page is asked for first where none has been."""
        if not self.csrf:
            self.get("/sign-in")
            self.get("/")
        return self._remember(self.client.post(url, data={"csrf": self.csrf, **(data or {})}, **more))

    def follow(self, answer: Any) -> Any:
        """The page that a form sends one on to."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def _remember(self, answer: Any) -> Any:
        if found := re.search(r'name="csrf" value="([^"]+)"', answer.text):
            self.csrf = found.group(1)
        return answer
