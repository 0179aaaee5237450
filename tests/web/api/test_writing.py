"""Writing through the API: once for each key, refused and confirmed in words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.once import forget_answers
from casework.people import restrict
from tests.web.api.conftest import Program, program
from tests.web.site import Site

CHILD = {"received": "2026-11-19", "source": 1, "surname": "Marlow", "forename": "Kit", "date_of_birth": "2019-03-04"}


def _count(site: Site, query: str) -> int:
    with site.db.connect() as connection:
        return connection.execute(text(query)).scalar_one()


def _children(site: Site) -> int:
    return _count(site, "SELECT count(*) FROM process p JOIN person n ON n.id = p.person_id WHERE n.surname = 'Marlow'")


def test_a_case_is_opened_and_found_where_the_answer_says(worker: Program) -> None:
    answer = worker.post("/cases", CHILD)
    assert answer.status_code == 201
    found = worker.client.get(answer.headers["location"]).json()
    assert (found["case_ref"], found["surname"]) == (answer.json()["case_ref"], "Marlow")


def test_what_is_recorded_came_through_the_api(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    entries = worker.get(f"/cases/{case}/chronology").json()["items"]
    assert {(entry["by"], entry["channel"]) for entry in entries} == {("a.marsh", "api")}


def test_the_same_request_again_is_answered_again(worker: Program) -> None:
    first, again = worker.post("/cases", CHILD, "one"), worker.post("/cases", CHILD, "one")
    assert (again.status_code, again.json()) == (201, first.json())
    assert (again.headers["idempotency-replayed"], again.headers["location"]) == ("true", first.headers["location"])
    assert "idempotency-replayed" not in first.headers
    assert _children(worker.site) == 1


def test_eight_at_one_moment_open_one_case(worker: Program) -> None:
    child = {**CHILD, "date_of_birth": None}  # nothing but the key says that it is the same child
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: worker.post("/cases", child, "together"), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["case_ref"] for answer in answers}) == 1
    assert _children(worker.site) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 7


def test_a_key_is_for_one_request(worker: Program) -> None:
    worker.post("/cases", CHILD, "mine")
    answer = worker.post("/cases", {**CHILD, "forename": "Kate"}, "mine")
    assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/problems/key-used")


def test_a_key_is_of_one_person(worker: Program) -> None:
    worker.post("/cases", CHILD, "first")
    other = program(worker.site, "manager").post("/cases", {**CHILD, "forename": "Kate"}, "first")
    assert other.status_code == 201


def test_what_was_refused_can_be_put_right_under_its_key(worker: Program) -> None:
    assert worker.post("/cases", {**CHILD, "received": "2027-11-19"}, "again").status_code == 422
    assert worker.post("/cases", CHILD, "again").status_code == 201


def test_a_write_without_a_key_is_not_done(worker: Program) -> None:
    answer = worker.client.post("/api/v1/cases", json=CHILD)
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/v1/problems/no-idempotency-key")
    assert _children(worker.site) == 0


def test_what_was_answered_is_forgotten_after_two_days(worker: Program) -> None:
    worker.post("/cases", CHILD, "old")
    now = worker.site.now
    assert forget_answers(worker.site.db, now - timedelta(hours=48)) == 0
    assert forget_answers(worker.site.db, now + timedelta(hours=1)) == 1


def test_a_child_who_has_a_case_gets_no_second_one(worker: Program) -> None:
    first = worker.post("/cases", CHILD).json()
    asked = worker.post("/cases", CHILD)
    assert (asked.status_code, asked.json()["type"]) == (409, "/api/v1/problems/needs-confirmation")
    assert asked.json()["case_ref"] == first["case_ref"]
    confirmed = worker.post("/cases", {**CHILD, "confirm": True}).json()
    assert (confirmed["case_ref"], confirmed["further"]) == (first["case_ref"], True)
    assert _children(worker.site) == 1


def test_facts_are_recorded_in_either_form(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    facts: list[Any] = [
        "decision_to_assess=2026-11-20",
        {"kind": "advice_requested", "subject": "health", "day": "2026-11-20", "attributes": {}},
    ]
    answer = worker.post(f"/cases/{case}/facts", {"facts": facts, "texts": {"note": "At panel."}})
    assert answer.status_code == 201, answer.text
    kinds = [fact["kind"] for fact in worker.get(f"/cases/{case}").json()["facts"]]
    assert kinds[:2] == ["request_received", "decision_to_assess"]
    assert "advice_requested" in kinds


def test_every_reason_of_a_refusal_is_said(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    answer = worker.post(
        f"/cases/{case}/facts", {"facts": ["no_such_kind=2026-11-20", "decision_to_assess=2027-11-20"]}
    )
    assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/problems/refused")
    assert len(answer.json()["messages"]) == 2


def test_what_is_unlawful_but_real_is_confirmed(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    fact = {"facts": ["draft_plan_sent=2026-11-20;reps_until=2026-11-22"]}
    asked = worker.post(f"/cases/{case}/facts", fact, "final")
    assert (asked.status_code, asked.json()["type"]) == (409, "/api/v1/problems/needs-confirmation")
    assert worker.post(f"/cases/{case}/facts", {**fact, "confirm": True}, "final").status_code == 201


def test_the_second_of_two_is_told_what_changed(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    seen = worker.get(f"/cases/{case}").json()["version"]
    manager = program(worker.site, "manager")
    body = {"facts": ["decision_to_assess=2026-11-20"], "seen_version": seen}
    assert manager.post(f"/cases/{case}/facts", body).status_code == 201
    second = worker.post(f"/cases/{case}/facts", {"facts": ["mail_hold=2026-11-20"], "seen_version": seen})
    assert (second.status_code, second.json()["type"]) == (409, "/api/v1/problems/changed-since")
    assert second.json()["version"] > seen
    assert second.json()["messages"]


def test_one_fact_is_recorded_on_many_cases(worker: Program) -> None:
    refs = [worker.post("/cases", {**CHILD, "forename": name}).json()["case_ref"] for name in ("Ann", "Ben")]
    lines = [{"case_ref": ref, "fact": "decision_to_assess=2026-11-20", "note": "panel"} for ref in refs]
    lines.append({"case_ref": "EHC-1999-0001", "fact": "decision_to_assess=2026-11-20", "note": ""})
    answer = worker.post("/facts", {"lines": lines}, "panel").json()
    assert (answer["recorded"], [each["line"] for each in answer["refused"]]) == (2, [3])
    again = worker.post("/facts", {"lines": lines}, "panel")
    assert (again.json(), again.headers["idempotency-replayed"]) == (answer, "true")
    anew = worker.post("/facts", {"lines": lines}).json()
    assert (anew["recorded"], anew["unchanged"]) == (0, 2)


def test_a_case_is_given_to_another_officer(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    answer = worker.post(f"/cases/{case}/assignment", {"officer": "m.east"})
    assert answer.json()["case_refs"] == [case]
    assert worker.get(f"/cases/{case}").json()["officer"] == "m.east"


def test_only_a_manager_gives_all_cases_of_an_officer_away(worker: Program) -> None:
    body = {"from_officer": "a.marsh", "officer": "m.east"}
    assert worker.post("/assignments", body).status_code == 403
    moved = program(worker.site, "manager").post("/assignments", body).json()["case_refs"]
    assert moved
    assert _count(worker.site, "SELECT count(*) FROM process WHERE officer = 'a.marsh' AND ended_on IS NULL") == 0


def test_a_restricted_case_is_given_to_nobody_who_may_not_see_it(worker: Program) -> None:
    case = worker.post("/cases", {**CHILD, "officer": "a.marsh"}).json()["case_ref"]
    restrict(worker.site.db, case, ["a.marsh", "m.east"], Actor("a.marsh", "web"))
    one = worker.post(f"/cases/{case}/assignment", {"officer": "p.singh"})
    every = program(worker.site, "manager").post("/assignments", {"from_officer": "a.marsh", "officer": "p.singh"})
    for answer in (one, every):
        assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/problems/refused")
        assert "P. Singh may not see" in answer.json()["messages"][0]
    assert worker.get(f"/cases/{case}").json()["officer"] == "a.marsh"


def test_a_contact_is_put_down_once(worker: Program) -> None:
    case = worker.post("/cases", CHILD).json()["case_ref"]
    note = {"day": "2026-11-19", "way": "phone", "with_whom": "parent", "text": "Asked how it goes."}
    assert worker.post(f"/cases/{case}/contact-notes", note, "call").status_code == 201
    assert worker.post(f"/cases/{case}/contact-notes", note, "call").headers["idempotency-replayed"] == "true"
    notes = worker.get(f"/cases/{case}/contact-notes").json()["items"]
    assert [each["text"] for each in notes] == ["Asked how it goes."]


@pytest.mark.parametrize("path", ["/cases", "/facts", "/assignments", "/cases/EHC-2026-0004/facts"])
def test_an_auditor_writes_nothing(looking: Site, path: str) -> None:
    assert program(looking, "auditor").post(path, {}).status_code in (403, 422)
    body = CHILD if path == "/cases" else {}
    answer = program(looking, "auditor").post("/cases", body)
    assert answer.status_code == 403


def test_an_answer_is_not_given_again_once_the_child_is_restricted_to_others(worker: Program) -> None:
    opened = worker.post("/cases", CHILD, "one").json()
    fact = {"facts": ["advice_requested:health=2026-11-20"], "confirm": True}
    lines = {"lines": [{"case_ref": opened["case_ref"], "fact": "advice_requested:education=2026-11-20"}]}
    recorded = worker.post(f"/cases/{opened['mail_ref']}/facts", fact, "two")
    worker.post("/facts", {**lines, "confirm": True}, "three")
    assert recorded.status_code == 201
    restrict(worker.site.db, opened["case_ref"], ["v.costa"], Actor("m.east", "web"))
    for path, body, key in (("/cases", CHILD, "one"), (f"/cases/{opened['mail_ref']}/facts", fact, "two")):
        assert worker.post(path, body, key).status_code == 404
    assert opened["mail_ref"] not in worker.post("/facts", {**lines, "confirm": True}, "three").text


def test_a_key_of_somebody_else_answers_nothing_of_theirs(site: Site) -> None:
    first = program(site, "caseworker").post("/cases", CHILD, "shared").json()
    other = program(site, "manager").post(
        "/cases", {**CHILD, "forename": "Kate", "date_of_birth": "2018-01-01"}, "shared"
    )
    assert other.status_code == 201
    assert other.json()["case_ref"] != first["case_ref"]
    assert program(site, "auditor").post("/cases", CHILD, "shared").status_code == 403


def test_a_decision_to_issue_without_advice_needs_a_reason_that_is_kept_beside_it(worker: Program) -> None:
    case = worker.post("/cases", {**CHILD, "received": "2026-06-19"}).json()["case_ref"]
    issue = "decision_to_issue=2026-11-19;without=health,social_care"
    bare = {"facts": ["decision_to_assess=2026-07-10", "decision_to_issue=2026-11-19"], "confirm": True}
    refused = worker.post(f"/cases/{case}/facts", bare)
    assert refused.status_code == 422
    assert "add without=health,social_care and because=" in refused.text
    told = {"facts": ["decision_to_assess=2026-07-10", f"{issue};because=The family asked us not to wait"]}
    assert worker.post(f"/cases/{case}/facts", told).status_code == 201
    assert _count(worker.site, "SELECT count(*) FROM fact_text WHERE text LIKE '%not to wait'") == 1
