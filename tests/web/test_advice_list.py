"""A professional's list: all that an address is asked for, behind the link of a list, as a page and as a file."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework.secure_links.making import Opens
from tests.web.linked import PAEDS, Linked, come_in
from tests.web.pages import page, questions, rows, words

ASKED = "advice_requested:health=2026-10-05"
DR_LEE = "dr.lee@nhs.example"


def change(here: Linked, statement: str, **bound: Any) -> None:
    with here.site.db.begin() as connection:
        connection.execute(text(statement), bound)


def asks(here: Linked, *facts: str, **more: Any) -> None:
    here.council.records(more.pop("case", here.case), *(facts or (ASKED,)), now=here.site.now, **more)


def url(here: Linked, to: str = PAEDS) -> str:
    return f"/advice/list/{here.id_of(Opens.LIST, to)}"


def listed(here: Linked, to: str = PAEDS) -> Any:
    browser = come_in(here, here.link(Opens.LIST, to))
    return page(browser.get(url(here, to)))


def test_what_is_late_stands_first_with_how_late_it_is(here: Linked) -> None:
    asks(here, "advice_requested:health=2026-10-30")
    late = here.another_case()
    asks(here, ASKED, case=late)
    found = rows(listed(here))
    assert [row[3] for row in found] == ["Late by 4 days", "21 days left"]
    assert [row[2] for row in found] == ["16 Nov 2026", "11 Dec 2026"]
    assert found[0][0].startswith(late.mail_ref)
    assert {row[1] for row in found} == {"Health advice, Community Paediatrics"}


def test_it_says_how_many_are_open_and_what_was_promised(here: Linked) -> None:
    asks(here, ASKED, "advice_expected:health=2026-11-02;by=2026-11-27")
    found = listed(here)
    assert "1 open request, 1 late" in words(found)
    assert rows(found)[0][4] == "27 Nov 2026"


def test_no_child_is_named_on_it(here: Linked) -> None:
    asks(here)
    change(here, "UPDATE person SET surname = 'Quillfeather'")
    browser = come_in(here, here.link(Opens.LIST))
    for address in (url(here), f"{url(here)}.csv"):
        assert "Quillfeather" not in browser.get(address).text
        assert here.case.case_ref not in browser.get(address).text


def test_each_reference_leads_to_its_request(here: Linked) -> None:
    asks(here)
    browser = come_in(here, here.link(Opens.LIST))
    lead = f"{url(here)}/requests/{here.request().id}"
    first = browser.get(lead)
    assert first.headers["location"] == f"/advice/{here.id_of()}"
    assert browser.get(lead).headers["location"] == first.headers["location"]
    assert "Health advice for" in words(page(browser.follow(first)))


def test_a_request_of_another_service_is_neither_listed_nor_opened(here: Linked) -> None:
    asks(here, ASKED, "advice_requested:social_care=2026-10-05")
    browser = come_in(here, here.link(Opens.LIST))
    assert len(rows(page(browser.get(url(here))))) == 1
    assert browser.get(f"{url(here)}/requests/{here.request('social_care').id}").status_code == 403
    assert browser.get(f"{url(here)}/requests/{uuid4()}").status_code == 403


def test_the_link_of_one_request_opens_no_list(here: Linked) -> None:
    asks(here)
    browser = come_in(here, here.link())
    here.link(Opens.LIST)
    assert browser.get(url(here)).status_code == 403
    assert browser.get(f"{url(here)}.csv").status_code == 403


@pytest.mark.parametrize("fact", ["advice_received:health=2026-11-10", "advice_nil:health=2026-11-10", "withdrawn"])
def test_what_was_answered_or_closed_is_no_longer_there(here: Linked, fact: str) -> None:
    asks(here)
    asks(here, fact if "=" in fact else f"{fact}=2026-11-19")
    assert "Nothing is open" in words(listed(here))


def test_what_was_sent_back_is_there_again_with_its_first_day(here: Linked) -> None:
    asks(here, ASKED, "advice_received:health=2026-11-10", "advice_insufficient:health=2026-11-11")
    assert rows(listed(here))[0][2] == "16 Nov 2026"


def test_what_is_announced_without_its_papers_has_no_day_yet(here: Linked) -> None:
    assert "Nothing is open" in words(listed(here))
    change(here, "UPDATE advice_request SET announced_at = now() WHERE category = 'health'")
    (row,) = rows(listed(here))
    assert row[2:4] == ["Six weeks from the day you have the papers", "Papers to follow"]


def test_who_stands_in_for_the_service_has_its_list_meanwhile(here: Linked) -> None:
    asks(here)
    change(
        here,
        "INSERT INTO cover (id, authority, kind, who, stand_in, first, last, noted_at, noted_by) SELECT "
        "gen_random_uuid(), authority, 'service', 'health/paediatrics', 'locum@nhs.example', '2026-11-19', "
        "'2026-11-24', now(), 'm.east' FROM process LIMIT 1",
    )
    assert len(rows(listed(here, "locum@nhs.example"))) == 1
    here.site.now += timedelta(days=7)
    assert "Nothing is open" in words(listed(here, "locum@nhs.example"))


def test_a_request_passed_on_stands_on_the_colleagues_list_alone(here: Linked) -> None:
    asks(here)
    change(here, "UPDATE advice_request SET asked_of = :who WHERE category = 'health'", who=DR_LEE)
    assert len(rows(listed(here, DR_LEE))) == 1
    assert "Nothing is open" in words(listed(here))


def test_a_school_has_a_list_too(here: Linked) -> None:
    asks(here, "advice_requested:education=2026-10-05")
    assert rows(listed(here, "senco@schools.example"))[0][1] == "Education advice, Setting 117222"


def test_a_restricted_childs_request_stands_there_for_whoever_was_asked(here: Linked) -> None:
    asks(here)
    change(here, "UPDATE person SET sensitivity = 'restricted', restricted_to = '{m.east}'")
    assert [row[0].split(",")[0] for row in rows(listed(here))] == [here.case.mail_ref]


def test_the_file_holds_the_same_and_nothing_that_a_spreadsheet_runs(here: Linked) -> None:
    asks(here)
    change(here, "UPDATE body SET name = '=cmd' WHERE code = 'paediatrics'")
    browser = come_in(here, here.link(Opens.LIST))
    answer = browser.get(f"{url(here)}.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="requests-2026-11-20.csv"'
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert row["Asked of"] == "'=cmd"
    assert (row["Reference"], row["Due by law or the Code"]) == (here.case.mail_ref, "2026-11-16")
    assert (row["Days late"], row["Days left"], row["State"]) == ("4", "", "Late")


def test_fifty_stand_on_a_page_and_many_ask_as_often_as_few(here: Linked) -> None:
    asks(here)
    browser = come_in(here, here.link(Opens.LIST))
    browser.get(url(here))
    with questions(here.site.db) as few:
        browser.get(url(here))
    copies(here, 60)
    with questions(here.site.db) as many:
        found = page(browser.get(url(here)))
    assert len(rows(found)) == 50
    assert len(many) <= len(few) <= 20
    assert len(rows(page(browser.get(f"{url(here)}?page=2")))) == 11


def test_reading_it_is_put_down(here: Linked) -> None:
    asks(here)
    listed(here)
    row = here.council.row("SELECT username, channel FROM read_log WHERE what = 'requests by link'")
    assert row == {"username": "professional", "channel": "link"}


def test_days_are_those_of_the_day_it_is(here: Linked) -> None:
    asks(here)
    here.site.now = here.site.now.replace(day=16)
    assert date(2026, 11, 16) == here.site.now.date()
    assert rows(listed(here))[0][3] == "Today"


def copies(here: Linked, number: int) -> None:
    """The same case so many times more, as far as a list can tell."""
    change(
        here,
        "WITH made AS (INSERT INTO process (authority, id, person_id, kind, case_ref, mail_ref, opened_at, run, "
        "version, head_hash, imported) SELECT authority, gen_random_uuid(), person_id, kind, case_ref || n, "
        "mail_ref || n, opened_at, run, version, head_hash, imported FROM process, generate_series(1, :number) n "
        "WHERE mail_ref = :ref RETURNING id, authority), asked AS (INSERT INTO advice_request (authority, id, "
        "process_id, category, body_id, subject, mode, created_at) SELECT a.authority, gen_random_uuid(), made.id, "
        "a.category, a.body_id, a.subject, a.mode, a.created_at FROM advice_request a, made WHERE a.id = :request) "
        "INSERT INTO deadline (authority, process_id, limit_id, subject, citation, from_day, standing, start, "
        "legal_due, case_ref, service, restricted, pile, elsewhere) SELECT d.authority, made.id, limit_id, subject, "
        "citation, from_day, standing, start, legal_due, case_ref, service, restricted, pile, elsewhere "
        "FROM deadline d, made WHERE d.process_id = :process AND d.service = 'health' AND to_day IS NULL",
        number=number,
        ref=here.case.mail_ref,
        request=here.request().id,
        process=here.case.process_id,
    )
