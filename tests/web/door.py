"""What the tests of signing in share: a site of its own settings, browsers of every kind, the mail that was sent."""

import re
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, text

from casework.actor import ENGINE
from casework.directories import import_officers
from config.settings import Settings
from demo import FOLDER as OFFICERS
from tests.web.site import NOW, Browser, Site

KEY = SecretStr("0123456789abcdef" * 2)


def site_with(db: Engine, folder: Path, *, demo: bool = False, **settings: Any) -> Site:
    """A site with settings of its own and the demonstration's officers; without a mail server mail goes to files."""
    import_officers(db, OFFICERS / "officers.csv", ENGINE, NOW)
    return Site(db, Settings(data_dir=folder, signing_key=KEY, **settings), demo=demo)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def browser_from(site: Site, address: str = "192.0.2.7", url: str = "http://testserver") -> Browser:
    """A browser at some address, which calls the site by some name."""
    return Browser(TestClient(site.app, base_url=url, client=(address, 50000), follow_redirects=False))


def letters(site: Site) -> list[EmailMessage]:
    """The mail that was written, the oldest first."""
    files = sorted((site.settings.data_dir / "dry-run").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=default) for path in files]


def words_of(letter: EmailMessage) -> str:
    """The plain text of a mail."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def code_in(letter: EmailMessage) -> str:
    """The code that a mail brings."""
    found = re.search(r"^ +(\d{3}) (\d{3})\r?$", words_of(letter), re.MULTILINE)
    assert found
    return found.group(1) + found.group(2)


def ask(browser: Browser, who: str, **more: str) -> Any:
    """Ask for a code."""
    browser.get("/sign-in")
    return browser.post("/sign-in", {"who": who, **more})


def enter(browser: Browser, code: str, **more: str) -> Any:
    """Type a code."""
    return browser.post("/sign-in/code", {"code": code, **more})


def another(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def who_is_in(browser: Browser) -> str:
    """Whom the account page names; nothing when nobody is signed in."""
    found = re.search(r"You are [^<]* \(([^)]+)\), ", browser.get("/account").text)
    return found.group(1) if found else ""


def change(site: Site, statement: str, **bound: object) -> None:
    """Change something behind the site's back."""
    with site.db.begin() as connection:
        connection.execute(text(statement), bound)
