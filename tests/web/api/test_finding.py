"""Finding a child through the API: by whatever is known of it, and by nobody who may not know."""

from typing import Any

import pytest

from tests.web.api.conftest import Program, program
from tests.web.lists import ask, restrict
from tests.web.site import Site

CHILD = (
    "SELECT n.surname, n.forename, n.upn, n.date_of_birth::text AS born, n.setting_urn, p.case_ref, p.mail_ref, p.id "
    "FROM person n JOIN process p ON p.person_id = n.id WHERE p.case_ref = 'EHC-2026-0004'"
)


def child(site: Site) -> dict[str, Any]:
    return ask(site, CHILD)[0]


def find(asks: Program, **said: Any) -> Any:
    answer = asks.client.post("/api/v1/find", json=said)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_child_is_found_by_whatever_is_known(reader: Program, looking: Site) -> None:
    known = child(looking)
    for said in (
        {"surname": known["surname"], "forename": known["forename"]},
        {"upn": known["upn"]},
        {"date_of_birth": known["born"], "surname": known["surname"][:2]},
        {"anything": f"{known['forename']} {known['surname']}"},
        {"surname": known["surname"], "setting": known["setting_urn"]},
    ):
        found = find(reader, **said)["items"]
        assert known["mail_ref"] in [each["mail_ref"] for each in found], said
        row = next(each for each in found if each["mail_ref"] == known["mail_ref"])
        assert (row["case_ref"], row["name"]) == (known["case_ref"], f"{known['surname']}, {known['forename']}")


@pytest.mark.parametrize("which", ["case_ref", "mail_ref"])
def test_a_reference_leads_to_the_case(reader: Program, looking: Site, which: str) -> None:
    known = child(looking)
    assert find(reader, anything=known[which])["called"] == known["mail_ref"]
    assert find(reader, anything="EHC-1999-0001")["called"] is None


def test_at_most_fifty_are_told_and_that_there_are_more(reader: Program) -> None:
    found = find(reader, setting="setting 1")
    assert (len(found["items"]), found["more"]) == (50, True)


def test_an_empty_search_is_refused(reader: Program) -> None:
    for said in ({}, {"surname": "  "}):
        answer = reader.client.post("/api/v1/find", json=said)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "anything")


def test_no_address_takes_a_search(reader: Program) -> None:
    assert reader.get("/find", surname="Doe").status_code == 405


def test_a_restricted_child_is_found_by_those_who_are_named_alone(site: Site) -> None:
    known, asks = child(site), program(site, "caseworker")
    tries = [{"anything": known[each]} for each in ("case_ref", "mail_ref", "surname", "upn", "born")]
    tries += [{"surname": known["surname"], "forename": known["forename"]}, {"upn": known["upn"]}]
    for named, seen in ((["m.east"], False), (["m.east", "a.marsh"], True)):
        restrict(site, known["case_ref"], *named)
        for said in tries:
            assert (known["mail_ref"] in str(find(asks, **said))) is seen, said


def test_who_was_shown_is_put_down(site: Site) -> None:
    known, asks = child(site), program(site, "caseworker")
    find(asks, upn=known["upn"])
    find(asks, anything=known["case_ref"])
    rows = ask(site, "SELECT username, channel, what, processes FROM read_log ORDER BY id")
    assert [(row["username"], row["channel"], row["what"]) for row in rows] == [("a.marsh", "api", "api: find")] * 2
    assert all(known["id"] in row["processes"] for row in rows)
