"""Reading through the API."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from sqlalchemy import text

from tests.web.api.conftest import Program, program
from tests.web.site import Site


def test_a_token_says_whose_it_is(reader: Program) -> None:
    answer = reader.get("/me")
    assert answer.status_code == 200
    assert answer.json() == {
        "username": "a.marsh",
        "name": "Alex Marsh",
        "role": "caseworker",
        "team": "East",
        "today": "2026-11-20",
    } | {name: answer.json()[name] for name in ("name", "team")}


def test_without_a_token_nothing_is_told(looking: Site) -> None:
    answer = Program(looking).get("/overdue")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="EHCP Clock"')
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cookie_opens_nothing_here(looking: Site) -> None:
    assert looking.as_a("admin").get("/api/v1/me").status_code == 401


def test_a_service_lead_reads_no_cases(looking: Site) -> None:
    lead = program(looking, "service_lead")
    assert lead.get("/overdue").status_code == 403
    assert lead.get("/me").json()["role"] == "service_lead"


def test_a_list_is_read_page_by_page_without_loss(reader: Program) -> None:
    whole = reader.get("/overdue", page_size=200).json()
    rows: list[Any] = []
    cursor = None
    while True:
        page = reader.get("/overdue", page_size=7, **({"cursor": cursor} if cursor else {})).json()
        rows += page["items"]
        if (cursor := page["next"]) is None or len(rows) >= 200:
            break
    assert len(rows) > 20
    assert rows[:200] == whole["items"][: len(rows)]


@pytest.mark.parametrize(
    "path",
    [
        "/reviews/backlog",
        "/reviews/no-meeting",
        "/settings",
        "/due",
        "/lifted",
        "/saveable",
        "/cohort",
        "/waits",
    ],
)
def test_every_list_has_pages(reader: Program, path: str) -> None:
    first = reader.get(path, page_size=1).json()
    assert len(first["items"]) <= 1
    if first["next"]:
        second = reader.get(path, page_size=1, cursor=first["next"]).json()
        assert second["items"] and second["items"] != first["items"]


@pytest.mark.parametrize("path", ["/reviews/backlog", "/reviews/no-meeting", "/due", "/lifted", "/overdue"])
def test_a_cursor_holds_no_reference_of_the_council(reader: Program, path: str) -> None:
    page = reader.get(path, page_size=1).json()
    assert page["next"], "a list of one row has no second page to look for"
    told = urlsafe_b64decode(page["next"] + "=" * (-len(page["next"]) % 4)).decode()
    assert page["items"][0]["case_ref"] not in told
    assert page["items"][0]["legal_due"] in told


def test_a_cursor_of_a_case_that_there_is_not_is_refused(reader: Program) -> None:
    cursor = urlsafe_b64encode(b'["2026-11-20", "AAA-AAAA", "reg13_final_plan", ""]').decode().rstrip("=")
    assert reader.get("/overdue", cursor=cursor).status_code == 422


def test_a_cursor_that_was_never_given_is_refused(reader: Program) -> None:
    answer = reader.get("/overdue", cursor="bm90IG9uZQ")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("part", ["", "/timeline", "/chronology", "/messages", "/contact-notes"])
def test_everything_of_a_case_is_read_by_either_reference(reader: Program, part: str) -> None:
    case = reader.get("/cases/EHC-2026-0004").json()
    assert reader.get(f"/cases/{case['mail_ref']}{part}").json() == reader.get(f"/cases/EHC-2026-0004{part}").json()


def test_a_review_is_found_though_its_reference_holds_a_slash(reader: Program) -> None:
    row = reader.get("/reviews/backlog", page_size=1).json()["items"][0]
    assert "/" in row["case_ref"]
    found = reader.get(f"/cases/{row['case_ref']}/timeline").json()
    assert found["process"] == "annual-review"
    assert reader.get(f"/cases/{row['case_ref']}").json()["plan_ref"] == row["plan_ref"]


def test_a_date_explains_itself(reader: Program) -> None:
    found = reader.get("/cases/EHC-2026-0004/explain", limit="reg13_final_plan").json()["items"]
    assert [each["limit"] for each in found] == ["reg13_final_plan"]
    assert "regulation 13" in found[0]["explanation"]


def test_a_case_that_there_is_not_is_told_like_a_restricted_one(site: Site) -> None:
    worker = program(site, "caseworker")
    _restrict(site, "EHC-2026-0004")
    hidden, none = worker.get("/cases/EHC-2026-0004"), worker.get("/cases/EHC-2026-9999")
    assert (hidden.status_code, none.status_code) == (404, 404)
    assert hidden.json()["detail"].replace("0004", "9999") == none.json()["detail"]
    assert hidden.json()["type"] == none.json()["type"] == "/api/v1/problems/unknown-case"


def test_whose_records_were_read_is_put_down(site: Site) -> None:
    worker = program(site, "caseworker")
    shown = len(worker.get("/overdue", page_size=20).json()["items"])
    worker.get("/cases/EHC-2026-0004/chronology")
    with site.db.connect() as connection:
        rows = connection.execute(
            text("SELECT username, channel, what, cardinality(processes) FROM read_log ORDER BY id")
        )
        found = [tuple(row) for row in rows]
    assert [row[:3] for row in found] == [("a.marsh", "api", "api: overdue"), ("a.marsh", "api", "api: chronology")]
    assert 0 < found[0][3] <= shown and found[1][3] == 1


def test_addresses_of_the_directories_are_for_those_who_keep_them(looking: Site) -> None:
    plain, manager = program(looking, "caseworker"), program(looking, "manager")
    for path in ("/services", "/officers", "/settings"):
        assert {each["email"] for each in plain.get(path).json()["items"]} == {None}
        assert any(each["email"] for each in manager.get(path).json()["items"])


def test_the_law_is_told_with_its_paragraphs(reader: Program) -> None:
    limits = {each["limit"]: each for each in reader.get("/limits").json()["items"]}
    assert "13" in limits["reg13_final_plan"]["citation"]
    kinds = {each["kind"] for each in reader.get("/kinds").json()["items"]}
    assert {"request_received", "review_meeting"} <= kinds


def test_the_law_is_applied_to_facts_without_a_database(reader: Program) -> None:
    body = {"facts": ["request_received=2024-09-02"], "as_of": "2024-12-01"}
    found = reader.client.post("/api/v1/timelines", json=body).json()
    decide = next(each for each in found["deadlines"] if each["limit"] == "reg5_decide")
    assert (decide["legal_due"], decide["state"]) == ("2024-10-14", "overdue")


def test_how_the_year_of_reviews_goes_is_told(reader: Program) -> None:
    assert reader.get("/reviews/progress", year=2026).json()["expected"] > 0
    assert reader.get("/calendar").status_code == 200


def test_a_past_day_is_read_as_it_was_known_then(reader: Program) -> None:
    def days(**on: str) -> list[str]:
        answer = reader.get("/overdue", page_size=5, **on)
        assert answer.status_code == 200
        return [row["legal_due"] for row in answer.json()["items"]]

    assert days(as_of="2026-10-01")
    assert all(day < "2026-10-01" for day in days(as_of="2026-10-01"))
    # The council's cases were brought in on 20 November: before that day nothing of them was known.
    assert days(known_on="2026-11-19") == []
    assert days(known_on="2026-11-20") == days()


def test_the_description_is_for_everybody_and_names_no_child(looking: Site) -> None:
    found = Program(looking).get("/openapi.json")
    assert found.status_code == 200
    assert json.loads(found.text)["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def _restrict(site: Site, reference: str) -> None:
    with site.db.begin() as connection:
        connection.execute(
            text(
                "UPDATE person SET sensitivity = 'restricted', restricted_to = ARRAY['nobody.else'] "
                "WHERE id = (SELECT person_id FROM process WHERE case_ref = :ref)"
            ),
            {"ref": reference},
        )
