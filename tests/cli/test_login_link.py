"""`ehcp login-link`: the first administrator's way in."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from casework.store import open_store
from config.clock import utc_now
from config.settings import Settings
from demo import FOLDER as DEMO
from local.addresses import Addresses, up_lock, write
from tests.cli.conftest import Ehcp
from tests.support.database import Database
from tests.web.site import Browser
from web.app import create_app
from web.place import Place


@pytest.fixture
def staffed(ehcp: Ehcp) -> Ehcp:
    assert ehcp("officers", "import", str(DEMO / "officers.csv")).code == 0
    return ehcp


def test_the_link_signs_that_officer_in(staffed: Ehcp, database: Database) -> None:
    done = staffed("login-link", "h.service", EHCP_PUBLIC_URL="https://ehcp.council.example/")
    assert done.code == 0, done.err
    url = done.out.strip()
    assert url.startswith("https://ehcp.council.example/sign-in/link/")
    assert "one hour" in done.err
    db = open_store(database.app_url)
    app = create_app(Place(Settings(), db))
    browser = Browser(TestClient(app, follow_redirects=False))
    path = url.removeprefix("https://ehcp.council.example")
    browser.get(path)
    assert browser.post(path).status_code == 303
    assert "H. Service (h.service)" in browser.get("/account").text
    db.dispose()


def test_the_link_says_until_when_it_is_good(staffed: Ehcp) -> None:
    told: dict[str, Any] = staffed("login-link", "head.send@council.example", "--json").json
    until = datetime.fromisoformat(told["until"])
    assert timedelta(minutes=58) < until - utc_now() <= timedelta(hours=1)
    assert told["url"].startswith("http://127.0.0.1:8000/sign-in/link/")


def test_where_ehcp_up_serves_the_pages_the_link_leads_there(staffed: Ehcp, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "run").mkdir(parents=True, mode=0o700)
    lock = up_lock(folder)
    assert lock.alone()
    try:
        nowhere = dict.fromkeys(("database_url", "migration_url", "temporal_address", "temporal_ui", "smtp_url"), "")
        mail = {"mail_page": "", "mail_folder": ""}
        write(Addresses(**nowhere, **mail, data_dir=str(folder), pid=1, web="http://127.0.0.1:21099"))
        told = staffed("login-link", "h.service", "--json").json
    finally:
        lock.drop()
    assert told["url"].startswith("http://127.0.0.1:21099/sign-in/link/")


def test_for_somebody_unknown_it_says_what_to_do(staffed: Ehcp) -> None:
    done = staffed("login-link", "n.body")
    assert done.code == 1
    assert done.out == ""
    assert "n.body is not in the directory of officers" in done.err
    assert "ehcp officers import FILE" in done.err
    assert "--admin" in done.err


def test_the_first_administrator_needs_no_file(ehcp: Ehcp) -> None:
    done = ehcp("login-link", "n.new", "--admin", "N. New", "n.new@council.example")
    assert done.code == 0, done.err
    assert "/sign-in/link/" in done.out
    again = ehcp("login-link", "o.other", "--admin", "O. Other", "o.other@council.example")
    assert again.code == 1
    assert "n.new administers this house" in again.err


@pytest.mark.parametrize("address", ["", "nonsense"])
def test_an_administrator_without_an_address_that_works_is_not_added(ehcp: Ehcp, address: str) -> None:
    done = ehcp("login-link", "n.new", "--admin", "N. New", address)
    assert done.code == 1
    assert "mail address" in done.err
