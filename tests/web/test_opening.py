"""Opening a case on pages."""

import re
from typing import Any

import html5lib
import pytest
from sqlalchemy import text

from tests.web.site import Browser, Site

REQUEST = {"received-day": "16", "received-month": "11", "received-year": "2026", "source": "1"}
CHILD = {
    "forename": "Alex",
    "surname": "Newcome",
    "date_of_birth-day": "14",
    "date_of_birth-month": "2",
    "date_of_birth-year": "2019",
    "looked_after": "no",
}
SETTING = {"setting_urn": "none"}
CASE = {"officer": "a.marsh", "sensitivity": "ordinary"}
PAGES = {"request": REQUEST, "child": CHILD, "setting": SETTING, "case": CASE}


def rows(site: Site, statement: str, **bound: Any) -> list[dict[str, Any]]:
    with site.db.connect() as connection:
        return [dict(row) for row in connection.execute(text(statement), bound).mappings()]


def begun(browser: Browser) -> str:
    """The address of a draft that was just begun."""
    return browser.post("/open").headers["location"].removesuffix("/request")


def answered(browser: Browser, **other: dict[str, Any]) -> str:
    """A draft in which everything is answered; `other` replaces what is said on a page."""
    draft = begun(browser)
    for step, fields in PAGES.items():
        answer = browser.post(f"{draft}/{step}", {**fields, **other.get(step, {})})
        assert answer.status_code == 303, answer.text
    return draft


def strict(page: Any) -> str:
    html5lib.HTMLParser(strict=True).parse(page.text)
    return page.text


def test_a_case_is_opened_page_by_page(site: Site) -> None:
    browser = site.as_a("caseworker")
    assert "Start" in strict(browser.get("/open"))
    draft = begun(browser)
    last = None
    for step, fields in PAGES.items():
        strict(browser.get(f"{draft}/{step}"))
        last = browser.post(f"{draft}/{step}", fields)
    assert last is not None
    assert last.headers["location"] == f"{draft}/check"
    check = strict(browser.get(f"{draft}/check"))
    assert "Alex Newcome" in check
    assert "Monday 28 December 2026" in check  # six weeks: the bank holiday for Boxing Day
    assert "Monday 5 April 2027" in check
    assert "Thursday 24 December 2026" in check
    done = browser.post(f"{draft}/check")
    assert re.fullmatch(r"/cases/[A-Z0-9]{3}-[A-Z0-9]{4}\?said=[0-9a-f-]{36}", done.headers["location"])
    (case,) = rows(
        site,
        "SELECT officer, team, case_ref FROM process JOIN person n ON n.id = person_id WHERE n.surname = 'Newcome'",
    )
    assert (case["officer"], case["team"]) == ("a.marsh", "East")
    said = rows(site, "SELECT answers FROM draft WHERE kind = 'said' ORDER BY created_at DESC LIMIT 1")[0]["answers"]
    assert said["sentences"][0] == f"Opened {case['case_ref']}."
    assert "tell the family by Monday 28 December 2026" in said["sentences"][1]


def test_pressing_the_last_button_twice_opens_one_case(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = answered(browser)
    first = browser.post(f"{draft}/check").headers["location"].partition("?")[0]
    again = browser.post(f"{draft}/check")
    assert again.headers["location"] == f"{draft}/done"
    assert browser.get(f"{draft}/done").headers["location"].partition("?")[0] == first
    assert browser.get(f"{draft}/child").headers["location"].partition("?")[0] == first
    assert len(rows(site, "SELECT FROM person WHERE surname = 'Newcome'")) == 1


def test_while_it_is_being_opened_the_second_press_waits(site: Site) -> None:
    from casework.drafts import claim_draft

    browser = site.as_a("caseworker")
    draft = answered(browser)
    claim_draft(site.db, "a.marsh", "opening", draft.rpartition("/")[2], site.now)
    second = browser.follow(browser.post(f"{draft}/check"))
    assert "being opened" in strict(second)
    assert rows(site, "SELECT FROM person WHERE surname = 'Newcome'") == []


def test_what_was_begun_can_be_continued_or_thrown_away(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = begun(browser)
    browser.post(f"{draft}/request", REQUEST)
    browser.post(f"{draft}/child", CHILD)
    page = strict(browser.get("/open"))
    assert f'href="{draft}/setting">Alex Newcome' in page
    assert 'value="14"' in browser.get(f"{draft}/child").text
    browser.post(f"{draft}/throw-away")
    assert draft not in browser.get("/open").text
    assert browser.get(f"{draft}/child").status_code == 404


def test_nobody_sees_what_another_has_begun(site: Site) -> None:
    draft = answered(site.as_a("caseworker"))
    manager = site.as_a("manager")
    for path in ("request", "check", "earlier", "done"):
        assert manager.get(f"{draft}/{path}").status_code == 404
    manager.post(f"{draft}/throw-away")
    assert manager.post(f"{draft}/check").headers["location"] == f"{draft}/done"
    assert rows(site, "SELECT FROM person WHERE surname = 'Newcome'") == []
    assert len(rows(site, "SELECT FROM draft WHERE kind = 'opening'")) == 1


@pytest.mark.parametrize(
    ("step", "wrong", "field", "sentence"),
    [
        ("request", {"received-month": "13"}, "received", "must be a real date"),
        ("request", {"received-day": "21"}, "received", "is in the future"),
        ("request", {"received-year": ""}, "received", "must include a year"),
        ("request", {"received-day": "1" * 5000}, "received", "must be a real date"),
        ("request", {"source": "9"}, "source", "Choose who asked"),
        ("request", {"source": "none", "inherited_from": "far away"}, "inherited_from", "three-figure code"),
        ("child", {"surname": "  "}, "surname", "Write the surname"),
        ("child", {"forename": ""}, "forename", "Write the first name"),
        ("child", {"forename": "x" * 201}, "forename", "at most 200"),
        ("child", {"date_of_birth-year": "2026", "date_of_birth-month": "12"}, "date_of_birth", "after the day"),
        ("child", {"date_of_birth-year": "1900"}, "date_of_birth", "check the year"),
        ("child", {"upn": "x" * 300}, "upn", "at most 200"),
        ("child", {"looked_after": "perhaps"}, "looked_after", "Choose whether"),
        ("setting", {"setting_urn": "999999"}, "setting_urn", "Choose the school"),
        ("setting", {"setting_urn": "", "setting_search": "", "search": "yes"}, "setting_search", "Write part"),
        ("case", {"officer": "x.nobody"}, "officer", "Choose the officer"),
        ("case", {"officer": "a.audit"}, "officer", "Choose the officer"),
        ("case", {"sensitivity": "secret"}, "sensitivity", "Choose who may see"),
        ("case", {"sensitivity": "restricted"}, "restricted_to", "at least one"),
        ("case", {"sensitivity": "restricted", "restricted_to": "m.east"}, "restricted_to", "must be able to see"),
        ("case", {"case_ref": "x" * 500}, "case_ref", "at most 200"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    looking: Site, step: str, wrong: dict[str, str], field: str, sentence: str
) -> None:
    browser = looking.as_a("caseworker")
    draft = begun(browser)
    browser.post(f"{draft}/request", REQUEST)
    answer = browser.post(f"{draft}/{step}", {**PAGES[step], **wrong})
    assert answer.status_code == 422
    page = strict(answer)
    assert "<title>Error: " in page
    assert f'href="#{field}"' in page
    assert re.search(rf'id="{field}(-group)?-error"', page)
    assert sentence in page
    for value in {**PAGES[step], **wrong}.values():
        assert (
            not value.strip()
            or value in page
            or value in ("9", "perhaps", "secret", "yes", "999999", "x.nobody", "a.audit")
        )


def test_a_setting_is_found_by_part_of_its_name_or_its_urn(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    draft = begun(browser)
    found = browser.post(f"{draft}/setting", {"setting_search": "setting 1172", "search": "yes"})
    page = strict(browser.follow(found))
    assert "URN 117222" in page
    browser.post(f"{draft}/setting", {"setting_urn": "117222"})
    assert re.search(r'value="117222"\s+checked', browser.get(f"{draft}/setting").text)
    nothing = strict(browser.follow(browser.post(f"{draft}/setting", {"setting_search": "100% _ none"})))
    assert "No setting in the directory" in nothing
    unknown = strict(browser.follow(browser.post(f"{draft}/setting", {"setting_search": "999123"})))
    assert "not in the directory" in unknown
    assert browser.post(f"{draft}/setting", {"setting_urn": "999123"}).status_code == 303


def test_script_and_formulas_in_names_stay_text(site: Site) -> None:
    browser = site.as_a("caseworker")
    bad = "<script>alert(1)</script>\"'=2+2"
    draft = answered(browser, child={"surname": bad, "placing_authority": bad})
    for url in (f"{draft}/check", f"{draft}/child", "/open"):
        page = strict(browser.get(url))
        assert "<script>alert" not in page
    done = browser.post(f"{draft}/check")
    assert done.status_code == 303
    assert rows(site, "SELECT surname FROM person WHERE placing_authority IS NOT NULL")[0]["surname"] == bad


def test_nothing_about_a_child_stands_in_an_address(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    draft = begun(browser)
    for step, fields in PAGES.items():
        location = browser.post(f"{draft}/{step}", fields).headers["location"]
        assert re.fullmatch(r"/open/[0-9a-f-]{36}/\w+", location)


def test_a_page_that_is_left_out_is_asked_for_before_the_case_is_opened(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    draft = begun(browser)
    assert browser.get(f"{draft}/check").headers["location"] == f"{draft}/request"
    assert browser.get(f"{draft}/earlier").headers["location"] == f"{draft}/request"
    assert browser.post(f"{draft}/earlier", {"what": "another"}).headers["location"] == f"{draft}/request"
    assert browser.post(f"{draft}/check").headers["location"] == f"{draft}/request"
    assert browser.get(f"{draft}/nonsense").status_code == 404
    assert browser.get("/open/not-a-number/child").status_code == 404


def test_an_auditor_opens_nothing(looking: Site) -> None:
    auditor = looking.as_a("auditor")
    assert auditor.get("/open").status_code == 403
    assert auditor.post("/open").status_code == 403


def test_a_reference_that_is_taken_is_said_and_the_answers_stay(site: Site) -> None:
    browser = site.as_a("caseworker")
    taken = rows(site, "SELECT case_ref FROM process LIMIT 1")[0]["case_ref"]
    draft = answered(browser, case={"case_ref": taken})
    answer = browser.post(f"{draft}/check")
    assert answer.status_code == 422
    assert "exists already" in strict(answer)
    browser.post(f"{draft}/case", {**CASE, "case_ref": "OUR/1"})
    assert browser.post(f"{draft}/check").status_code == 303
    assert len(rows(site, "SELECT FROM process WHERE case_ref = 'OUR/1'")) == 1


def test_a_restricted_case_is_seen_by_those_chosen_alone(site: Site) -> None:
    browser = site.as_a("caseworker")
    named = {"officer": "j.okafor", "sensitivity": "restricted", "restricted_to": ["j.okafor"]}
    draft = answered(browser, case=named)
    done = browser.post(f"{draft}/check")
    assert done.headers["location"].startswith("/open?said=")  # for whoever opened it may not see it
    person = rows(site, "SELECT sensitivity, restricted_to FROM person WHERE surname = 'Newcome'")[0]
    assert person == {"sensitivity": "restricted", "restricted_to": ["j.okafor"]}
