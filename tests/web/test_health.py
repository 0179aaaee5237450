"""Is the server alive and ready, what is said when it is not, and what the log tells of who asked for what."""

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from config.settings import Settings
from records.database import connect
from tests.support.database import Database
from tests.support.temporal import real_server, working
from tests.support.workers import address_of
from tests.web.pages import page, questions, words
from tests.web.site import NOW, Site
from web.access import AccessLog

AWAY = "127.0.0.1:1"


def site_on(database: Database, temporal: str) -> Site:
    return Site(database.engine, Settings(temporal_address=temporal))


def test_alive_means_that_this_process_answers_whatever_is_away() -> None:
    site = Site(connect("postgresql://nobody:hunter2@127.0.0.1:1/none"), Settings(temporal_address=AWAY))
    answer = site.browser().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_without_a_database_it_is_not_ready_and_says_no_secret() -> None:
    site = Site(connect("postgresql://nobody:hunter2@127.0.0.1:1/none"), Settings(temporal_address=AWAY))
    answer = site.browser().get("/readyz")
    assert answer.status_code == 503
    away = "does not answer"
    assert answer.json() == {"ready": False, "database": away, "temporal": away, "worker": away}
    assert "hunter2" not in answer.text


async def test_it_is_ready_when_database_temporal_and_a_worker_answer(database: Database) -> None:
    async with real_server() as env:
        alone = await asyncio.to_thread(site_on(database, address_of(env.client)).browser().get, "/readyz")
        async with working(env.client):
            site = site_on(database, address_of(env.client))
            async with asyncio.timeout(20):
                while (together := await asyncio.to_thread(site.browser().get, "/readyz")).status_code != 200:
                    await asyncio.sleep(0.5)
    assert alone.status_code == 503
    assert alone.json() == {
        "ready": False, "database": "answers", "temporal": "answers", "worker": "does not answer",
    }  # fmt: skip
    assert together.json() == {"ready": True, "database": "answers", "temporal": "answers", "worker": "answers"}


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"127.0.0.1:{silent.getsockname()[1]}"


def test_what_hangs_is_not_waited_for(database: Database, deaf: str) -> None:
    browser = site_on(database, deaf).browser()
    begun = time.monotonic()
    answer = browser.get("/readyz")
    assert time.monotonic() - begun < 4
    assert answer.json()["database"] == "answers"
    assert answer.json()["temporal"] == "does not answer"


def test_asking_all_the_time_is_no_load(database: Database) -> None:
    browser = site_on(database, AWAY).browser()
    with questions(database.engine) as asked:
        for _ in range(20):
            browser.get("/readyz")
    assert len(asked) <= 8


def alert(answer: object) -> str:
    found = [each for each in page(answer).iter("div") if each.get("class") == "app-alert"]
    return words(found[0]) if found else ""


def test_a_page_says_so_while_what_was_recorded_does_not_reach_the_clocks(site: Site) -> None:
    browser = site.as_a("caseworker")
    assert alert(browser.get("/accessibility")) == ""
    site.now = NOW + timedelta(minutes=3)
    said = alert(browser.get("/accessibility"))
    assert "What was recorded since Friday 20 November 2026, 9:30am has not reached the clocks" in said
    assert "What you record is safe" in said

    with site.db.begin() as connection:
        connection.execute(text("UPDATE wake SET delivered_at = :now"), {"now": site.now})
    assert alert(browser.get("/accessibility")) == said, "asked again only after half a minute"
    site.now += timedelta(seconds=31)
    assert alert(browser.get("/accessibility")) == ""


def test_a_page_says_so_when_no_letters_were_sent_and_no_nightly_check_was_made(site: Site) -> None:
    site.now = NOW + timedelta(days=4)
    browser = site.as_a("manager")
    said = alert(browser.get("/accessibility"))
    assert "The letters and reminders of Monday 23 November 2026 have not been sent." in said
    assert "The nightly check has not run since" in said


def test_nobody_but_staff_is_told_how_the_house_stands(site: Site) -> None:
    site.now = NOW + timedelta(minutes=3)
    assert alert(site.browser().get("/accessibility")) == ""


def test_the_log_names_patterns_of_pages_and_nothing_that_was_asked(
    looking: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site = Site(looking.db)
    client = TestClient(AccessLog(site.app), base_url="http://testserver", follow_redirects=False)
    with caplog.at_level(logging.INFO, logger="web.access"):
        for url in ("/", "/people?q=Fotheringay", "/no-such/Fotheringay", "/assets/app.css", "/healthz"):
            client.get(url)
    said = [
        (record.getMessage(), getattr(record, "about", {})) for record in caplog.records if record.name == "web.access"
    ]
    assert [about["page"] for _, about in said] == ["front-door", "people", "none"]
    assert {about["method"] for _, about in said} == {"get"}
    assert all(about["milliseconds"] >= 0 for _, about in said)
    assert "Fotheringay" not in str(said)
