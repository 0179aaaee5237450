"""Forms of several pages in a real browser, with JavaScript and without: opening a case, and one fact on many cases."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from casework.actor import Actor
from casework.opening import Opening, open_case
from tests.browser.conftest import PHONE, WIDE, Served
from tests.browser.looking import too_wide, violations

OF = Actor("a.marsh", "web")


def looked_at(page: Page, name: str) -> None:
    """The page is sound, and no wider than a phone."""
    assert violations(page) == [], name
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert too_wide(page) <= 0, name
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Press the button, and wait for the page that comes of it: a click alone does not."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def fill_day(page: Page, name: str, day: str) -> None:
    for part, value in zip(("day", "month", "year"), day.split(), strict=True):
        page.locator(f"[name={name}-{part}]").fill(value)


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
        looked_at(page, f"open-{name}")
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.locator("body")).to_contain_text("What happens next")


def test_the_way_to_many_records_is_sound_on_every_page(served: Served) -> None:
    page = served.page("caseworker")
    page.goto("/record-many")
    looked_at(page, "many-begin")
    page.get_by_label("The decision to assess was sent", exact=True).check()
    go_on(page, "Continue")
    looked_at(page, "many-what")
    fill_day(page, "on", "19 11 2026")
    go_on(page)
    looked_at(page, "many-cases")
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_label("Other cases, by reference").fill("no such case")
    go_on(page, "Look at what would be recorded")
    looked_at(page, "many-cases-faults")
    assert page.get_by_label("Other cases, by reference").input_value() == "no such case"
    page.get_by_label("Other cases, by reference").fill("")
    go_on(page, "Look at what would be recorded")
    looked_at(page, "many-check")
    page.get_by_role("checkbox").first.uncheck()
    go_on(page, "Record on the ticked cases")
    looked_at(page, "many-result")
    expect(page.locator("body")).to_contain_text("2 entries recorded")


def test_giving_a_case_away_is_sound(served: Served) -> None:
    case = open_case(
        served.site.db,
        Opening.read({"received": "2026-11-02", "source": 1, "forename": "Jo", "surname": "Given"}),
        OF,
        served.site.now,
    )
    page = served.page("caseworker")
    page.goto(f"/cases/{case.mail_ref}/assign")
    looked_at(page, "assign")
    page.get_by_label("P. Singh", exact=True).check()
    go_on(page, "Give the case")
    expect(page.locator("body")).to_contain_text("Given to P. Singh in team West")


def test_without_scripts_both_ways_come_to_their_end(served: Served) -> None:
    page = served.page("caseworker", scripts=False)
    for _ in _without_a_twin(page):
        pass
    expect(page.locator("body")).to_contain_text("What happens next")


def _without_a_twin(page: Page) -> Iterator[None]:
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
    yield
