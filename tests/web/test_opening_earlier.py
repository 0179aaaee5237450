"""A child who is on record already, when a case is opened."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from casework.actor import Actor
from casework.opening import Opening, open_case
from tests.web.site import Browser, Site
from tests.web.test_opening import CASE, PAGES, answered, begun, rows, strict

OF = Actor("a.marsh", "web")
KNOWN = {
    "received": "2026-10-01",
    "source": 1,
    "forename": "Alex",
    "surname": "Newcome",
    "date_of_birth": "2019-02-14",
    "officer": "j.okafor",
}


def known(site: Site, **other: Any) -> Any:
    """A case on record of the child that the pages will be about."""
    return open_case(site.db, Opening.read({**KNOWN, **other}), OF, site.now)


def child_told(browser: Browser, **other: str) -> tuple[str, Any]:
    """A draft in which request and child are answered, and what came of it."""
    draft = begun(browser)
    browser.post(f"{draft}/request", PAGES["request"])
    return draft, browser.post(f"{draft}/child", {**PAGES["child"], **other})


def finished(browser: Browser, draft: str, choice: str) -> Any:
    """The choice is made, the rest is answered, and the last button is pressed."""
    browser.post(f"{draft}/earlier", {"what": choice})
    browser.post(f"{draft}/setting", PAGES["setting"])
    last = browser.post(f"{draft}/case", CASE)
    assert last.headers["location"] == f"{draft}/check"
    return browser.post(f"{draft}/check")


def person_of(site: Site, mail_ref: str) -> str:
    return str(rows(site, "SELECT person_id FROM process WHERE mail_ref = :r", r=mail_ref)[0]["person_id"])


def facts(site: Site, case: Any) -> list[str]:
    found = rows(site, "SELECT kind FROM fact WHERE process_id = :p ORDER BY sequence", p=case.process_id)
    return [row["kind"] for row in found]


def test_an_open_case_of_the_same_child_is_shown_beside_the_answers(site: Site) -> None:
    case, browser = known(site), site.as_a("caseworker")
    draft, went = child_told(browser)
    assert went.headers["location"] == f"{draft}/earlier"
    page = strict(browser.get(f"{draft}/earlier"))
    assert case.case_ref in page
    assert f'href="/cases/{case.mail_ref}"' in page
    assert "Thursday 1 October 2026" in page
    assert "J. Okafor" in page
    read = rows(site, "SELECT processes FROM read_log WHERE username = 'a.marsh'")
    assert read == [{"processes": [case.process_id]}]


def test_the_same_child_gets_a_further_request_and_no_second_case(site: Site) -> None:
    case, browser = known(site), site.as_a("caseworker")
    draft, _ = child_told(browser)
    done = finished(browser, draft, person_of(site, case.mail_ref))
    assert done.headers["location"].startswith(f"/cases/{case.mail_ref}?said=")
    assert facts(site, case) == ["request_received", "further_request"]
    assert len(rows(site, "SELECT FROM person WHERE surname = 'Newcome'")) == 1
    assert browser.post(f"{draft}/check").headers["location"] == f"{draft}/done"
    assert facts(site, case) == ["request_received", "further_request"]


def test_another_child_of_the_same_names_and_birth_gets_a_case_of_their_own(site: Site) -> None:
    case, browser = known(site), site.as_a("caseworker")
    draft, _ = child_told(browser)
    done = finished(browser, draft, "another")
    assert not done.headers["location"].startswith(f"/cases/{case.mail_ref}")
    assert facts(site, case) == ["request_received"]
    assert len(rows(site, "SELECT FROM person WHERE surname = 'Newcome'")) == 2


def test_one_pupil_number_is_one_child(site: Site) -> None:
    known(site, upn="J810392614088")
    browser = site.as_a("caseworker")
    draft, _ = child_told(browser, forename="Else", surname="Who", upn="j810 3926 14088")
    page = strict(browser.get(f"{draft}/earlier"))
    assert "belongs to one child only" in page
    assert 'value="another"' not in page
    assert browser.post(f"{draft}/earlier", {"what": "another"}).status_code == 422


def test_a_twin_may_be_a_twin_or_the_child_itself(site: Site) -> None:
    case, browser = known(site, forename="Alexander"), site.as_a("caseworker")
    draft, went = child_told(browser)
    assert went.headers["location"] == f"{draft}/earlier"
    assert "Alexander" in strict(browser.get(f"{draft}/earlier"))
    done = finished(browser, draft, person_of(site, case.mail_ref))  # written differently, it is the same child
    assert done.headers["location"].startswith(f"/cases/{case.mail_ref}")
    assert facts(site, case) == ["request_received", "further_request"]


def test_nothing_is_opened_before_somebody_has_chosen(site: Site) -> None:
    case, browser = known(site), site.as_a("caseworker")
    draft, _ = child_told(browser)
    for step in ("setting", "case"):
        assert browser.post(f"{draft}/{step}", PAGES[step]).headers["location"] == f"{draft}/earlier"
    assert browser.post(f"{draft}/check").headers["location"] == f"{draft}/earlier"
    for nonsense in ("", "same", "'; DROP TABLE person"):
        answer = browser.post(f"{draft}/earlier", {"what": nonsense})
        assert answer.status_code == 422
        assert "Choose whether this is a child on record" in strict(answer)
    assert facts(site, case) == ["request_received"]


def test_a_case_that_somebody_else_opened_meanwhile_is_shown_first(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = answered(browser)
    case = known(site)
    assert browser.post(f"{draft}/check").headers["location"] == f"{draft}/earlier"
    assert facts(site, case) == ["request_received"]
    browser.post(f"{draft}/earlier", {"what": person_of(site, case.mail_ref)})
    assert browser.post(f"{draft}/check").headers["location"].startswith(f"/cases/{case.mail_ref}")


def test_a_choice_holds_only_for_what_was_shown(site: Site) -> None:
    known(site)
    browser = site.as_a("caseworker")
    draft, _ = child_told(browser)
    browser.post(f"{draft}/earlier", {"what": "another"})
    known(site, forename="Sam")
    browser.post(f"{draft}/setting", PAGES["setting"])
    assert browser.post(f"{draft}/case", CASE).headers["location"] == f"{draft}/earlier"


def test_a_child_with_a_plan_may_be_up_for_a_reassessment(site: Site) -> None:
    (plan,) = rows(
        site,
        "SELECT n.forename, n.surname, n.date_of_birth AS born, p.case_ref FROM process p "
        "JOIN person n ON n.id = p.person_id WHERE p.kind = 'annual-review' AND p.ended_on IS NULL "
        "AND NOT EXISTS (SELECT FROM person o WHERE o.surname = n.surname AND o.date_of_birth = n.date_of_birth "
        "AND o.id <> n.id) AND NOT EXISTS (SELECT FROM process a WHERE a.person_id = n.id AND a.kind = 'assessment') "
        "ORDER BY p.case_ref LIMIT 1",
    )
    born: date = plan["born"]
    birth = {"date_of_birth-day": born.day, "date_of_birth-month": born.month, "date_of_birth-year": born.year}
    browser = site.as_a("caseworker")
    names = {"forename": plan["forename"], "surname": plan["surname"]}
    draft, went = child_told(browser, **names, **{name: str(value) for name, value in birth.items()})
    assert went.headers["location"] == f"{draft}/earlier"
    page = strict(browser.get(f"{draft}/earlier"))
    assert "section 44(2)" in page
    assert plan["case_ref"] in page


def test_a_restricted_child_is_not_given_away(site: Site) -> None:
    case = known(site, sensitivity="restricted", restricted_to=["j.okafor"], upn="J810392614088")
    browser = site.as_a("caseworker")
    draft, went = child_told(browser, upn="J810392614088")
    assert went.headers["location"] == f"{draft}/setting"
    assert case.case_ref not in browser.get(f"{draft}/earlier", follow_redirects=True).text
    browser.post(f"{draft}/setting", PAGES["setting"])
    browser.post(f"{draft}/case", CASE)
    answer = browser.post(f"{draft}/check")
    assert answer.status_code == 422
    assert "kept by named staff" in strict(answer)
    assert case.case_ref not in answer.text
    assert facts(site, case) == ["request_received"]


def test_a_restricted_twin_is_not_spoken_of(site: Site) -> None:
    known(site, forename="Sam", sensitivity="restricted", restricted_to=["j.okafor"])
    browser = site.as_a("caseworker")
    draft = answered(browser)
    browser.post(f"{draft}/check")
    said = rows(site, "SELECT answers FROM draft WHERE kind = 'said' ORDER BY created_at DESC LIMIT 1")[0]["answers"]
    assert "surname" not in " ".join(said["sentences"])
    assert rows(site, "SELECT FROM read_log") == []


def test_a_new_restriction_reaches_the_earlier_cases(site: Site) -> None:
    first = known(site)
    with site.db.begin() as connection:
        connection.exec_driver_sql("UPDATE process SET ended_on = '2026-11-01' WHERE id = %s", (first.process_id,))
    browser = site.as_a("caseworker")
    draft, _ = child_told(browser)
    browser.post(f"{draft}/earlier", {"what": person_of(site, first.mail_ref)})
    browser.post(f"{draft}/setting", PAGES["setting"])
    browser.post(f"{draft}/case", {**CASE, "sensitivity": "restricted", "restricted_to": ["a.marsh"]})
    assert browser.post(f"{draft}/check").status_code == 303
    person = rows(site, "SELECT sensitivity, restricted_to FROM person WHERE surname = 'Newcome'")
    assert person == [{"sensitivity": "restricted", "restricted_to": ["a.marsh"]}]
    marked = rows(site, "SELECT DISTINCT restricted FROM deadline WHERE process_id = :p", p=first.process_id)
    assert marked == [{"restricted": True}]


@pytest.mark.parametrize("children", [1, 6])
def test_however_many_are_on_record_the_questions_to_the_database_are_as_many(site: Site, children: int) -> None:
    for number in range(children):
        known(site, forename=f"Alex{number}")
    browser = site.as_a("caseworker")
    draft, _ = child_told(browser)
    asked: list[str] = []
    event.listen(site.db, "before_cursor_execute", lambda *said: asked.append(said[2]))
    browser.get(f"{draft}/earlier")
    assert len(asked) <= 14, "\n".join(asked)
