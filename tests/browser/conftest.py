"""A real browser (Debian's Chromium) on a real server: the demonstration's council, as at its own day."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from casework.sessions import begin_session
from config.settings import Settings
from tests.support.database import Cluster
from tests.web.conftest import council_template
from tests.web.site import PEOPLE, Site
from web.cookies import session_name

__all__ = ["council_template"]

CHROMIUM = Path("/usr/bin/chromium")
EXPECTED = {404: "there is no such page", 422: "a form is shown again with what is wrong"}
"""With which a page itself may answer; the console complains of it. What a page loads must be there."""
_STATUS = re.compile(r"the server responded with a status of \d{3}")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium without a window. Without the sandbox, which needs more than a container gives root.

    Closed after each file: while it lives an event loop runs in this thread, and no other test may start one.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Served:
    """A site that listens; `page(role)` is a window in which somebody of it is signed in.

    What scripts and the console complain of is kept: a test that leaves any of it fails.
    """

    site: Site
    address: str
    chromium: Browser
    _said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _refused: set[str] = field(default_factory=set[str])
    _windows: list[BrowserContext] = field(default_factory=list[BrowserContext])

    def page(self, role: str = "", *, scripts: bool = True, size: dict[str, int] = WIDE) -> Page:
        """A new window; without a role nobody is signed in."""
        window = self.chromium.new_context(
            base_url=self.address, java_script_enabled=scripts, viewport=size, locale="en-GB", reduced_motion="reduce"
        )
        self._windows.append(window)
        if role:
            secret = begin_session(self.site.db, PEOPLE[role], "code", self.site.now, self.site.settings)
            window.add_cookies([{"name": session_name(self.site.settings), "value": secret, "url": self.address}])
        page = window.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self._said.append((str(error), "")))
        page.on("console", self._note)
        page.on("response", self._answered)
        return page

    @property
    def faults(self) -> list[str]:
        """What was complained of, except that a page answered what it may."""
        return [f"{said} ({url})" for said, url in self._said if not (_STATUS.search(said) and url in self._refused)]

    def take_faults(self) -> list[str]:
        """The same, and forget it."""
        found = self.faults
        self._said.clear()
        return found

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._said.append((said.text, said.location.get("url", "")))

    def _answered(self, answer: Response) -> None:
        if answer.status in EXPECTED and answer.request.is_navigation_request():
            self._refused.add(answer.url)

    def close_windows(self) -> list[str]:
        """Close whatever was opened; returns what was complained of in it."""
        for window in self._windows:
            window.close()
        self._windows.clear()
        found = self.take_faults()
        self._refused.clear()
        return found


@pytest.fixture(scope="module")
def server(
    cluster: Cluster, council_template: str, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    made = cluster.create(council_template)
    site = Site(made.engine, Settings(data_dir=tmp_path_factory.mktemp("data")))
    config = uvicorn.Config(site.app, log_config=None, access_log=False, lifespan="off")
    running = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not running.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.05)
        yield Served(site, f"http://127.0.0.1:{listening.getsockname()[1]}", chromium)
        running.should_exit = True
        thread.join(20)
    made.engine.dispose()
    cluster.drop(made.name)


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    """The server; the windows that a test opened are closed after it, and nothing was complained of in them."""
    yield server
    assert server.close_windows() == []
