"""The service lead's page: their own service's requests, by reference, and how quickly it answers."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from statistics import median
from typing import Any

import openpyxl
import pytest
from sqlalchemy import event, text

from casework.actor import Actor
from casework.people import restrict
from casework.recording import record
from statute.notation import parse_fact
from tests.web.pages import links, page, questions, rows, words
from tests.web.site import NOW, Site

MARSH = Actor("a.marsh", "web")
OPEN_OF_HEALTH = (
    "SELECT p.mail_ref, p.case_ref, d.legal_due FROM deadline d JOIN process p ON p.id = d.process_id "
    "WHERE d.service = 'health' AND d.to_day IS NULL AND d.standing = 'open' AND p.ended_on IS NULL "
    "ORDER BY d.legal_due, p.mail_ref"
)

BY_ID = "SELECT mail_ref FROM process WHERE id = ANY(:ids)"


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


def tell(site: Site, statement: str, **bound: Any) -> None:
    with site.db.begin() as connection:
        connection.execute(text(statement), bound)


@contextmanager
def facts_read(site: Site) -> Generator[list[str]]:
    """The cases whose facts are read meanwhile, by mail reference."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, bound: Any, *_: object) -> None:
        if "fact.attributes" in statement:
            found.extend(row.mail_ref for row in ask(site, BY_ID, ids=bound["wanted"]))

    event.listen(site.db, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(site.db, "before_cursor_execute", note)


def lead(site: Site, url: str = "/services") -> Any:
    return page(site.as_a("service_lead").get(url))


def test_a_lead_sees_what_their_own_services_owe_the_oldest_first(looking: Site) -> None:
    owed = [row.mail_ref for row in ask(looking, OPEN_OF_HEALTH)]
    found = rows(lead(looking))
    assert [row[0] for row in found] == owed[:50]
    assert {row[1] for row in found} == {"Community Paediatrics"}


def test_a_lead_sees_no_name_and_no_way_into_a_case(looking: Site) -> None:
    found = lead(looking)
    assert not [link for link in links(found) if link.startswith("/cases/")]
    names = ask(
        looking,
        "SELECT DISTINCT n.surname FROM person n JOIN process p ON p.person_id = n.id WHERE p.mail_ref = ANY(:refs)",
        refs=[row[0] for row in rows(found)],
    )
    said = words(found)
    assert not [name for (name,) in names if f" {name} " in said]


def test_a_lead_gets_no_other_service_by_asking(looking: Site) -> None:
    asked = rows(lead(looking, "/services?service=educational_psychology/eps"))
    assert asked == rows(lead(looking))


def test_a_lead_picks_out_one_of_several_services(looking: Site) -> None:
    assert lead(looking, "/services?service=health/slt").findall(".//table") == []


def test_a_manager_of_a_service_sees_that_service_alone(site: Site) -> None:
    tell(site, "UPDATE officer SET email = 'EP.Manager@council.example' WHERE username = 'd.officer'")
    assert {row[1] for row in rows(lead(site))} == {"Educational Psychology Service"}


def test_without_an_address_in_the_directory_the_team_says_which_category(site: Site) -> None:
    tell(site, "UPDATE officer SET email = 'new@nhs.example', team = 'Social care' WHERE username = 'd.officer'")
    assert {row[1] for row in rows(lead(site))} == {"Disabled Children Team"}


def test_whom_no_service_names_is_told_what_to_do(site: Site) -> None:
    tell(site, "UPDATE officer SET email = NULL, team = NULL WHERE username = 'd.officer'")
    assert "No service in the directory names you" in words(lead(site))
    saved = site.as_a("service_lead").get("/services.csv").text
    assert saved.count("\r\n") == 1


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_whoever_oversees_the_house_chooses_any_service_and_opens_cases(looking: Site, role: str) -> None:
    found = page(looking.as_a(role).get("/services?service=educational_psychology/eps"))
    assert {row[1] for row in rows(found)} == {"Educational Psychology Service"}
    assert [link for link in links(found) if link.startswith("/cases/")]


def test_a_promise_and_lateness_are_shown(site: Site) -> None:
    oldest = ask(site, OPEN_OF_HEALTH)[0]
    said = parse_fact("advice_expected:health=2026-11-20;by=2026-12-01")
    record(site.db, oldest.case_ref, [said], MARSH, NOW, confirm=True)
    found = next(row for row in rows(lead(site)) if row[0] == oldest.mail_ref)
    assert found[4] == "1 Dec 2026"
    assert found[5].startswith("Late")


def test_facts_are_read_of_those_cases_alone_in_which_something_was_promised(site: Site) -> None:
    browser, oldest = site.as_a("service_lead"), ask(site, OPEN_OF_HEALTH)[0]
    said = parse_fact("advice_expected:health=2026-11-20;by=2026-12-01")
    record(site.db, oldest.case_ref, [said], MARSH, NOW, confirm=True)
    with facts_read(site) as read:
        assert browser.get("/services").status_code == 200
    assert read == [oldest.mail_ref]


def test_advice_that_was_given_moves_to_what_was_given(site: Site) -> None:
    oldest = ask(site, OPEN_OF_HEALTH)[0]
    record(site.db, oldest.case_ref, [parse_fact("advice_received:health=2026-11-20")], MARSH, NOW, confirm=True)
    assert oldest.mail_ref not in [row[0] for row in rows(lead(site))]
    given = next(row for row in rows(lead(site, "/services?show=answered")) if row[0] == oldest.mail_ref)
    assert given[5] == "Given late"


def test_a_request_whose_papers_were_not_sent_is_open_and_not_late(site: Site) -> None:
    deciding = ask(
        site,
        "SELECT p.case_ref, p.mail_ref FROM process p JOIN deadline d ON d.process_id = p.id WHERE p.ended_on IS NULL "
        "AND d.limit_id = 'reg5_decide' AND d.to_day IS NULL AND d.standing = 'open' "
        "AND NOT EXISTS (SELECT FROM fact f WHERE f.process_id = p.id AND f.kind = 'advice_requested') LIMIT 1",
    )[0]
    record(site.db, deciding.case_ref, [parse_fact("decision_to_assess=2026-11-20")], MARSH, NOW, confirm=True)
    found = page(site.as_a("manager").get("/services?service=health/paediatrics&page=2"))
    every = rows(page(site.as_a("manager").get("/services?service=health/paediatrics"))) + rows(found)
    assert next(row for row in every if row[0] == deciding.mail_ref)[5] == "Papers not sent yet"


def test_the_rate_and_the_median_are_those_of_the_last_year(looking: Site) -> None:
    given = ask(
        looking,
        "SELECT d.met_on - d.start AS days, d.met_on <= d.legal_due AS in_time FROM deadline d "
        "WHERE d.service = 'health' AND d.to_day IS NULL AND d.met_on >= '2025-11-20'",
    )
    in_time = 100 * sum(row.in_time for row in given) // len(given)
    found = words(lead(looking))
    assert f"{len(given)}, {in_time}% in time. What never came is counted in the figures by month" in found
    assert f"{round(median(row.days for row in given))} days of being asked" in found


def test_a_restricted_child_is_absent_unless_the_lead_is_named(site: Site) -> None:
    oldest = ask(site, OPEN_OF_HEALTH)[0]
    for named, seen in ((["a.marsh"], False), (["a.marsh", "d.officer"], True)):
        restrict(site.db, oldest.case_ref, named, MARSH)
        assert (oldest.mail_ref in [row[0] for row in rows(lead(site))]) is seen
        assert (oldest.mail_ref in site.as_a("service_lead").get("/services.csv").text) is seen


def test_the_list_is_saved_whole(looking: Site) -> None:
    answer = looking.as_a("service_lead").get("/services.xlsx")
    heading, *found = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert heading == ("Reference", "Service", "Asked on", "Due by", "Promised for", "State", "Given on", "Days")
    assert [row[0] for row in found if row[3]] == [row.mail_ref for row in ask(looking, OPEN_OF_HEALTH)]
    assert {row[5] for row in found if not row[3]} == {"Papers not sent yet"}


def test_who_was_shown_is_put_down(site: Site) -> None:
    shown = rows(lead(site))
    seen = ask(site, "SELECT username, what, cardinality(processes) AS n FROM read_log ORDER BY id DESC LIMIT 1")[0]
    assert (seen.username, seen.what, seen.n) == ("d.officer", "services", len(shown))


def test_the_page_asks_as_often_for_many_as_for_few(site: Site) -> None:
    asked: list[int] = []
    browser = site.as_a("service_lead")
    browser.get("/services")
    for _ in range(2):
        with questions(site.db) as statements:
            page(browser.get("/services"))
        asked.append(len(statements))
        tell(
            site,
            "UPDATE process SET ended_on = '2026-11-01' WHERE id IN (SELECT process_id FROM advice_request "
            "WHERE category = 'health' ORDER BY process_id LIMIT 350)",
        )
    assert asked[0] == asked[1] <= 20, asked


@pytest.mark.parametrize(
    "url",
    [
        "/services",
        "/services?show=answered",
        "/services/figures",
        "/services/reassign",
        "/services/cover",
    ],
)
def test_of_the_pages_of_services_the_one_that_is_shown_is_marked_alone(looking: Site, url: str) -> None:
    tabs = [link for link in lead(looking, url).iter("a") if link.get("class") == "app-subnav__link"]
    assert [tab.get("href") for tab in tabs if tab.get("aria-current")] == [url]
