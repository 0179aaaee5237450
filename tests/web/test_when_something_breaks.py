"""A fault of ours, a database that is away, a program that speaks no HTTP: nothing of a child in page or log."""

import io
import logging
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from casework.sessions import begin_session
from casework.tokens import make_token
from config.log import LineFormatter
from config.settings import Settings
from records.database import connect
from tests.support.database import Database
from tests.web.door import free_port
from tests.web.lists import ask
from tests.web.site import NOW, Site
from web.access import AccessLog
from web.cookies import session_name

NAME, NUMBER, SAID = "Quillfeather", "A123456789012", "Mother telephoned in tears"
GUARDED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
}
_A_CASE = "SELECT mail_ref, case_ref FROM process WHERE kind = 'assessment' AND ended_on IS NULL LIMIT 1"


@contextmanager
def everything_logged() -> Generator[io.StringIO]:
    """All lines as they are written in production, at the chattiest level that can be set."""
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    handler.setFormatter(LineFormatter(as_json=True))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in ("httpx2", "httpcore2", "asyncio"):  # of the test's own client
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield out
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


@contextmanager
def serving(site: Site) -> Generator[int]:
    """The site behind the real server; gives the port."""
    port = free_port()
    config = uvicorn.Config(AccessLog(site.app), "127.0.0.1", port, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield port
    finally:
        server.should_exit = True
        thread.join(15)


def broken(council: Database) -> None:
    """Take tables away behind the server's back: every page that needs them fails in the middle."""
    owner = create_engine(council.owner_url)
    with owner.begin() as connection:
        connection.execute(text("DROP TABLE contact_note"))
        connection.execute(text("ALTER TABLE person RENAME COLUMN surname TO family_name"))
    owner.dispose()


def test_a_fault_of_ours_is_said_plainly_with_every_header_and_no_trace(council: Database) -> None:
    site = Site(council.engine)
    browser = site.as_a("caseworker")
    client = TestClient(site.app, "http://testserver", follow_redirects=False, raise_server_exceptions=False)
    client.cookies.update(browser.client.cookies)
    (case,) = ask(site, _A_CASE)
    broken(council)
    for url in (f"/cases/{case['mail_ref']}", f"/cases/{case['mail_ref']}/contact", "/overdue"):
        answer = client.get(url)
        assert answer.status_code == 500
        assert "Something went wrong" in answer.text
        assert GUARDED.items() <= dict(answer.headers).items()
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        for trace in ("Traceback", "sqlalchemy", "psycopg", "SELECT", "family_name", ".py", case["case_ref"]):
            assert trace not in answer.text


def test_a_database_that_is_away_is_said_on_a_page() -> None:
    settings = Settings()
    site = Site(connect("postgresql+psycopg://nobody:hunter2@127.0.0.1:1/none"), settings)
    browser = site.browser()
    browser.client.cookies.set(session_name(settings), "a" * 43)
    answer = browser.get("/work")
    assert answer.status_code == 503
    assert "Try again in a minute" in answer.text
    assert answer.headers["retry-after"] == "30"
    assert "hunter2" not in answer.text
    assert GUARDED.items() <= dict(answer.headers).items()


@pytest.mark.timeout(120)
def test_nothing_of_a_child_is_in_the_log_whatever_fails(council: Database) -> None:
    site = Site(council.engine)
    (case,) = ask(site, _A_CASE)
    secret = begin_session(site.db, "m.east", "code", NOW, site.settings)
    token = make_token(site.db, "m.east", "tests", 1, NOW)
    with everything_logged() as log, serving(site) as port:
        drive(port, secret, token, case["mail_ref"], case["case_ref"])
        broken(council)
        drive(port, secret, token, case["mail_ref"], case["case_ref"])
        raw(
            port, f"GET /cases/{NAME} HTTP/9.9\r\n\r\n", f"{NAME} {NUMBER}\r\n\r\n", "GET / HTTP/1.1\r\nA{NAME}\r\n\r\n"
        )
    said = log.getvalue()
    assert '"status": 500' in said
    assert "ProgrammingError" in said
    for kept in (NAME, NUMBER, SAID, case["mail_ref"], case["case_ref"], secret, token, "Quill"):
        assert kept not in said, said[max(0, said.index(kept) - 300) : said.index(kept) + 100]


def drive(port: int, secret: str, token: str, ref: str, case_ref: str) -> None:
    """A manager's forms and a program's requests, with a name wherever one can be typed."""
    import httpx2

    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, headers={"connection": "close"}) as client:
        client.cookies.set(session_name(Settings()), secret)
        page = client.get("/accessibility")
        csrf = client.get("/sign-out").text.split('name="csrf" value="')[-1].split('"')[0] if page else ""
        typed = {"csrf": csrf, "anything": NAME, "upn": NUMBER, "text": SAID, "name": NAME, "surname": NAME}
        for url in ("/find", "/reads", "/open", f"/cases/{ref}/contact", f"/cases/{ref}/family/add", "/sign-in"):
            client.post(url, data={**typed, "who": NAME, "role": "parent", "ref": case_ref})
        for url in (f"/find?search={NAME}", f"/cases/{NAME}", f"/cases/{ref}/why?limit={NAME}", f"/{NAME}?{NUMBER}"):
            client.get(url)
        client.post("/record-many/upload", data={"csrf": csrf}, files={"file": (f"{NAME}.xlsx", SAID.encode())})
        headers = {"authorization": f"Bearer {token}", "idempotency-key": f"{NAME}-1"}
        child = {"received": "2026-11-19", "surname": NAME, "forename": NAME, "upn": NUMBER}
        client.post("/api/v1/cases", json=child, headers=headers)
        note = {"day": "2026-11-19", "way": "phone", "with_whom": "parent", "text": SAID}
        client.post(f"/api/v1/cases/{ref}/contact-notes", json=note, headers=headers)
        client.get(f"/api/v1/cases/{NAME}", headers=headers)
        client.get(f"/api/v1/overdue?officer={NAME}", headers=headers)


def raw(port: int, *lines: str) -> None:
    """What is no HTTP."""
    for line in lines:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(line.encode())
            connection.settimeout(5)
            connection.recv(1000)
