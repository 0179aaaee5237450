"""A real browser (Debian's Chromium) on a real server: the demonstration's council, as at its own day."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from casework.sessions import begin_session
from tests.support.database import Cluster
from tests.web.conftest import council_template
from tests.web.site import PEOPLE, Site
from web.cookies import session_name

__all__ = ["council_template"]

CHROMIUM = Path("/usr/bin/chromium")
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
    """A site that listens; `page(role)` is a window in which somebody of it is signed in. Errors of scripts are kept."""

    site: Site
    address: str
    chromium: Browser
    faults: list[str] = field(default_factory=list[str])
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
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        return page

    def _note(self, said: ConsoleMessage) -> None:
        # That a page we asked for is not there is said by its status.
        if said.type == "error" and said.location.get("url") not in {page.url for page in said.page.context.pages}:
            self.faults.append(f"{said.text} ({said.location.get('url')})")

    def close_windows(self) -> None:
        """Close whatever was opened."""
        for window in self._windows:
            window.close()
        self._windows.clear()
        self.faults.clear()


@pytest.fixture(scope="module")
def server(cluster: Cluster, council_template: str, chromium: Browser) -> Iterator[Served]:
    made = cluster.create(council_template)
    site = Site(made.engine)
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
    """The server; the windows that a test opened are closed after it."""
    yield server
    server.close_windows()
