"""The front door, and what stands round every answer."""

import pytest

from tests.web.site import Site


def test_nobody_sees_anything_before_signing_in(looking: Site) -> None:
    answer = looking.browser().get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("caseworker", "/work"),
        ("manager", "/overdue"),
        ("admin", "/overdue"),
        ("auditor", "/find"),
        ("service_lead", "/services"),
    ],
)
def test_each_role_begins_where_its_work_is(looking: Site, role: str, place: str) -> None:
    assert looking.as_a(role).get("/").headers["location"] == place


def test_every_answer_carries_its_headers(looking: Site) -> None:
    headers = looking.browser().get("/no-such-page").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_an_unknown_address_is_a_page_that_says_so(looking: Site) -> None:
    answer = looking.as_a("caseworker").get("/no-such-page")
    assert answer.status_code == 404
    assert "not one of ours" in answer.text


def test_a_request_from_another_site_is_not_taken(looking: Site) -> None:
    answer = looking.as_a("caseworker").client.post("/sign-out", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
