"""Signing in with the council's own provider: a real one, and one that lies."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from tests.support.database import Database
from tests.web.door import change, free_port, site_with, who_is_in
from tests.web.provider import KEYS, Liar, authorised, mock_provider, secret_key, serving
from tests.web.site import Browser, Site
from web.provider import Provider, ProviderAway

SECRET = "a-secret-between-us-and-the-provider"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with mock_provider() as started:
        yield started


@pytest.fixture
def site_of(database: Database, tmp_path: Path) -> Callable[[str], Site]:
    """A site whose provider is that issuer."""

    def made(issuer: str) -> Site:
        return site_with(
            database.engine,
            tmp_path,
            public_url="http://testserver",
            oidc_issuer=issuer,
            oidc_client_id="ehcp",
            oidc_client_secret=SecretStr(SECRET),
        )

    return made


@pytest.fixture
def site(site_of: Callable[[str], Site], issuer: str) -> Site:
    return site_of(issuer)


def leave(browser: Browser, after: str = "") -> str:
    """Off to the provider: where the browser is sent."""
    answer = browser.get(f"/sign-in/provider{after}")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.mark.parametrize(("sub", "who"), [("by-address", "a.marsh"), ("by-username", "m.east")])
def test_an_officer_signs_in_with_the_council_account(site: Site, sub: str, who: str) -> None:
    browser = site.browser()
    assert "/sign-in/provider?next=/" in browser.get("/sign-in").text.replace("%2F", "/")
    answer = browser.get(authorised(leave(browser), sub))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert who_is_in(browser) == who


def test_the_provider_is_asked_with_pkce_state_and_nonce(site: Site) -> None:
    asked = parse_qs(urlsplit(leave(site.browser())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) == 36
    assert len(asked["nonce"][0]) >= 20
    assert asked["redirect_uri"] == ["http://testserver/sign-in/provider/back"]


def test_one_arrives_where_one_wanted_to_go_and_never_elsewhere(site: Site) -> None:
    for after, arrives in (("?next=%2Ffind", "/find"), ("?next=%2F%2Fevil.example", "/")):
        browser = site.browser()
        assert browser.get(authorised(leave(browser, after), "by-address")).headers["location"] == arrives


@pytest.mark.parametrize("sub", ["unknown", "by-unverified-address", "by-address-alone", "by-two", "odd"])
def test_who_is_not_in_the_directory_or_not_certainly_is_told_whom_to_ask(site: Site, sub: str) -> None:
    browser = site.browser()
    answer = browser.get(authorised(leave(browser), sub))
    assert answer.status_code == 403
    assert "Ask whoever administers EHCP Clock to add you" in answer.text
    assert who_is_in(browser) == ""


def test_who_left_is_refused(site: Site) -> None:
    change(site, "UPDATE officer SET active = false WHERE username = 'a.marsh'")
    browser = site.browser()
    assert browser.get(authorised(leave(browser), "by-address")).status_code == 403


def test_who_declined_is_not_signed_in_and_can_try_again(site: Site) -> None:
    browser = site.browser()
    answer = browser.get(authorised(leave(browser), action="deny"))
    assert answer.status_code == 403
    assert "nobody was signed in" in answer.text
    assert 'href="/sign-in"' in answer.text


def test_a_callback_is_good_once(site: Site) -> None:
    browser = site.browser()
    back = authorised(leave(browser), "by-address")
    assert browser.get(back).status_code == 303
    replayed = browser.get(back)
    assert replayed.status_code == 403
    assert "finished already" in replayed.text


def test_the_callback_of_another_browser_signs_nobody_in(site: Site) -> None:
    """Else somebody could make another work under a name that is not theirs (login CSRF)."""
    theirs, mine = site.browser(), site.browser()
    back = authorised(leave(theirs), "by-address")
    mine.get("/sign-in")
    assert mine.get(back).status_code == 403
    assert site.browser().get(back).status_code == 403
    assert who_is_in(mine) == ""
    assert theirs.get(back).status_code == 303


@pytest.mark.parametrize("state", ["", "x", "00000000-0000-0000-0000-000000000000", "%01", "é"])
def test_a_callback_with_another_state_is_not_taken(site: Site, state: str) -> None:
    browser = site.browser()
    leave(browser)
    assert browser.get(f"/sign-in/provider/back?state={state}&code=abc").status_code == 403


def test_a_callback_that_comes_too_late_is_not_taken(site: Site) -> None:
    browser = site.browser()
    back = authorised(leave(browser), "by-address")
    site.now += timedelta(minutes=11)
    assert browser.get(back).status_code == 403


@pytest.mark.parametrize("code", ["", "nonsense"])
def test_a_code_that_the_provider_does_not_know_is_not_believed(site: Site, code: str) -> None:
    browser = site.browser()
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    answer = browser.get(f"/sign-in/provider/back?state={state}&code={code}")
    assert answer.status_code == 403
    assert "could not be checked" in answer.text


def test_a_code_from_another_provider_is_not_sent_to_ours(site: Site) -> None:
    browser = site.browser()
    back = authorised(leave(browser), "by-address")
    assert browser.get(f"{back}&iss=https%3A%2F%2Fevil.example").status_code == 403


def test_a_provider_that_is_away_is_told_plainly(site_of: Callable[[str], Site]) -> None:
    answer = site_of(f"http://127.0.0.1:{free_port()}").browser().get("/sign-in/provider")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_where_there_is_a_provider_no_codes_are_sent(site: Site) -> None:
    browser = site.browser()
    assert "Send me a code" not in browser.get("/sign-in").text
    browser.get("/no-such-page")
    browser.get("/sign-in")
    assert browser.client.post("/sign-in", data={"who": "a.marsh"}).status_code == 403
    assert not (site.settings.data_dir / "dry-run").exists()


def test_where_there_is_none_nobody_is_sent_away(database: Database, tmp_path: Path) -> None:
    browser = site_with(database.engine, tmp_path).browser()
    assert browser.get("/sign-in/provider").headers["location"] == "/sign-in"
    assert browser.get("/sign-in/provider/back?state=x&code=y").status_code == 403


def test_no_secret_of_it_is_in_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    browser = site.browser()
    with caplog.at_level(logging.INFO):
        url = leave(browser)
        with site.db.connect() as connection:
            kept = connection.execute(text("SELECT answers FROM draft")).scalar_one()
        back = authorised(url, "by-address")
        browser.get(back)
    said = " ".join(f"{each.getMessage()} {vars(each)}" for each in caplog.records if each.name != "httpx2")
    for secret in (SECRET, kept["nonce"], kept["verifier"], parse_qs(urlsplit(back).query)["code"][0]):
        assert secret not in said


@pytest.fixture
def liar() -> Iterator[Liar]:
    with serving(Liar({"preferred_username": "m.east"})) as lying:
        yield lying


def come_back(site: Site, liar: Liar) -> tuple[int, str]:
    """There and back: how the last page answers, and who is signed in then."""
    browser = site.browser()
    left = browser.get("/sign-in/provider")
    if left.status_code != 303:
        return left.status_code, ""
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    liar.nonce = liar.nonce or asked["nonce"][0]
    answer = browser.get(f"/sign-in/provider/back?state={asked['state'][0]}&code=abc")
    return answer.status_code, who_is_in(browser)


def test_the_liar_is_believed_while_it_says_the_truth(site_of: Callable[[str], Site], liar: Liar) -> None:
    assert come_back(site_of(liar.issuer), liar) == (303, "m.east")
    assert "code_verifier=" in liar.posted


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": ["somebody-else"], "azp": "ehcp"},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"sub": None},
    ],
)
def test_a_token_for_somebody_or_something_else_is_not_believed(
    site_of: Callable[[str], Site], liar: Liar, claims: dict[str, object]
) -> None:
    liar.claims |= claims
    assert come_back(site_of(liar.issuer), liar) == (403, "")


@pytest.mark.parametrize("how", ["none", "HS256", "another key"])
def test_a_token_that_the_provider_did_not_sign_is_not_believed(
    site_of: Callable[[str], Site], liar: Liar, how: str
) -> None:
    if how == "another key":
        liar.signed_with = KEYS[1]
    else:
        liar.header = {"alg": how, "kid": "one"}
        liar.signed_with = secret_key(SECRET)
    assert come_back(site_of(liar.issuer), liar) == (403, "")


@pytest.mark.parametrize(
    ("status", "token"),
    [(500, None), (200, {"error": "invalid_grant"}), (200, {}), (200, {"access_token": "a", "token_type": "Bearer"})],
)
def test_an_answer_that_is_none_is_no_crash(
    site_of: Callable[[str], Site], liar: Liar, status: int, token: dict[str, object] | None
) -> None:
    site = site_of(liar.issuer)
    site.browser().get("/sign-in/provider")
    liar.status, liar.token = status, token
    answered, who = come_back(site, liar)
    assert answered in (403, 503)
    assert who == ""


@pytest.mark.parametrize("metadata", [{"issuer": "https://evil.example"}, {"authorization_endpoint": None}])
def test_a_provider_that_publishes_nonsense_is_as_good_as_away(
    site_of: Callable[[str], Site], liar: Liar, metadata: dict[str, object]
) -> None:
    liar.metadata = metadata
    assert come_back(site_of(liar.issuer), liar) == (503, "")


def test_names_that_are_only_told_on_request_are_asked_for(site_of: Callable[[str], Site], liar: Liar) -> None:
    liar.claims = {}
    liar.user_info = {"sub": "1", "preferred_username": "m.east"}
    assert come_back(site_of(liar.issuer), liar) == (303, "m.east")


def test_what_is_told_of_somebody_else_is_not_believed(site_of: Callable[[str], Site], liar: Liar) -> None:
    liar.claims = {}
    liar.user_info = {"sub": "2", "preferred_username": "m.east"}
    assert come_back(site_of(liar.issuer), liar) == (403, "")


def test_a_provider_that_takes_its_time_is_not_waited_for(liar: Liar) -> None:
    liar.delay = 1.0
    with pytest.raises(ProviderAway):
        Provider(liar.issuer, "ehcp", SECRET, wait_seconds=0.3).begin("http://testserver/back", "state")
