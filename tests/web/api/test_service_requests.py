"""What services were asked for through the API: a lead's own, by mail reference and never by name."""

from typing import Any

import pytest

from casework.actor import Actor
from casework.recording import record
from statute.notation import parse_fact
from tests.web.api.conftest import Program, program
from tests.web.lists import ask, file_rows, restrict
from tests.web.site import NOW, Site

PATH = "/services/requests"
FIELDS = ("mail_ref", "service", "asked", "due", "promised", "answered")
COLUMNS = ("Reference", "Service", "Asked on", "Due by", "Promised for", "Given on")
OLDEST = (
    "SELECT p.mail_ref, p.case_ref FROM deadline d JOIN process p ON p.id = d.process_id WHERE d.service = 'health' "
    "AND d.to_day IS NULL AND d.standing = 'open' AND p.ended_on IS NULL ORDER BY d.legal_due, p.mail_ref LIMIT 1"
)


def every_page(asks: Program, size: int, **query: Any) -> list[Any]:
    rows, cursor = list[Any](), None
    while True:
        page = asks.get(PATH, page_size=size, **query, **({"cursor": cursor} if cursor else {})).json()
        rows += page["items"]
        if (cursor := page["next"]) is None:
            return rows


def without_papers(site: Site) -> None:
    """A request whose papers were not sent yet: it has no day, and stands last."""
    deciding = ask(
        site,
        "SELECT p.case_ref FROM process p JOIN deadline d ON d.process_id = p.id WHERE p.ended_on IS NULL "
        "AND d.limit_id = 'reg5_decide' AND d.to_day IS NULL AND d.standing = 'open' "
        "AND NOT EXISTS (SELECT FROM fact f WHERE f.process_id = p.id AND f.kind = 'advice_requested') LIMIT 2",
    )
    for each in deciding:
        fact = parse_fact("decision_to_assess=2026-11-20")
        record(site.db, each["case_ref"], [fact], Actor("a.marsh", "web"), NOW, confirm=True)


@pytest.mark.parametrize(("shown", "answered"), [("", "false"), ("answered", "true")])
def test_page_after_page_has_the_rows_of_the_file_in_their_order(site: Site, shown: str, answered: str) -> None:
    without_papers(site)
    file = file_rows(site.as_a("manager"), f"/services.csv?show={shown}")
    found = every_page(program(site, "manager"), 37, answered=answered)
    assert len(file) > 100
    assert [[row[name] or "" for name in FIELDS] for row in found] == [[row[name] for name in COLUMNS] for row in file]
    if answered != "true":
        assert [row["state"] for row in found[-2:]] == ["not_asked", "not_asked"]


def test_a_lead_sees_their_own_service_and_no_name(looking: Site) -> None:
    lead = program(looking, "service_lead")
    answer = lead.get(PATH, page_size=200)
    assert {row["service"] for row in answer.json()["items"]} == {"Community Paediatrics"}
    assert set(answer.json()["items"][0]) & {"case_ref", "name", "surname"} == set()
    other = lead.get(PATH, service="educational_psychology/eps")
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "service")
    none = lead.get(PATH, service="no/such")
    assert other.text.replace("educational_psychology/eps", "") == none.text.replace("no/such", "")


def test_one_service_is_chosen_and_how_it_stands_is_told(looking: Site) -> None:
    asks = program(looking, "manager")
    page = asks.get(PATH, service="educational_psychology/eps").json()
    assert {row["service"] for row in page["items"]} == {"Educational Psychology Service"}
    stands = page["performance"]
    owed = every_page(asks, 200, service="educational_psychology/eps")
    for state in ("waiting", "late", "not_asked"):
        assert stands[state] == sum(row["state"] == state for row in owed), state
    given = every_page(asks, 200, service="educational_psychology/eps", answered="true")
    assert (stands["answered"], stands["in_time"]) == (len(given), sum(row["state"] == "in_time" for row in given))


def test_caseworkers_have_their_cases_for_that(looking: Site) -> None:
    assert program(looking, "caseworker").get(PATH).status_code == 403


@pytest.mark.parametrize("role", ["service_lead", "manager", "admin", "auditor"])
def test_a_restricted_child_is_absent_unless_they_are_named(site: Site, role: str) -> None:
    oldest, asks = ask(site, OLDEST)[0], program(site, role)
    before = asks.get(PATH).json()["performance"]
    for named, seen in ((["v.costa"], False), (["v.costa", asks.get("/me").json()["username"]], True)):
        restrict(site, oldest["case_ref"], *named)
        assert (oldest["mail_ref"] in [row["mail_ref"] for row in every_page(asks, 200)]) is seen
        assert (asks.get(PATH).json()["performance"] == before) is seen


def test_who_was_shown_is_put_down(site: Site) -> None:
    shown = {row["mail_ref"] for row in program(site, "service_lead").get(PATH, page_size=10).json()["items"]}
    seen = ask(site, "SELECT username, channel, what, cardinality(processes) AS number FROM read_log")
    assert [tuple(row.values()) for row in seen] == [("d.officer", "api", "api: services", len(shown))]
