"""Sessions: a new secret at every sign-in, an end to each, and one's own account."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from casework.actor import Actor
from casework.sessions import begin_session
from casework.sign_in.links import make_link
from casework.tokens import holder_of, tokens_of
from tests.support.database import Database
from tests.web.door import browser_from, site_with, who_is_in
from tests.web.site import NOW, Browser, Site
from web.cookies import SESSION

OPERATOR = Actor("t.tester", "cli")


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return site_with(database.engine, tmp_path)


def sign_in(site: Site, browser: Browser, who: str = "a.marsh") -> str:
    """By a link; returns the secret of the session."""
    url = f"/sign-in/link/{make_link(site.db, who, OPERATOR, site.now)}"
    browser.get(url)
    assert browser.post(url).status_code == 303
    return str(browser.client.cookies[SESSION])


def with_secret(site: Site, secret: str) -> Browser:
    browser = site.browser()
    browser.client.cookies.set(SESSION, secret, domain="testserver.local")
    return browser


def test_a_session_that_was_planted_never_becomes_that_of_who_signs_in(site: Site) -> None:
    planted = "planted-planted-planted-planted-planted-pla"
    browser = with_secret(site, planted)
    assert sign_in(site, browser) != planted
    assert who_is_in(with_secret(site, planted)) == ""


def test_signing_in_again_ends_what_the_browser_held_before(site: Site) -> None:
    browser = site.browser()
    first = sign_in(site, browser)
    second = sign_in(site, browser, "m.east")
    assert first != second
    assert who_is_in(with_secret(site, first)) == ""
    assert who_is_in(browser) == "m.east"


def test_signing_out_ends_the_session_and_not_only_the_cookie(site: Site) -> None:
    browser = site.browser()
    secret = sign_in(site, browser)
    browser.get("/account")
    answer = browser.post("/sign-out")
    assert answer.headers["location"] == "/sign-out"
    assert SESSION not in browser.client.cookies
    assert "You have signed out" in browser.follow(answer).text
    assert who_is_in(with_secret(site, secret)) == ""


def test_looking_at_the_page_signs_nobody_out(site: Site) -> None:
    browser = site.browser()
    sign_in(site, browser)
    assert 'action="/sign-out"' in browser.get("/sign-out").text
    assert who_is_in(browser) == "a.marsh"


def test_signing_out_twice_does_no_harm(site: Site) -> None:
    browser = site.browser()
    browser.get("/sign-in")
    assert browser.post("/sign-out").status_code == 303


def test_signing_out_everywhere_ends_all_sessions_of_one_person(site: Site) -> None:
    mine, also_mine, theirs = site.browser(), site.browser(), site.browser()
    sign_in(site, mine)
    sign_in(site, also_mine)
    sign_in(site, theirs, "m.east")
    mine.get("/account")
    mine.post("/sign-out/everywhere")
    assert [who_is_in(browser) for browser in (mine, also_mine, theirs)] == ["", "", "m.east"]


def test_one_can_sign_out_of_another_browser_of_one_s_own(site: Site) -> None:
    mine, other = site.browser(), site.browser()
    sign_in(site, other)
    site.now += timedelta(minutes=1)
    sign_in(site, mine)
    page = mine.get("/account").text
    (session,) = re.findall(r'action="/account/sessions/([^/]+)/end"', page)
    assert "This browser" in page
    assert "That browser is signed out" in mine.follow(mine.post(f"/account/sessions/{session}/end")).text
    assert [who_is_in(browser) for browser in (mine, other)] == ["a.marsh", ""]
    assert "signed out already" in mine.follow(mine.post(f"/account/sessions/{session}/end")).text


def test_nobody_can_sign_out_another_person_s_browser(site: Site) -> None:
    mine, theirs = site.browser(), site.browser()
    sign_in(site, theirs, "m.east")
    sign_in(site, theirs_too := site.browser(), "m.east")
    (session,) = re.findall(r"/account/sessions/([^/]+)/end", theirs.get("/account").text)
    sign_in(site, mine)
    mine.get("/account")
    mine.post(f"/account/sessions/{session}/end")
    assert [who_is_in(browser) for browser in (theirs, theirs_too)] == ["m.east", "m.east"]


@pytest.mark.parametrize(("minutes", "still"), [(59, "a.marsh"), (61, "")])
def test_a_session_ends_when_it_is_idle_for_an_hour(site: Site, minutes: int, still: str) -> None:
    browser = site.browser()
    sign_in(site, browser)
    site.now += timedelta(minutes=minutes)
    assert who_is_in(browser) == still


def test_a_session_ends_after_twelve_hours_however_busy(site: Site) -> None:
    browser = site.browser()
    sign_in(site, browser)
    for _ in range(23):
        site.now += timedelta(minutes=30)
        assert who_is_in(browser) == "a.marsh"
    site.now += timedelta(minutes=30)
    assert who_is_in(browser) == ""


def test_the_role_is_that_of_today_and_who_left_is_out_at_once(site: Site) -> None:
    from tests.web.door import change

    browser = site.browser()
    sign_in(site, browser)
    change(site, "UPDATE officer SET role = 'auditor' WHERE username = 'a.marsh'")
    assert "auditor" in browser.get("/account").text
    change(site, "UPDATE officer SET active = false WHERE username = 'a.marsh'")
    assert browser.get("/account").headers["location"] == "/sign-in?next=%2Faccount"


def test_a_token_is_made_shown_once_used_and_revoked(site: Site) -> None:
    browser = site.browser()
    sign_in(site, browser)
    browser.get("/account")
    page = browser.post("/account/tokens", {"name": "Monday's report", "days": "30"})
    (token,) = re.findall(r'value="(ehcp_[^"]+)"', page.text)
    assert page.headers["cache-control"] == "no-store"
    holder = holder_of(site.db, token, NOW)
    assert holder is not None
    assert holder.username == "a.marsh"
    listed = browser.get("/account").text
    assert "Monday&#39;s report" in listed
    assert token not in listed
    (number,) = re.findall(r"/account/tokens/([^/]+)/revoke", listed)
    assert "The token is revoked" in browser.follow(browser.post(f"/account/tokens/{number}/revoke")).text
    assert holder_of(site.db, token, NOW) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "days": "30"}, "Enter a name"),
        ({"name": "x" * 61, "days": "30"}, "at most 60 characters"),
        ({"name": "report", "days": ""}, "a number from 1 to 365"),
        ({"name": "report", "days": "0"}, "a number from 1 to 365"),
        ({"name": "report", "days": "366"}, "a number from 1 to 365"),
        ({"name": "report", "days": "٣"}, "a number from 1 to 365"),
        ({"name": "report", "days": "9" * 5000}, "a number from 1 to 365"),
    ],
)
def test_a_faulty_token_is_explained_and_nothing_typed_is_lost(site: Site, typed: dict[str, str], said: str) -> None:
    browser = site.browser()
    sign_in(site, browser)
    browser.get("/account")
    answer = browser.post("/account/tokens", typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["days"] or typed["name"]}"' in answer.text
    assert tokens_of(site.db, "a.marsh", NOW) == []


def test_nobody_can_revoke_another_person_s_token(site: Site) -> None:
    from casework.tokens import make_token

    token = make_token(site.db, "m.east", "report", 30, NOW)
    (theirs,) = tokens_of(site.db, "m.east", NOW)
    browser = site.browser()
    sign_in(site, browser)
    browser.get("/account")
    assert "had ended already" in browser.follow(browser.post(f"/account/tokens/{theirs.id}/revoke")).text
    assert holder_of(site.db, token, NOW) is not None


@pytest.mark.parametrize("path", ["/account", "/account/tokens", "/sign-out/everywhere"])
def test_the_account_is_for_those_who_are_signed_in(site: Site, path: str) -> None:
    browser = site.browser()
    browser.get("/sign-in")
    answer = browser.get(path) if path == "/account" else browser.post(path)
    assert answer.headers["location"].startswith("/sign-in")


def test_who_is_signed_in_is_told_so_by_the_sign_in_page(site: Site) -> None:
    page = site.as_a("manager").get("/sign-in?next=%2Ffind").text
    assert "You are signed in as M. East (m.east)" in page
    assert 'href="/find"' in page


def test_over_tls_the_cookies_cannot_be_planted_or_read_on_the_way(database: Database, tmp_path: Path) -> None:
    site = site_with(database.engine, tmp_path, public_url="https://ehcp.council.example")
    browser = browser_from(site, url="https://ehcp.council.example")
    first = browser.get("/sign-in").headers
    assert re.fullmatch(r"__Host-ehcp_browser=[\w-]{32}; Path=/; HttpOnly; SameSite=Lax; Secure", first["set-cookie"])
    assert "max-age=31536000" in first["strict-transport-security"]
    url = f"/sign-in/link/{make_link(site.db, 'a.marsh', OPERATOR, NOW)}"
    browser.get(url)
    given = browser.post(url).headers["set-cookie"]
    assert re.fullmatch(r"__Host-ehcp_session=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", given)
    assert who_is_in(browser) == "a.marsh"
    plain = browser_from(site, url="https://ehcp.council.example")
    plain.client.cookies.set(SESSION, begin_session(site.db, "a.marsh", "code", NOW, site.settings))
    assert who_is_in(plain) == ""


def test_on_one_machine_the_cookies_are_for_this_site_and_no_script(site: Site) -> None:
    browser = site.browser()
    assert "HttpOnly; SameSite=Lax" in browser.get("/sign-in").headers["set-cookie"]
    url = f"/sign-in/link/{make_link(site.db, 'a.marsh', OPERATOR, NOW)}"
    browser.get(url)
    given = browser.post(url).headers["set-cookie"]
    assert "HttpOnly; Path=/; SameSite=lax" in given
    assert "Max-Age" not in given
