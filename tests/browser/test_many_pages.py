"""Forms of several pages in a real browser, with JavaScript and without: opening a case, and one fact on many cases."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from casework.actor import Actor
from casework.opening import Opening, open_case
from tests.browser.conftest import Served
from tests.browser.looking import sound
from tests.browser.pressing import fill_day, go_on

OF = Actor("a.marsh", "web")


def opening(page: Page) -> Iterator[str]:
    """Every page on the way to an open case, named, as each stands before it is answered."""
    page.goto("/open")
    yield "begin"
    go_on(page, "Start")
    go_on(page)
    yield "request with faults"
    fill_day(page, "received", "16 11 2026")
    page.get_by_label("The parent, the young person").check()
    go_on(page)
    page.get_by_label("First name").fill("Sam")
    page.get_by_label("Surname").fill("Journeyman")
    fill_day(page, "date_of_birth", "14 2 2019")
    page.get_by_role("radio", name="No", exact=True).check()
    yield "child"
    go_on(page)
    yield "earlier"
    page.get_by_label("No, this is another child").check()
    go_on(page)
    page.get_by_label("Part of the name, or the URN").fill("setting 1172")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    yield "setting"
    page.get_by_label("None, or not known yet").check()
    go_on(page)
    yield "case"
    go_on(page)
    yield "check"
    check = page.url
    page.goto(check.replace("/check", "/done"))  # where a second press of the button leads
    yield "at work"
    page.goto(check)
    go_on(page, "Open the case")


def test_the_way_to_an_open_case_is_sound_on_every_page(served: Served) -> None:
    twin = {"received": "2026-10-01", "source": 1, "forename": "Alex", "surname": "Journeyman"}
    open_case(
        served.site.db,
        Opening.read({**twin, "date_of_birth": "2019-02-14", "another": True}),
        OF,
        served.site.now,
    )
    page = served.page("caseworker")
    for name in opening(page):
        assert sound(page) == [], name
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.locator("body")).to_contain_text("What happens next")


def recording(page: Page) -> Iterator[str]:
    """Every page on the way to one decision recorded on two of three cases, named, as each stands."""
    page.goto("/record-many")
    yield "begin"
    page.get_by_label("The decision to assess was sent", exact=True).check()
    go_on(page, "Continue")
    yield "what"
    fill_day(page, "on", "19 11 2026")
    go_on(page)
    yield "cases"
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_label("Other cases, by reference").fill("no such case")
    go_on(page, "Look at what would be recorded")
    expect(page.get_by_label("Other cases, by reference")).to_have_value("no such case")
    yield "cases with faults"
    page.get_by_label("Other cases, by reference").fill("")
    go_on(page, "Look at what would be recorded")
    yield "check"
    page.get_by_role("checkbox").first.uncheck()
    go_on(page, "Record on the ticked cases")
    yield "result"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_one_decision_is_recorded_on_many_cases(served: Served, scripts: bool) -> None:
    page = served.page("caseworker", scripts=scripts)
    for name in recording(page):
        assert not scripts or sound(page) == [], name
    expect(page.locator("body")).to_contain_text("2 entries recorded")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_given_away(served: Served, scripts: bool) -> None:
    case = open_case(
        served.site.db,
        Opening.read({"received": "2026-11-02", "source": 1, "forename": "Jo", "surname": f"Given {scripts}"}),
        OF,
        served.site.now,
    )
    page = served.page("caseworker", scripts=scripts)
    page.goto(f"/cases/{case.mail_ref}/assign")
    assert not scripts or sound(page) == []
    page.get_by_label("P. Singh", exact=True).check()
    go_on(page, "Give the case")
    expect(page.locator("body")).to_contain_text("Given to P. Singh in team West")


def test_a_case_is_opened_without_scripts(served: Served) -> None:
    page = served.page("caseworker", scripts=False)
    page.goto("/open")
    go_on(page, "Start")
    fill_day(page, "received", "16 11 2026")
    page.get_by_label("The parent, the young person").check()
    go_on(page)
    page.get_by_label("First name").fill("Sam")
    page.get_by_label("Surname").fill("Scriptless")
    page.get_by_role("radio", name="No", exact=True).check()
    go_on(page)
    page.get_by_label("None, or not known yet").check()
    go_on(page)
    go_on(page)
    go_on(page, "Open the case")
    expect(page.locator("body")).to_contain_text("What happens next")
