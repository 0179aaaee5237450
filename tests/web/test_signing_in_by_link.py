"""Signing in by a link: one officer, one hour, once; and looking at it uses nothing up."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.errors import Refused
from casework.sign_in.links import add_first_admin, make_link
from tests.support.database import Database
from tests.web.door import change, site_with, who_is_in
from tests.web.site import NOW, Site

OPERATOR = Actor("t.tester", "cli")


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return site_with(database.engine, tmp_path)


def link(site: Site, who: str = "h.service") -> str:
    return f"/sign-in/link/{make_link(site.db, who, OPERATOR, site.now)}"


def test_a_link_signs_in_at_the_press_of_its_button(site: Site) -> None:
    url, browser = link(site), site.browser()
    page = browser.get(url)
    assert "Sign in as H. Service" in page.text
    assert who_is_in(browser) == ""
    browser.get(url)
    assert browser.post(url).headers["location"] == "/"
    assert who_is_in(browser) == "h.service"


def test_what_checks_links_in_mail_uses_nothing_up(site: Site) -> None:
    url = link(site)
    for _ in range(3):
        assert site.browser().get(url).status_code == 200
    assert site.browser().client.head(url).status_code in (200, 405)
    browser = site.browser()
    browser.get(url)
    assert browser.post(url).status_code == 303


def test_a_link_is_good_once(site: Site) -> None:
    url = link(site)
    first, second = site.browser(), site.browser()
    first.get(url)
    second.get(url)
    assert first.post(url).status_code == 303
    refused = second.post(url)
    assert refused.status_code == 404
    assert "cannot be used" in refused.text
    assert who_is_in(second) == ""
    assert second.get(url).status_code == 404


def test_a_link_is_good_for_an_hour(site: Site) -> None:
    url, browser = link(site), site.browser()
    browser.get(url)
    site.now = NOW + timedelta(hours=1)
    assert browser.post(url).status_code == 404


def test_a_new_link_ends_the_one_before(site: Site) -> None:
    old, new = link(site), link(site)
    assert site.browser().get(old).status_code == 404
    assert site.browser().get(new).status_code == 200


def test_a_link_of_somebody_who_left_opens_nothing(site: Site) -> None:
    url, browser = link(site), site.browser()
    browser.get(url)
    change(site, "UPDATE officer SET active = false WHERE username = 'h.service'")
    assert browser.get(url).status_code == 404
    assert browser.post(url).status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", "0" * 75, "../account", "%00", "a" * 5000, "é"])
def test_what_is_no_link_of_ours_is_a_page_that_says_so(site: Site, wrong: str) -> None:
    answer = site.browser().get(f"/sign-in/link/{wrong}")
    assert answer.status_code in (303, 404)


def test_a_link_with_another_secret_is_not_taken(site: Site) -> None:
    url = link(site)
    last = "A" if url[-1] != "A" else "B"
    assert site.browser().get(url[:-1] + last).status_code == 404


def test_a_form_from_elsewhere_does_not_use_a_link(site: Site) -> None:
    url, browser = link(site), site.browser()
    browser.get(url)
    assert browser.client.post(url, data={}).status_code == 403
    assert browser.client.post(url, data={"csrf": "none"}).status_code == 403
    assert browser.post(url).status_code == 303


def test_the_secret_is_kept_nowhere(site: Site) -> None:
    secret = link(site).rpartition("/")[2][32:]
    with site.db.connect() as connection:
        (row,) = connection.execute(text("SELECT login_code::text FROM login_code")).scalars()
    assert secret not in row


def test_for_somebody_unknown_it_is_said_what_to_do(site: Site) -> None:
    with pytest.raises(Refused, match="ehcp officers import FILE"):
        make_link(site.db, "nobody", OPERATOR, NOW)
    change(site, "UPDATE officer SET active = false WHERE username = 'h.service'")
    with pytest.raises(Refused, match="no longer active"):
        make_link(site.db, "h.service", OPERATOR, NOW)


def test_the_first_administrator_is_added_only_where_there_is_none(site: Site) -> None:
    with pytest.raises(Refused, match=r"h\.service administers this house"):
        add_first_admin(site.db, "n.new", "N. New", "n.new@council.example", OPERATOR)
    change(site, "DELETE FROM officer WHERE role = 'admin'")
    with pytest.raises(Refused, match=r"a\.marsh is in the directory already"):
        add_first_admin(site.db, "a.marsh", "A. Marsh", "a.marsh@council.example", OPERATOR)
    with pytest.raises(Refused, match="not a mail address"):
        add_first_admin(site.db, "n.new", "N. New", "n.new", OPERATOR)
    add_first_admin(site.db, "n.new", "N. New", "n.new@council.example", OPERATOR)
    browser = site.browser()
    url = link(site, "n.new")
    browser.get(url)
    browser.post(url)
    assert who_is_in(browser) == "n.new"
    assert "administrator" in browser.get("/account").text.lower()
