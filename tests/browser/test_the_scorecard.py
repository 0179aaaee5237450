"""A manager and the scorecard, in a real browser: from a figure to its cases, what is said of it, and a frozen month."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casework.actor import Actor
from scorecard.snapshots.freezing import freeze
from tests.browser.conftest import PHONE, Served
from tests.browser.looking import sound
from tests.browser.pressing import fill_day, go_on

EAST = Actor("m.east", "web")


def is_sound(page: Page) -> None:
    assert sound(page) == [], page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_month_to_a_measure_its_cases_and_what_is_done_about_it(served: Served, scripts: bool) -> None:
    freeze(served.site.db, date(2026, 10, 31), EAST, served.site.now)
    page = served.page("manager", scripts=scripts)
    look: Callable[[Page], None] = is_sound if scripts else lambda _page: None
    for address in ("/scorecard/due", "/scorecard/months") if scripts else ():
        page.goto(address)
        look(page)
    page.goto("/work")
    page.get_by_role("link", name="Scorecard", exact=True).click()
    page.get_by_label("Month").select_option("October 2026")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="October 2026", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("table").get_by_role("link", name="Plans issued", exact=True).click()
    expect(page.get_by_role("img", name="Plans issued, month by month")).to_be_visible()
    page.get_by_text("The same as a table: month by month").click()
    expect(page.get_by_role("link", name="Oct 2026")).to_be_visible()
    look(page)
    page.get_by_role("link", name=re.compile("counted$")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans issued: the cases")
    look(page)
    page.go_back()
    page.get_by_role("link", name=re.compile("Set owner")).click()
    page.get_by_label("Target").fill("many")
    page.get_by_label(re.compile("What is there to say")).fill("Two teams are one short.")
    go_on(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("must be a number")
    expect(page.get_by_label(re.compile("What is there to say"))).to_have_value("Two teams are one short.")
    look(page)
    page.get_by_label("Target").fill("30")
    page.get_by_label("Advanced").check()
    go_on(page, "Save")
    expect(page.get_by_text("Two teams are one short.")).to_be_visible()
    page.get_by_role("link", name="The frozen month").click()
    expect(page.get_by_text("It says to the letter what it said then.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Cases behind Plans issued", exact=True).click()
    expect(page.get_by_text("can still be found")).to_be_visible()
    look(page)


def test_a_figure_from_outside_is_entered_and_withdrawn(served: Served) -> None:
    page = served.page("manager")
    page.goto("/scorecard/fed")
    page.get_by_label("What is it of?").select_option("Attendance (%)")
    fill_day(page, "first_day", "1 10 2026")
    fill_day(page, "last_day", "31 10 2026")
    page.get_by_label("How many", exact=True).fill("12")
    page.get_by_label("Of how many").fill("10")
    page.get_by_label("Owner").fill("Inclusion lead")
    page.get_by_label("Where it comes from").fill("School census")
    go_on(page, "Enter the figure")
    expect(page.get_by_role("alert")).to_contain_text("more than the 10")
    is_sound(page)
    page.get_by_label("Of how many").fill("16")
    go_on(page, "Enter the figure")
    expect(page.get_by_role("cell", name="12 of 16").first).to_be_visible()
    is_sound(page)
    page.get_by_role("button", name=re.compile("Withdraw")).first.click()
    expect(page.get_by_text("The figure was withdrawn.")).to_be_visible()


def test_on_a_phone_a_chart_scrolls_in_its_own_box_and_stays_legible(served: Served) -> None:
    page = served.page("manager", size=PHONE)
    page.goto("/scorecard/measures/plans_issued?month=2026-10")
    box = page.get_by_role("region", name="The chart, month by month")
    assert box.evaluate("each => each.scrollWidth > each.clientWidth && each.clientWidth < 375")
    assert page.get_by_role("img", name="Plans issued, month by month").evaluate("each => each.clientWidth") >= 640


def test_on_a_phone_the_first_figures_come_first_and_the_groups_are_folded(served: Served) -> None:
    page = served.page("manager", size=PHONE)
    page.goto("/scorecard?month=2026-10")
    advice = page.get_by_role("table", name="Advice", exact=True)
    expect(advice).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") < 4 * PHONE["height"]
    page.get_by_role("heading", name="Advice", exact=True).click()
    expect(advice).to_be_visible()
    assert sound(page) == []


def test_a_group_that_the_address_names_is_open_on_a_phone_and_all_are_in_a_wide_window(served: Served) -> None:
    phone, wide = served.page("manager", size=PHONE), served.page("manager")
    for page in (phone, wide):
        page.goto("/scorecard?month=2026-10#advice")
        expect(page.get_by_role("table", name="Advice", exact=True)).to_be_visible()
    expect(phone.get_by_role("table", name="Exceptions", exact=True)).to_be_hidden()
    expect(wide.get_by_role("table", name="Exceptions", exact=True)).to_be_visible()
