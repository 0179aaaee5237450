"""What no program should send: always an answer with problem details, never a fault."""

import json
from typing import Any

import pytest

from tests.web.api.conftest import Program
from tests.web.api.test_writing import CHILD
from tests.web.site import Site

JSON = {"content-type": "application/json", "idempotency-key": "k"}


def _is_problem(answer: Any, status: int, slug: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    body = answer.json()
    assert (body["status"], body["type"]) == (status, f"/api/v1/problems/{slug}")
    assert body["title"] and body["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/nowhere", 404), ("/api/nowhere", 404), ("/api/v2/cases", 404), ("/api/v1/cases/none/such/place", 404)],
)
def test_an_unknown_address_is_a_problem(reader: Program, path: str, status: int) -> None:
    answer = reader.client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_method_that_there_is_not_is_a_problem(reader: Program) -> None:
    answer = reader.client.delete("/api/v1/overdue")
    _is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"a": ' + b"9" * 5000 + b"}", b"[" * 50_000])
def test_what_is_not_json_is_a_problem(reader: Program, body: bytes) -> None:
    _is_problem(reader.client.post("/api/v1/cases", content=body, headers=JSON), 400, "bad-request")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_another_type_than_json_is_a_problem(reader: Program, kind: str) -> None:
    headers = {"content-type": kind, "idempotency-key": "k"}
    _is_problem(reader.client.post("/api/v1/cases", content=json.dumps(CHILD), headers=headers), 415, "not-json")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_a_problem(reader: Program, announced: bool) -> None:
    large = b'{"surname": "' + b"x" * 1_100_000 + b'"}'
    content: Any = large if announced else iter([large[:600_000], large[600_000:]])
    _is_problem(reader.client.post("/api/v1/cases", content=content, headers=JSON), 413, "too-large")


@pytest.mark.parametrize("surname", ["a\x00b", "a\ud800b", "x" * 201, "line\nbreak", None, 7, ["a"], {"a": "b"}])
def test_text_that_cannot_be_kept_is_named_by_its_field(reader: Program, surname: Any) -> None:
    body = json.dumps({**CHILD, "surname": surname})
    answer = reader.client.post("/api/v1/cases", content=body, headers=JSON)
    _is_problem(answer, 422, "invalid")
    assert [each["field"] for each in answer.json()["errors"]] == ["surname"]


@pytest.mark.parametrize(
    "day", ["20/11/2026", "2026-02-30", 0, 1e300, "9999-12-31", "0001-01-01", "", "2026-11-20T09:00"]
)
def test_a_day_that_is_none_is_named_by_its_field(reader: Program, day: Any) -> None:
    answer = reader.post("/cases", {**CHILD, "date_of_birth": day})
    _is_problem(answer, 422, "invalid")
    assert [each["field"] for each in answer.json()["errors"]] == ["date_of_birth"]


@pytest.mark.parametrize(
    "fact",
    [
        "decision_to_assess",
        "=2026-11-20",
        "decision_to_assess=9999-12-31",
        "decision_to_assess=2026-11-20;a",
        "a\x00=2026-11-20",
        {"kind": "Decision", "day": "2026-11-20"},
        {"kind": "decision_to_assess", "day": "2026-11-20", "attributes": {"because": "a\x00"}},
        {"kind": "decision_to_assess", "day": "2026-11-20", "attributes": {"a b": "c"}},
        7,
        None,
    ],
)
def test_a_fact_that_cannot_be_read_is_named_by_its_number(reader: Program, fact: Any) -> None:
    answer = reader.post("/cases/EHC-2026-0004/facts", {"facts": [fact]})
    _is_problem(answer, 422, "invalid")
    fields = [each["field"] for each in answer.json()["errors"]]
    assert fields
    assert all(field.startswith("facts.0") for field in fields)


@pytest.mark.parametrize("served", ["9999-12-31", "0001-01-01", "2026-13-01", "x" * 20_000, "'; DROP TABLE fact; --"])
def test_days_beyond_the_calendar_are_refused(reader: Program, served: str) -> None:
    fact = {"kind": "advice_requested", "subject": "health", "day": "2026-11-20", "attributes": {"received": served}}
    answer = reader.post("/cases/EHC-2026-0004/facts", {"facts": [fact]})
    assert answer.status_code in (409, 422), answer.text


@pytest.mark.parametrize("attribute", ["served", "reps_until", "meeting", "from", "to", "target", "by"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_law_is_not_applied_beyond_the_calendar(reader: Program, attribute: str, day: str) -> None:
    facts: list[Any] = ["request_received=2026-09-02"]
    for kind in ("draft_plan_sent", "relief", "mail_hold", "advice_requested"):
        facts.append({"kind": kind, "subject": "", "day": "2026-10-20", "attributes": {attribute: day}})
    answer = reader.client.post("/api/v1/timelines", json={"facts": facts})
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.parametrize("ref", ["%00", "a%00b", "%ff", "..%2f..%2fetc", "'%20OR%201=1", "x" * 5000, "%0a"])
@pytest.mark.parametrize("part", ["", "/timeline", "/messages"])
def test_a_reference_that_cannot_be_one_is_a_problem(reader: Program, ref: str, part: str) -> None:
    answer = reader.client.get(f"/api/v1/cases/{ref}{part}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        {"page_size": "0"},
        {"page_size": "99999999999999999999999"},
        {"cursor": "AAAA"},
        {"cursor": "é"},
        {"as_of": "9999-12-31"},
        {"officer": "a\x00"},
        {"limit": "'"},
    ],
)
def test_a_question_that_cannot_be_asked_names_its_field(reader: Program, query: dict[str, str]) -> None:
    answer = reader.get("/overdue", **query)
    _is_problem(answer, 422, "invalid")
    assert [each["field"] for each in answer.json()["errors"]] == list(query)


def test_a_problem_never_repeats_what_was_sent(reader: Program) -> None:
    answer = reader.post("/cases", {**CHILD, "surname": "Secretname\n", "upn": ["Secretupn"]})
    assert "Secret" not in answer.text


@pytest.mark.parametrize("token", ["", "x", "ehcp_", "ehcp_" + "a" * 5000, "ehcp_é"])
def test_a_token_that_is_none_is_told_nothing(looking: Site, token: str) -> None:
    client = Program(looking).client
    for header in (f"Bearer {token}", f"Basic {token}", token):
        answer = client.get("/api/v1/me", headers={"authorization": header.encode()})
        _is_problem(answer, 401, "no-token")


def test_every_kind_of_problem_has_a_page(looking: Site) -> None:
    from web.api.problem_types import ALL

    browser = looking.browser()
    for problem in ALL.values():
        assert browser.get(problem.uri).status_code == 200
    assert browser.get("/api/v1/problems/none").status_code == 404


def test_the_operations_are_listed_on_a_page(looking: Site) -> None:
    page = looking.browser().get("/api/v1")
    assert page.status_code == 200
    assert "POST /api/v1/cases/{ref}/facts" in page.text
