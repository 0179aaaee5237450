"""Signing in by a code that is mailed: nobody learns who works here, and nobody gets in with what is not theirs."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from config.files import private_dir
from local.catcher import Keeper
from local.mailbox import mails
from tests.support.database import Database
from tests.web.door import (
    another,
    ask,
    browser_from,
    change,
    code_in,
    enter,
    free_port,
    letters,
    site_with,
    who_is_in,
    words_of,
)
from tests.web.site import Site


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return site_with(database.engine, tmp_path)


@pytest.mark.parametrize("typed", ["a.marsh", "A.Marsh ", "a.marsh@council.example", "A.MARSH@COUNCIL.EXAMPLE"])
def test_an_officer_signs_in_with_the_code_that_was_mailed(site: Site, typed: str) -> None:
    browser = site.browser()
    assert ask(browser, typed).headers["location"] == "/sign-in/code"
    (letter,) = letters(site)
    assert letter["to"] == "a.marsh@council.example"
    answer = enter(browser, code_in(letter))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert who_is_in(browser) == "a.marsh"


def test_the_code_may_be_typed_as_it_is_shown(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    code = code_in(letters(site)[0])
    assert enter(browser, f" {code[:3]} {code[3:]} ").status_code == 303


def test_the_mail_names_nobody_and_brings_no_link(site: Site) -> None:
    ask(site.browser(), "a.marsh")
    (letter,) = letters(site)
    code = code_in(letter)
    assert "http" not in words_of(letter)
    assert "marsh" not in words_of(letter).lower()
    assert code not in "".join(f"{value}" for value in letter.values())
    html = letter.get_body(("html",))
    assert html is not None
    assert f"{code[:3]} {code[3:]}" in html.get_content()
    assert "href" not in html.get_content()


def test_the_mail_goes_over_smtp_to_whatever_catches_it(database: Database, tmp_path: Path) -> None:
    catcher = Controller(Keeper(private_dir(tmp_path / "mail")), hostname="127.0.0.1", port=free_port())
    catcher.start()
    try:
        site = site_with(database.engine, tmp_path, smtp_url=f"smtp://127.0.0.1:{catcher.port}")
        ask(site.browser(), "a.marsh")
    finally:
        catcher.stop()
    (caught,) = mails(tmp_path / "mail")
    assert (caught.to, caught.subject) == ("a.marsh@council.example", "Your code to sign in")


@pytest.mark.parametrize(
    "typed", ["nobody", "nobody@council.example", "'; DROP TABLE officer; --", "%", "é\u202e", "?"]
)
def test_somebody_unknown_is_answered_as_anybody_and_gets_nowhere(site: Site, typed: str) -> None:
    known, unknown = site.browser(), site.browser()
    one, other = ask(known, "a.marsh"), ask(unknown, typed)
    assert (one.status_code, one.headers["location"]) == (other.status_code, other.headers["location"])
    assert len(letters(site)) == 1
    pages = [browser.get("/sign-in/code").text.replace(browser.csrf, "") for browser in (known, unknown)]
    assert without_nonces(pages[0]) == without_nonces(pages[1])
    wrong = another(code_in(letters(site)[0]))
    answers = [enter(browser, wrong) for browser in (known, unknown)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "4 more times" in answers[0].text
    assert "4 more times" in answers[1].text


def without_nonces(page: str) -> str:
    return re.sub(r'nonce="[^"]+"', "", page)


@pytest.mark.parametrize("state", ["active = false", "email = NULL", "email = ''"])
def test_who_left_or_has_no_address_is_as_unknown_as_anybody(site: Site, state: str) -> None:
    change(site, f"UPDATE officer SET {state} WHERE username = 'a.marsh'")
    assert ask(site.browser(), "a.marsh").headers["location"] == "/sign-in/code"
    assert letters(site) == []


def test_an_address_that_two_share_opens_for_neither(site: Site) -> None:
    change(site, "UPDATE officer SET email = 'a.marsh@council.example' WHERE username = 'r.hale'")
    ask(site.browser(), "a.marsh@council.example")
    assert letters(site) == []


def test_a_code_is_good_only_in_the_browser_that_asked(site: Site) -> None:
    mine, theirs = site.browser(), site.browser()
    ask(mine, "a.marsh")
    code = code_in(letters(site)[0])
    ask(theirs, "nobody")
    assert enter(theirs, code).status_code == 422
    assert who_is_in(theirs) == ""
    assert enter(mine, code).status_code == 303


def test_a_code_is_good_for_fifteen_minutes(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    site.now += timedelta(minutes=15)
    answer = enter(browser, code_in(letters(site)[0]))
    assert answer.status_code == 422
    assert "can no longer be used" in answer.text


def test_a_code_is_good_once(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    code = code_in(letters(site)[0])
    enter(browser, code)
    browser.get("/account")
    browser.post("/sign-out")
    browser.get("/sign-in")
    assert "can no longer be used" in enter(browser, code).text
    assert who_is_in(browser) == ""


def test_only_the_newest_code_of_a_browser_is_good(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    ask(browser, "a.marsh")
    first, second = (code_in(letter) for letter in letters(site))
    if first != second:
        assert enter(browser, first).status_code == 422
    assert enter(browser, second).status_code == 303


def test_asking_in_the_name_of_another_does_not_spoil_their_code(site: Site) -> None:
    mine, theirs = site.browser(), site.browser()
    ask(mine, "a.marsh")
    code = code_in(letters(site)[0])
    ask(theirs, "a.marsh")
    assert enter(mine, code).status_code == 303


def test_after_five_wrong_guesses_the_right_code_is_too_late(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    code = code_in(letters(site)[0])
    for _ in range(5):
        assert enter(browser, another(code)).status_code == 422
    assert "can no longer be used" in enter(browser, code).text
    assert who_is_in(browser) == ""


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34", "-1"])
def test_what_is_no_code_is_explained_and_costs_no_guess(site: Site, typed: str) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    answer = enter(browser, typed)
    assert answer.status_code == 422
    assert "Enter the 6 figures" in answer.text
    with site.db.connect() as connection:
        assert connection.execute(text("SELECT sum(tries) FROM login_code")).scalar() == 0


def test_who_left_between_mail_and_code_is_not_let_in(site: Site) -> None:
    browser = site.browser()
    ask(browser, "a.marsh")
    change(site, "UPDATE officer SET active = false WHERE username = 'a.marsh'")
    enter(browser, code_in(letters(site)[0]))
    assert who_is_in(browser) == ""


@pytest.mark.parametrize("typed", ["", " ", "x" * 255])
def test_a_name_must_be_given(site: Site, typed: str) -> None:
    answer = ask(site.browser(), typed)
    assert answer.status_code == 422
    assert "Enter your username or work email address" in answer.text


def test_a_mail_server_that_is_away_is_told_plainly_to_everybody(database: Database, tmp_path: Path) -> None:
    site = site_with(database.engine, tmp_path, smtp_url="smtp://127.0.0.1:1")
    for typed in ("a.marsh", "nobody"):
        answer = ask(site.browser(), typed)
        assert answer.status_code == 503
        assert "We cannot send mail at the moment" in answer.text
        assert typed in answer.text


def test_an_address_that_cannot_be_written_to_is_no_crash(site: Site) -> None:
    change(site, "UPDATE officer SET email = 'not an address' WHERE username = 'a.marsh'")
    assert ask(site.browser(), "a.marsh").status_code == 303


def test_neither_code_nor_cookie_is_in_the_database_or_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    browser = site.browser()
    with caplog.at_level(logging.DEBUG):
        ask(browser, "a.marsh")
        code = code_in(letters(site)[0])
        enter(browser, another(code))
        enter(browser, code)
    with site.db.connect() as connection:
        tables = ("login_code", "web_session", "sign_in_attempt")
        kept = " ".join(
            str(row) for table in tables for row in connection.execute(text(f"SELECT {table}::text FROM {table}"))
        )
    said = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    for secret in (code, f"{code[:3]} {code[3:]}", *browser.client.cookies.values()):
        assert secret not in said
        assert secret not in kept
    assert "a.marsh" in said
    assert "signed_in" in said


def test_there_is_no_code_page_without_a_code(site: Site) -> None:
    assert site.browser().get("/sign-in/code").headers["location"] == "/sign-in"
    assert "can no longer be used" in site.browser().post("/sign-in/code", {"code": "123456"}).text


def test_where_one_wanted_to_go_is_where_one_arrives(site: Site) -> None:
    browser = browser_from(site)
    sent_away = browser.get("/find?page=2")
    page = browser.get(sent_away.headers["location"])
    assert 'name="next" value="/find?page=2"' in page.text
    browser.post("/sign-in", {"who": "a.marsh", "next": "/find?page=2"})
    browser.get("/sign-in/code?next=%2Ffind%3Fpage%3D2")
    answer = enter(browser, code_in(letters(site)[0]), next="/find?page=2")
    assert answer.headers["location"] == "/find?page=2"
