"""How often one may try to sign in, whoever and wherever one is."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.sign_in.limits import ADDRESS, ASK, EVERYBODY, GUESS, LIMITS, WHO, TooOften, admit, network_of
from casework.sign_in.upkeep import KEPT, tidy
from tests.support.database import Database
from tests.web.door import KEY, another, ask, browser_from, code_in, enter, letters, site_with
from tests.web.site import NOW, Site


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return site_with(database.engine, tmp_path)


def tries(site: Site, what: str, who: str, address: str, times: int) -> None:
    for _ in range(times):
        admit(site.db, site.settings, what, who, address, site.now)


@pytest.mark.parametrize("who", ["a.marsh", "nobody"])
def test_a_sixth_code_in_a_quarter_of_an_hour_is_refused_with_when_to_try_again(site: Site, who: str) -> None:
    for minute in range(5):
        site.now = NOW + timedelta(minutes=minute)
        assert ask(site.browser(), who).status_code == 303
    refused = ask(site.browser(), who)
    assert refused.status_code == 429
    assert "You can try again after Friday 20 November 2026, 9:45am" in refused.text
    assert refused.headers["retry-after"] == str(11 * 60 + 1)
    assert len(letters(site)) == (5 if who == "a.marsh" else 0)
    site.now = NOW + timedelta(minutes=15, seconds=1)
    assert ask(site.browser(), who).status_code == 303


def test_capitals_and_another_address_are_no_way_round_it(site: Site) -> None:
    for number in range(5):
        ask(browser_from(site, f"192.0.2.{number}"), "a.marsh")
    assert ask(browser_from(site, "198.51.100.1"), "A.MARSH").status_code == 429


def test_what_a_header_says_of_the_address_is_not_believed(site: Site) -> None:
    tries(site, ASK, "somebody", "192.0.2.7", 1)
    limit = LIMITS[ASK][ADDRESS].most
    for number in range(1, limit):
        admit(site.db, site.settings, ASK, f"name {number}", "192.0.2.7", site.now)
    browser = browser_from(site, "192.0.2.7")
    browser.client.headers["x-forwarded-for"] = "203.0.113.9"
    assert ask(browser, "a.marsh").status_code == 429
    assert ask(browser_from(site, "192.0.2.8"), "a.marsh").status_code == 303


def test_a_flood_from_everywhere_is_braked_for_all(site: Site) -> None:
    for number in range(LIMITS[ASK][EVERYBODY].most):
        admit(site.db, site.settings, ASK, f"name {number}", f"10.0.{number // 250}.{number % 250}", site.now)
    assert ask(browser_from(site, "198.51.100.1"), "a.marsh").status_code == 429
    assert letters(site) == []


def test_guesses_at_ever_new_codes_of_one_person_are_braked(site: Site) -> None:
    for _ in range(3):
        browser = site.browser()
        ask(browser, "a.marsh")
        for _ in range(5):
            enter(browser, another(code_in(letters(site)[-1])))
    browser = site.browser()
    ask(browser, "a.marsh")
    refused = enter(browser, code_in(letters(site)[-1]))
    assert refused.status_code == 429
    assert "10:30am" in refused.text


def test_being_refused_does_not_make_it_last_longer(site: Site) -> None:
    tries(site, GUESS, "a.marsh", "192.0.2.7", LIMITS[GUESS][WHO].most)
    for minutes in (10, 30, 59):
        site.now = NOW + timedelta(minutes=minutes)
        with pytest.raises(TooOften) as refused:
            tries(site, GUESS, "a.marsh", "192.0.2.7", 1)
        assert refused.value.again_at == NOW + timedelta(hours=1)
    site.now = NOW + timedelta(hours=1)
    tries(site, GUESS, "a.marsh", "192.0.2.7", 1)


def test_many_at_once_get_no_more_through_than_one_after_another(site: Site) -> None:
    def one(_: int) -> bool:
        try:
            admit(site.db, site.settings, ASK, "a.marsh", "192.0.2.7", site.now)
        except TooOften:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == LIMITS[ASK][WHO].most


def test_only_five_of_many_guesses_at_once_are_looked_at(site: Site) -> None:
    from casework.sign_in.codes import Answer, guess, make_code

    made = make_code(site.db, site.settings, "a.marsh", "browser", site.now)
    wrong = another(made.code)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: guess(site.db, site.settings, "browser", wrong, site.now).answer, range(16)))
    assert found.count(Answer.WRONG) == 4
    assert guess(site.db, site.settings, "browser", made.code, site.now).answer is Answer.OVER


def test_neither_names_nor_addresses_are_kept_of_tries(site: Site) -> None:
    ask(browser_from(site, "192.0.2.7"), "a.marsh")
    with site.db.connect() as connection:
        kept = " ".join(connection.execute(text("SELECT sign_in_attempt::text FROM sign_in_attempt")).scalars())
    assert "marsh" not in kept
    assert "192.0.2" not in kept
    assert KEY.get_secret_value() not in kept


def test_an_office_with_a_network_of_its_own_counts_once() -> None:
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::5")
    assert network_of("192.0.2.7") != network_of("192.0.2.8")
    assert network_of("testclient") == "testclient"


def test_what_nothing_asks_about_any_more_is_thrown_away(site: Site) -> None:
    ask(site.browser(), "a.marsh")
    assert tidy(site.db, NOW + KEPT) == 0
    assert tidy(site.db, NOW + KEPT + timedelta(minutes=16)) == 4
    with site.db.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sign_in_attempt")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM login_code")).scalar() == 0
