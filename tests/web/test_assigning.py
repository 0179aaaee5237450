"""Giving one case to another officer, on a page."""

from typing import Any

import pytest
from sqlalchemy import event

from casework.actor import Actor
from casework.people import restrict
from tests.web.pages import page
from tests.web.pages import rows as page_rows
from tests.web.site import Site
from tests.web.test_opening import rows, strict


def case_of(site: Site, officer: str, kind: str = "assessment") -> dict[str, Any]:
    found = "SELECT id, mail_ref, case_ref FROM process WHERE officer = :o AND kind = :k AND ended_on IS NULL LIMIT 1"
    return rows(site, found, o=officer, k=kind)[0]


def test_a_case_is_given_to_somebody_whose_work_is_seen(site: Site) -> None:
    case, browser = case_of(site, "a.marsh"), site.as_a("caseworker")
    url = f"/cases/{case['mail_ref']}/assign"
    page = strict(browser.get(url))
    (open_cases,) = rows(
        site,
        "SELECT count(*) FILTER (WHERE kind = 'assessment') AS a, count(DISTINCT v.plan_id) AS p, "
        "count(*) FILTER (WHERE v.process_id IS NOT NULL AND v.opens_on IS NULL) AS r "
        "FROM process LEFT JOIN review v ON v.process_id = id WHERE officer = 'p.singh' AND ended_on IS NULL",
    )
    row = page.split('value="p.singh"')[1].split("</tr>")[0]
    assert f">{open_cases['a']}</td>" in row
    assert f">{open_cases['p']}</td>" in row
    assert f">{open_cases['r']}</td>" in row
    done = browser.post(url, {"officer": "p.singh"})
    assert done.headers["location"].startswith(f"/cases/{case['mail_ref']}?said=")
    whose = rows(site, "SELECT officer, team FROM process WHERE id = :id", id=case["id"])
    assert whose == [{"officer": "p.singh", "team": "West"}]
    kept = rows(
        site, "SELECT was_officer, officer, team, at, given_by FROM assignment WHERE process_id = :id", id=case["id"]
    )
    assert kept == [
        {"was_officer": "a.marsh", "officer": "p.singh", "team": "West", "at": site.now, "given_by": "a.marsh"}
    ]
    read = rows(site, "SELECT processes FROM read_log WHERE username = 'a.marsh'")
    assert read == [{"processes": [case["id"]]}]


def test_what_each_has_in_hand_is_what_the_team_page_says(site: Site) -> None:
    restricted = case_of(site, "p.singh")["mail_ref"]
    restrict(site.db, restricted, ["p.singh"], Actor("p.singh", "web"))
    case, manager = case_of(site, "a.marsh"), site.as_a("manager")
    given = {row[0]: row[1:] for row in page_rows(page(manager.get(f"/cases/{case['mail_ref']}/assign")))}
    team = {row[0].removesuffix(" Give the cases away"): row for row in page_rows(page(manager.get("/team")), -1)}
    assert {name: row[:4] for name, row in given.items()} == {name: [team[name][1], *team[name][2:5]] for name in given}
    assert len(given) == 8
    staff = {row[0]: row[4] for row in page_rows(page(manager.get("/people")))}
    assert {name: int(staff[name]) for name in given} == {
        name: int(row[1]) + int(row[2]) for name, row in given.items()
    }


def test_giving_it_to_whoever_has_it_changes_nothing(site: Site) -> None:
    case, browser = case_of(site, "a.marsh"), site.as_a("caseworker")
    browser.post(f"/cases/{case['mail_ref']}/assign", {"officer": "a.marsh"})
    assert rows(site, "SELECT FROM assignment") == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"officer": ""}, "officer"),
        ({"officer": "x.nobody"}, "officer"),
        ({"officer": "d.officer"}, "officer"),
        ({"officer": "a.audit"}, "officer"),
        ({"officer": "<script>alert(1)</script>"}, "officer"),
        ({"officer": "p.singh", "team": "x" * 5000}, "team"),
    ],
)
def test_nobody_gets_it_who_does_not_work_on_cases(looking: Site, typed: dict[str, str], field: str) -> None:
    case, browser = case_of(looking, "a.marsh"), looking.as_a("caseworker")
    answer = browser.post(f"/cases/{case['mail_ref']}/assign", typed)
    assert answer.status_code == 422
    page = strict(answer)
    assert f'href="#{field}"' in page
    assert "<script>alert" not in page
    assert rows(looking, "SELECT FROM process WHERE id = :id AND officer = 'a.marsh'", id=case["id"])


def test_a_restricted_case_goes_only_to_those_who_may_see_it(site: Site) -> None:
    case, browser = case_of(site, "a.marsh"), site.as_a("caseworker")
    restrict(site.db, case["mail_ref"], ["a.marsh", "j.okafor"], Actor("a.marsh", "web"))
    url = f"/cases/{case['mail_ref']}/assign"
    answer = browser.post(url, {"officer": "p.singh"})
    assert "may not see this case" in strict(answer)
    assert browser.post(url, {"officer": "j.okafor"}).status_code == 303
    stranger = site.as_a("manager")
    unknown = stranger.get("/cases/K7F-3QX9/assign")
    hidden = stranger.get(url)
    assert unknown.status_code == hidden.status_code == 404
    assert hidden.text.replace(case["mail_ref"], "").count("Case not found") == unknown.text.count("Case not found")
    assert stranger.post(url, {"officer": "m.east"}).status_code == 404


def test_an_auditor_gives_nothing_away(looking: Site) -> None:
    case, auditor = case_of(looking, "a.marsh"), looking.as_a("auditor")
    assert auditor.get(f"/cases/{case['mail_ref']}/assign").status_code == 403
    assert auditor.post(f"/cases/{case['mail_ref']}/assign", {"officer": "p.singh"}).status_code == 403


def test_the_page_asks_the_database_a_fixed_number_of_questions(looking: Site) -> None:
    case, browser = case_of(looking, "a.marsh"), looking.as_a("caseworker")
    asked: list[str] = []
    event.listen(looking.db, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert browser.get(f"/cases/{case['mail_ref']}/assign").status_code == 200
    assert len(asked) <= 10
