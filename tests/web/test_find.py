"""Finding a case: by reference, name, pupil number, date of birth and setting, and by nobody who may not know."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.web.pages import page, questions, rows, words
from tests.web.site import Browser, Site


def child(site: Site, surname: str = "", **said: Any) -> dict[str, Any]:
    """One child of the council's as the database has it: renamed and changed as the test likes."""
    changed = {**({"surname": surname} if surname else {}), **said}
    with site.db.begin() as connection:
        found = (
            connection.execute(
                text(
                    "SELECT n.id, n.surname, n.forename, n.upn, n.date_of_birth, p.case_ref, p.mail_ref, p.id AS process "
                    "FROM person n JOIN process p ON p.person_id = n.id "
                    "WHERE p.kind = 'assessment' AND p.ended_on IS NULL AND p.officer = 'a.marsh' ORDER BY p.case_ref LIMIT 1"
                )
            )
            .mappings()
            .one()
        )
        for name, value in changed.items():
            update = f"UPDATE person SET {name} = :value WHERE id = :id"
            connection.execute(text(update), {"value": value, "id": found["id"]})
    return {**found, **changed}


def find(browser: Browser, **typed: str) -> list[list[str]]:
    """The rows that are found; none where nothing is."""
    found = page(browser.follow(browser.post("/find", typed)))
    return rows(found) if found.findall(".//table") else []


@pytest.mark.parametrize("name", ["case_ref", "mail_ref"])
def test_an_exact_reference_leads_straight_to_the_case(looking: Site, name: str) -> None:
    known = child(looking)
    answer = looking.as_a("caseworker").post("/find", {"anything": known[name].lower()})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{known['mail_ref']}")


@pytest.mark.parametrize(
    "typed",
    [
        "O'Briain-Łukasz Zoë",
        "obriain",
        "zoe OBRIAIN",
        "o’briain lukasz, zoe",
        "Ó Briain",
        "ZOË",
        "Zoe O'Briain 05/05/2015",
        "5 May 2015 zoe",
        "05/05/15",
        "2015-05-05",
    ],
)
def test_a_child_is_found_by_names_in_either_order_and_without_accents(site: Site, typed: str) -> None:
    known = child(site, "O'Briain-Łukasz", forename="Zoë", date_of_birth="2015-05-05")
    found = find(site.as_a("caseworker"), anything=typed)
    assert any(known["case_ref"] in row[3] for row in found), found


def test_a_child_is_found_by_pupil_number_and_setting(site: Site) -> None:
    known = child(site, setting_urn="117222")
    browser = site.as_a("auditor")
    assert [row[3] for row in find(browser, anything=known["upn"].lower())] == [f"Assessment, {known['case_ref']}"]
    assert any(known["case_ref"] in row[3] for row in find(browser, setting="setting 117222"))
    assert any(known["case_ref"] in row[3] for row in find(browser, anything="117222"))


def test_everything_that_is_said_must_be_true_of_the_child(site: Site) -> None:
    known = child(site, "Quillfeather", date_of_birth="2015-05-05")
    browser = site.as_a("caseworker")
    assert find(browser, surname="quill", born="5/5/2015")
    assert find(browser, surname="quill", born="6/5/2015") == []
    assert find(browser, surname="quill", upn=known["upn"])
    assert find(browser, surname="quill", forename="nobody") == []


def test_a_setting_in_the_box_and_another_in_its_field_are_both_meant(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    assert find(browser, anything="setting 117222", setting="117222")
    assert find(browser, anything="setting 118843", setting="117222") == []


def test_of_a_plan_only_the_present_review_is_shown(looking: Site) -> None:
    with looking.db.connect() as connection:
        plan = connection.execute(
            text(
                "SELECT n.surname, n.forename, n.date_of_birth FROM review v JOIN process p ON p.id = v.process_id "
                "JOIN person n ON n.id = p.person_id WHERE v.cycle = 2 AND p.ended_on IS NULL LIMIT 1"
            )
        ).one()
    found = find(looking.as_a("manager"), anything=f"{plan.forename} {plan.surname} {plan.date_of_birth:%d/%m/%Y}")
    assert len([row for row in found if row[3].startswith("Plan")]) == 1


def test_a_restricted_child_is_found_by_those_who_are_named_alone(site: Site) -> None:
    known = child(site, "Quillfeather", sensitivity="restricted", restricted_to=["p.singh"])
    for role in ("caseworker", "manager", "admin", "auditor"):
        browser = site.as_a(role)
        assert find(browser, anything="quill") == []
        reference = browser.post("/find", {"anything": known["case_ref"]})
        assert reference.headers["location"].startswith("/find?search=")
    assert find(site.signed_in("p.singh"), anything="quill")


def test_nothing_that_was_typed_stands_in_the_address(looking: Site) -> None:
    answer = looking.as_a("caseworker").post("/find", {"anything": "quillfeather"})
    assert "quill" not in answer.headers["location"]


def test_a_mail_reference_without_a_figure_is_one_too(site: Site) -> None:
    known = child(site)
    with site.db.begin() as connection:
        update = text("UPDATE process SET mail_ref = 'FTH-WCGQ' WHERE id = :id")
        connection.execute(update, {"id": known["process"]})
    answer = site.as_a("caseworker").post("/find", {"anything": "fth wcgq"})
    assert answer.headers["location"] == "/cases/FTH-WCGQ"


def test_a_search_is_nobody_elses(looking: Site) -> None:
    location = looking.as_a("caseworker").post("/find", {"anything": "smith"}).headers["location"]
    assert page(looking.as_a("manager").get(location)).findall(".//table") == []


def test_no_result_says_what_to_try(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    found = page(browser.follow(browser.post("/find", {"anything": "Quillfeather"})))
    assert "its beginning is enough" in words(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Type a reference, a name, a UPN or a date of birth"),
        ({"surname": "Smith", "born": "31/2/2015"}, "must be a real date in the past"),
        ({"surname": "Smith", "born": "1/1/2090"}, "must be a real date in the past"),
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_typed_is_lost(
    looking: Site, typed: dict[str, str], said: str
) -> None:
    found = page(looking.as_a("caseworker").post("/find", typed), 422)
    assert said in words(found)
    assert {box.get("id"): box.get("value") for box in found.findall(".//input")}.items() >= typed.items()


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE person; --", "-", "\\", "a" * 5000, "\u202e", "0" * 40])
def test_odd_signs_find_nothing_and_break_nothing(looking: Site, typed: str) -> None:
    browser = looking.as_a("caseworker")
    assert find(browser, anything=typed) == []
    assert find(browser, setting=typed) == []


def test_at_most_fifty_are_shown_and_it_is_said_that_there_are_more(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    found = page(browser.follow(browser.post("/find", {"setting": "setting 1"})))
    assert len(rows(found)) == 50
    assert "There are more than these" in words(found)


def test_who_was_shown_is_put_down(site: Site) -> None:
    known = child(site, "Quillfeather")
    find(site.as_a("caseworker"), anything="quill")
    with site.db.connect() as connection:
        seen = connection.execute(text("SELECT username, what, processes FROM read_log ORDER BY id DESC LIMIT 1")).one()
    assert (seen.username, seen.what) == ("a.marsh", "find")
    assert known["process"] in seen.processes


def test_finding_asks_the_database_as_often_for_many_as_for_one(site: Site) -> None:
    child(site, "Quillfeather")
    browser = site.as_a("caseworker")
    asked: list[int] = []
    for typed in ({"anything": "quill"}, {"setting": "setting 1"}):
        location = browser.post("/find", typed).headers["location"]
        browser.get(location)
        with questions(site.db) as statements:
            browser.get(location)
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 8, asked
