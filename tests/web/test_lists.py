"""The managers' lists: what is on them, in which order, page by page, for whom, and what is put down of it."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.web.lists import LISTS, ask, every_page, file_rows, next_page, restrict, table_of
from tests.web.pages import links, page, questions, words
from tests.web.site import NOW, Site
from web.names import service_words

TRUTH = json.loads((Path(__file__).parents[1] / "data/caseload/overdue_2026-11-20.json").read_text())
ODD = "BAD-"
ADDRESSES = [f"/{name}" for name in LISTS] + ["/saveable?of=lost", "/saveable?of=reviews", "/waits?over=52"]


def test_every_limit_that_is_overdue_is_there_and_no_other(looking: Site) -> None:
    found = [row for row in file_rows(looking.as_a("manager"), "/overdue.csv") if row["process"] == "assessment"]
    told = {
        (row["case"], row["limit"], row["about"], row["legal_day"], int(row["days_overdue"]))
        for row in found
        if not row["case"].startswith(ODD)
    }
    wanted = {(ref, limit, subject and service_words(subject), due, days) for ref, limit, subject, due, days in _told()}
    assert len(wanted) == 188
    assert told == wanted


def _told() -> list[tuple[str, str, str, str, int]]:
    return [tuple(row) for row in TRUTH["overdue"]]


def test_the_pages_follow_one_another_oldest_first_without_gap_or_repeat(looking: Site) -> None:
    manager = looking.as_a("manager")
    pages = every_page(manager, "/overdue")
    whole = file_rows(manager, "/overdue.csv")
    assert [row["legal_day"] for row in whole] == sorted(row["legal_day"] for row in whole)
    assert [row[0] for row in pages] == [f"{row['case']}{row['name']}" for row in whole]
    assert len(table_of(manager, "/overdue")) == 50
    said = f"{len(whole)} rows"
    assert said in words(page(manager.get("/overdue")).find(".//main"))


def test_where_a_page_ends_is_said_without_the_councils_own_reference(looking: Site) -> None:
    after = next_page(looking.as_a("manager").get("/overdue"))
    refs = [row["case_ref"] for row in ask(looking, "SELECT case_ref FROM process")]
    assert "after=" in after
    assert not [ref for ref in refs if ref in after]


def test_a_row_says_whose_it_is_what_to_do_and_how_long_the_family_has_waited(looking: Site) -> None:
    manager = looking.as_a("manager")
    row = next(row for row in every_page(manager, "/overdue?service=social_care") if row[0].startswith("EHC-2025-0112"))
    assert row[1].startswith("Advice from others: Social care")
    assert "para 9.41" in row[1]
    assert row[2:5] == ["29 Dec 2025", "326 days", "Chase Disabled Children Team: asked 17 Nov 2025."]
    assert row[7:] == ["58", "P. SinghWest"]


def test_a_case_is_a_link_to_its_page_by_the_reference_that_tells_nothing(looking: Site) -> None:
    (case,) = ask(looking, "SELECT mail_ref FROM process WHERE case_ref = 'EHC-2025-0112'")
    tree = page(looking.as_a("manager").get("/overdue?service=social_care"))
    assert f"/cases/{case['mail_ref']}" in links(tree)


def test_the_last_contact_with_the_family_and_chases_stand_beside_a_case(site: Site) -> None:
    (case,) = ask(site, "SELECT id FROM process WHERE case_ref = 'EHC-2025-0112'")
    with site.db.begin() as connection:
        for number, role in enumerate(("adviser", "adviser", "service_manager")):
            connection.execute(
                text(
                    "INSERT INTO message (authority, id, step_key, process_id, subject, kind, role, about, due_at, "
                    "created_at, status, limit_id, rung, reason, urgent) VALUES ('000', gen_random_uuid(), :key, :id, "
                    "'social_care', 'chase', :role, '{}', :now, :now, 'sent', 'code_advice', '', '', false)"
                ),
                {"key": f"k{number}", "id": case["id"], "role": role, "now": NOW},
            )
        for day, who in (("2026-11-02", "parent"), ("2026-11-09", "health")):
            connection.execute(
                text(
                    "INSERT INTO contact_note VALUES ('000', gen_random_uuid(), :id, :day, 'phone', :who, 'Spoke', "
                    ":now, 'a.marsh')"
                ),
                {"id": case["id"], "day": day, "who": who, "now": NOW},
            )
    found = every_page(site.as_a("manager"), "/overdue?service=social_care")
    row = next(row for row in found if row[0].startswith("EHC-2025-0112"))
    assert row[4] == "Chase Disabled Children Team: asked 17 Nov 2025, chased 2 times, now with the service's manager."
    assert row[6] == "2 Nov 2026"


def test_a_past_day_shows_what_was_overdue_then(looking: Site) -> None:
    manager = looking.as_a("manager")
    found = file_rows(manager, "/overdue.csv?as_of=2026-10-11")
    assert found
    assert all(row["legal_day"] < "2026-10-11" for row in found)
    first = found[0]
    assert int(first["days_overdue"]) == (date(2026, 10, 11) - date.fromisoformat(first["legal_day"])).days
    tree = page(manager.get("/overdue?as_of=11/10/2026"))
    assert words(tree.find(".//h1")) == "Overdue on Sunday 11 October 2026"


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_timed_stands_above_every_list(looking: Site, name: str) -> None:
    main = page(looking.as_a("manager").get(f"/{name}")).find(".//main")
    assert "12 rows of imported files are not timed" in words(main)


def test_what_is_not_timed_is_listed_with_its_line_and_its_fault(looking: Site) -> None:
    found = table_of(looking.as_a("caseworker"), "/overdue/not-timed")
    assert len(found) == 12
    assert found[0][:5] == [
        "BAD-01", "demo (assessments)", "104", "received", "received is missing: give the day the request was received"
    ]  # fmt: skip


def test_a_refused_row_of_a_restricted_child_is_not_shown_to_others(site: Site) -> None:
    restrict(site, "EHC-2026-0008", "m.east")
    listed = {
        role: [row[0] for row in table_of(site.as_a(role), "/overdue/not-timed")] for role in ("manager", "admin")
    }
    assert "EHC-2026-0008" in listed["manager"]
    assert "EHC-2026-0008" not in listed["admin"]
    assert len(listed["admin"]) == 11


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_restricted_child_is_on_the_lists_of_those_named_alone(site: Site, url: str) -> None:
    path, _, query = url.partition("?")
    address = f"{path}.csv?{query}"
    others, named = site.as_a("manager"), site.as_a("caseworker")
    before = file_rows(others, address)
    assert before
    ref = before[0]["case"]
    restrict(site, ref, "a.marsh")
    assert ref not in {row["case"] for row in file_rows(others, address)}
    assert ref not in others.get(url).text
    assert ref in {row["case"] for row in file_rows(named, address)}
    assert ref in named.get(url).text


def test_what_was_shown_is_put_down_with_every_page_and_file(site: Site) -> None:
    auditor = site.as_a("auditor")
    auditor.get("/overdue?team=East")
    auditor.get("/waits.csv")
    kept = ask(site, "SELECT what, username, cardinality(processes) AS number FROM read_log ORDER BY id")
    assert [(row["what"], row["username"]) for row in kept] == [("overdue", "a.audit"), ("waits.csv", "a.audit")]
    assert kept[1]["number"] == len(file_rows(auditor, "/waits.csv"))


@pytest.mark.parametrize("url", ADDRESSES)
def test_how_much_is_asked_of_the_database_does_not_grow_with_the_rows(looking: Site, url: str) -> None:
    manager = looking.as_a("manager")
    manager.get(url)
    with questions(looking.db) as many:
        manager.get(url)
    with questions(looking.db) as few:
        manager.get(f"{url}{'&' if '?' in url else '?'}officer=t.brook&age=16_to_18")
    assert len(few) <= len(many) <= 18


@pytest.mark.parametrize("url", [*ADDRESSES, "/overdue/not-timed"])
def test_every_list_is_a_page_that_says_where_it_is_among_the_others(looking: Site, url: str) -> None:
    tree = page(looking.as_a("manager").get(url))
    lists = tree.find(".//nav[@aria-label='Lists']")
    assert [words(link) for link in lists.findall(".//a")] == [
        "Overdue", "Due soon", "Saveable", "Due this month", "Longest waits", "Lifted"
    ]  # fmt: skip
    current = [link.get("href") for link in lists.findall(".//a[@aria-current='page']")]
    assert current == [url.partition("?")[0]] * ("not-timed" not in url)


@pytest.mark.parametrize("role", ["caseworker", "manager", "admin", "auditor"])
def test_whoever_reads_cases_may_see_the_lists(looking: Site, role: str) -> None:
    assert table_of(looking.as_a(role), "/overdue")


@pytest.mark.parametrize("url", ["/overdue", "/overdue.csv", "/cohort.xlsx", "/overdue/not-timed"])
def test_a_service_lead_sees_none(looking: Site, url: str) -> None:
    assert looking.as_a("service_lead").get(url).status_code == 403
