"""What others might try at the door of links: forms, cookies, copies, programs that read mail; and what the log tells."""

from pathlib import Path

import pytest

from tests.web.door import another, browser_from, free_port, letters
from tests.web.linked import NEVER, PAEDS, Linked, ask_by, come_in, linked, plain, type_code, wrong_codes
from web.cookies import SESSION, VISIT


def test_looking_at_a_link_sends_nothing_and_uses_nothing_up(here: Linked) -> None:
    """Programs that check mail look at every link, and some follow what they find there."""
    token = here.link()
    for path in (f"/advice/link/{token}", f"/advice/link/{token}/code", f"/advice/link/{token}?a=b"):
        for method in ("GET", "HEAD", "OPTIONS"):
            here.browser().client.request(method, path)
    assert letters(here.site) == []
    assert here.council.count("link_code") == here.council.count("sign_in_attempt") == 0
    come_in(here, token)


def test_a_form_without_our_proof_is_not_taken(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    for path in (f"/advice/link/{token}", f"/advice/link/{token}/code", "/advice/sign-out"):
        browser.get(path)
        for data in ({}, {"csrf": "0" * 64}):
            assert browser.client.post(path, data=data).status_code == 403
    assert letters(here.site) == []
    assert here.council.count("sign_in_attempt") == 0


def test_a_visit_that_somebody_planted_is_worth_nothing(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    planted = "P" * 43
    browser.client.cookies.set(VISIT, planted)
    come_in(here, token, browser)
    kept = {cookie.value for cookie in browser.client.cookies.jar if cookie.name == VISIT and cookie.domain}
    assert planted not in kept
    mine = browser.client.cookies.get(VISIT, domain="testserver.local")
    assert mine and mine != planted


def test_staff_stay_signed_in_beside_a_visit_and_after_it(here: Linked) -> None:
    browser = here.site.signed_in("a.marsh")
    session = browser.client.cookies.get(SESSION)
    come_in(here, here.link(), browser)
    assert browser.client.cookies.get(SESSION) == session
    assert "You are A. Marsh" in browser.get("/account").text
    browser.get("/advice/sign-out")
    assert browser.post("/advice/sign-out").status_code == 303
    assert browser.client.cookies.get(VISIT) is None
    assert "You are A. Marsh" in browser.get("/account").text


def test_one_can_sign_out_of_a_visit_and_the_link_asks_for_a_code_again(here: Linked) -> None:
    token = here.link()
    browser = come_in(here, token)
    secret = browser.client.cookies.get(VISIT)
    assert secret
    assert "Sign out</h1>" in browser.get("/advice/sign-out").text
    page = browser.follow(browser.post("/advice/sign-out"))
    assert "You have signed out" in page.text
    browser.client.cookies.set(VISIT, secret)  # as somebody would who has copied it
    assert browser.get(f"/advice/link/{token}").status_code == 200


def test_over_tls_the_cookies_are_for_this_host_alone(here: Linked, tmp_path: Path) -> None:
    here = linked(here.site.db, tmp_path, here.case, public_url="https://ehcp.council.example")
    browser = browser_from(here.site, url="https://ehcp.council.example")
    token = here.link()
    ask_by(browser, token)
    cookies = type_code(browser, token, here.codes()[0]).headers["set-cookie"]
    assert cookies.startswith(f"__Host-{VISIT}=")
    assert "Path=/; SameSite=lax; Secure" in cookies


def test_when_mail_is_away_everybody_is_told_before_anything_is_asked(here: Linked, tmp_path: Path) -> None:
    here = linked(here.site.db, tmp_path, here.case, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    pages = [ask_by(here.browser(), token) for token in (here.link(), NEVER)]
    assert [page.status_code for page in pages] == [503, 503]
    assert plain(pages[0]) == plain(pages[1])
    assert "We cannot send mail at the moment. Your link stays good." in pages[0].text
    assert here.council.count("link_code") == 0


def test_the_log_holds_no_address_no_secret_no_code_and_no_reference(
    here: Linked, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = here.link()
    browser = come_in(here, token)
    wrong_codes(here, browser, token, 5)
    lines = " ".join(str(record.__dict__) for record in caplog.records if record.name.startswith(("casework", "web")))
    for event in ("link_opened", "link_code_sent", "link_code_wrong", "link_locked"):
        assert event in lines
    held = (
        token,
        PAEDS,
        "nhs.example",
        here.case.mail_ref,
        here.case.case_ref,
        *here.codes(),
        another(here.codes()[0]),
    )
    assert [each for each in held if each in lines] == []
    assert str(here.id_of()) in lines


def test_the_secret_of_a_link_is_kept_nowhere_and_told_to_no_other_site(here: Linked) -> None:
    token = here.link()
    browser = come_in(here, token)
    wrong_codes(here, browser, token, 5)
    tables = here.council.rows("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'")
    visit = browser.client.cookies.get(VISIT)
    assert visit
    for table in tables:
        kept = str(here.council.rows(f'SELECT t::text FROM "{table["name"]}" t'))
        assert token not in kept
        assert visit not in kept
    page = here.browser().get(f"/advice/link/{token}")
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert token not in page.text
    assert "http" not in page.text.replace("http-equiv", "").replace("http://www.w3.org", "")
