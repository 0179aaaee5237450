"""What others might try: forms from elsewhere, framed pages, doors that lead away, bodies without end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.database import Database
from tests.web.door import ask, browser_from, change, code_in, enter, letters, site_with
from tests.web.site import Browser, Site
from web.arriving import own_path
from web.cookies import BROWSER, SESSION
from web.security import LARGEST_BODY


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return site_with(database.engine, tmp_path)


AWAY = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "/ /evil.example",
    "evil.example",
    "",
    "/é",
    "/" + "x" * 2000,
    "/sign-in?next=/sign-in",
    "/sign-out",
]


@pytest.mark.parametrize("asked", AWAY)
def test_no_address_leads_away_from_here(asked: str) -> None:
    assert own_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/find", "/overdue?team=East&page=2", "/cases/K7F-3QX9#x", "/%2F/evil.example"])
def test_pages_of_ours_are_gone_back_to(asked: str) -> None:
    assert own_path(asked) == asked


@pytest.mark.parametrize("asked", ["//evil.example", "/\\evil.example", "%2F%2Fevil.example", "/%5Cevil.example"])
def test_signing_in_never_ends_on_another_site(site: Site, asked: str) -> None:
    browser = site.browser()
    browser.get(f"/sign-in?next={asked}")
    browser.post("/sign-in", {"who": "a.marsh", "next": asked})
    browser.get(f"/sign-in/code?next={asked}")
    location = enter(browser, code_in(letters(site)[0]), next=asked).headers["location"]
    assert location == "/" or location.startswith("/%")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/sign-in/demo", "/sign-out"])
def test_a_form_without_our_proof_is_not_taken_even_before_anybody_is_signed_in(site: Site, path: str) -> None:
    """Else somebody could be signed in, by another's page, as that other (login CSRF)."""
    browser = site.browser()
    browser.get("/sign-in")
    for data in ({}, {"csrf": ""}, {"csrf": "none"}, {"csrf": "0" * 64}):
        assert browser.client.post(path, data={"who": "a.marsh", **data}).status_code == 403
    assert letters(site) == []


def test_the_proof_of_another_browser_is_none(site: Site) -> None:
    mine, theirs = site.browser(), site.browser()
    mine.get("/sign-in")
    theirs.get("/sign-in")
    assert mine.client.post("/sign-in", data={"who": "a.marsh", "csrf": theirs.csrf}).status_code == 403


@pytest.mark.parametrize("planted", ["", "x", "a b", "<script>", "x" * 5000])
def test_a_cookie_that_is_none_of_ours_counts_as_none(site: Site, planted: str) -> None:
    import hmac
    from hashlib import sha256

    browser = site.browser()
    proof = hmac.new(planted.encode(), b"ehcp csrf", sha256).hexdigest()
    for name in (BROWSER, SESSION):
        headers = {"cookie": f"{name}={planted}"}
        answer = browser.client.post("/sign-in", data={"who": "a.marsh", "csrf": proof}, headers=headers)
        assert answer.status_code == 403
        assert (
            BROWSER in browser.client.get("/sign-in", headers={"cookie": f"{BROWSER}={planted}"}).headers["set-cookie"]
        )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://testserver"}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({}, 303),
    ],
)
def test_what_comes_from_another_site_is_not_taken(site: Site, headers: dict[str, str], status: int) -> None:
    browser = site.browser()
    browser.get("/sign-in")
    assert browser.post("/sign-in", {"who": "a.marsh"}, headers=headers).status_code == status


def test_behind_a_proxy_the_origin_is_the_public_one(database: Database, tmp_path: Path) -> None:
    site = site_with(database.engine, tmp_path, public_url="https://ehcp.council.example")
    browser = browser_from(site, url="https://10.0.0.5:8000")
    browser.get("/sign-in")
    good = {"origin": "https://ehcp.council.example"}
    assert browser.post("/sign-in", {"who": "a.marsh"}, headers=good).status_code == 303


def test_no_page_can_be_framed(site: Site) -> None:
    headers = site.browser().get("/sign-in").headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def endless(size: int) -> Iterator[bytes]:
    yield b"csrf="
    for _ in range(size // 100_000 + 1):
        yield b"x" * 100_000


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_that_does_not_say_how_large_it_is_is_counted(site: Site, kind: str) -> None:
    browser = site.browser()
    browser.get("/sign-in")
    answer = browser.client.post("/sign-in", content=endless(LARGEST_BODY), headers={"content-type": kind})
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["12000001", "-1", "1e3", "9" * 5000, "abc", ""])
def test_a_body_that_says_it_is_too_large_or_nonsense_is_not_read(site: Site, length: str) -> None:
    answer = site.browser().client.post("/sign-in", content=b"", headers={"content-length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_no_page_has_is_a_page_that_says_so(site: Site, method: str) -> None:
    answer = site.browser().client.request(method, "/sign-in")
    assert answer.status_code == 405
    assert "text/html" in answer.headers["content-type"]


def test_a_form_that_is_none_is_a_page_that_says_so(site: Site) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = site.browser().client.post("/sign-in", content=b"--c\r\nnonsense", headers=headers)
    assert answer.status_code in (400, 403)
    assert "text/html" in answer.headers["content-type"]


LOCAL = ("127.0.0.1", "http://127.0.0.1:8000")


def demo(database: Database, folder: Path, **settings: object) -> Site:
    return site_with(database.engine, folder, demo=True, **settings)


@pytest.mark.parametrize(
    ("address", "url"), [LOCAL, ("127.0.0.1", "http://localhost:8000"), ("::1", "http://[::1]:8000")]
)
def test_in_a_demonstration_of_one_s_own_one_can_be_anybody(
    database: Database, tmp_path: Path, address: str, url: str
) -> None:
    browser = browser_from(demo(database, tmp_path), address, url)
    page = browser.get("/sign-in").text
    assert "H. Service" in page
    assert browser.post("/sign-in/demo", {"who": "h.service"}).status_code == 303
    assert "H. Service" in browser.get("/account").text


def test_while_the_demonstration_is_loading_it_is_said_to_wait(database: Database, tmp_path: Path) -> None:
    site = demo(database, tmp_path)
    change(site, "DELETE FROM officer")
    assert "being loaded" in browser_from(site, *LOCAL).get("/sign-in").text
    assert "being loaded" not in browser_from(site, "192.0.2.7").get("/sign-in").text


def refuses(browser: Browser) -> bool:
    page = browser.get("/sign-in").text
    refused = browser.post("/sign-in/demo", {"who": "h.service"})
    return "H. Service" not in page and refused.status_code == 404


def test_without_a_demonstration_nobody_can(database: Database, tmp_path: Path) -> None:
    assert refuses(browser_from(site_with(database.engine, tmp_path), *LOCAL))


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "testclient", "", "::ffff:192.0.2.7"])
def test_from_another_machine_nobody_can(database: Database, tmp_path: Path, address: str) -> None:
    assert refuses(browser_from(demo(database, tmp_path), address, LOCAL[1]))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "ehcp.council.example"])
def test_where_others_can_reach_the_server_nobody_can(database: Database, tmp_path: Path, host: str) -> None:
    assert refuses(browser_from(demo(database, tmp_path, web_host=host), *LOCAL))


def test_under_a_name_of_somebody_else_s_nobody_can(database: Database, tmp_path: Path) -> None:
    """A page of theirs could point its own name at this machine (DNS rebinding)."""
    assert refuses(browser_from(demo(database, tmp_path), "127.0.0.1", "http://evil.example:8000"))


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_behind_a_proxy_nobody_can(database: Database, tmp_path: Path, header: str) -> None:
    browser = browser_from(demo(database, tmp_path), *LOCAL)
    browser.client.headers[header] = "127.0.0.1"
    assert refuses(browser)


@pytest.mark.parametrize("who", ["", "nobody", "H. Service"])
def test_one_can_only_be_somebody_of_the_demonstration(database: Database, tmp_path: Path, who: str) -> None:
    browser = browser_from(demo(database, tmp_path), *LOCAL)
    browser.get("/sign-in")
    assert browser.post("/sign-in/demo", {"who": who}).status_code == 404


def test_a_demonstration_can_be_signed_in_to_as_at_work(database: Database, tmp_path: Path) -> None:
    site = demo(database, tmp_path)
    browser = browser_from(site, *LOCAL)
    ask(browser, "a.marsh")
    assert enter(browser, code_in(letters(site)[0])).status_code == 303


@pytest.mark.parametrize("address", ["/cases/%00", "/find?search=%00", "/cases/a%00b/contact", "/overdue?team=%00"])
def test_an_address_with_a_nul_is_none(site: Site, address: str) -> None:
    """The database takes no such text: it would look like a fault of ours."""
    answer = site.as_a("manager").get(address)
    assert answer.status_code == 404
    assert answer.headers["x-frame-options"] == "DENY"


def test_half_a_character_in_a_form_is_no_fault_of_ours(site: Site) -> None:
    """Some encodings that a request may name decode to text that no other encoding can hold."""
    browser = site.browser()
    browser.get("/sign-in")
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("csrf", browser.csrf), ("who", "a\\ud800b"))
    )
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    answer = browser.client.post("/sign-in", content=f"{parts}--x--\r\n", headers={"content-type": kind})
    assert answer.status_code == 303
