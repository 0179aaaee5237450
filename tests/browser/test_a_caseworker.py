"""A caseworker's day on a whole house: sign in by mail, open a case, record a decision, see requests go out, read them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from config.clock import london_day, utc_now
from tests.browser.house import House, running

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house")) as house:
        yield house


def window(house: House, chromium: Browser, *, scripts: bool) -> Page:
    made = chromium.new_context(base_url=house.addresses["web"], java_script_enabled=scripts, locale="en-GB")
    page = made.new_page()
    page.set_default_timeout(20_000)
    return page


def sign_in(page: Page, house: House, who: str) -> None:
    """With the code that comes by mail, read where mail is caught."""
    before = len(house.letters())
    page.goto("/work")
    page.get_by_label("Your username or work email address").fill(who)
    page.get_by_role("button", name="Send me a code").click()
    house.wait_for(lambda: len(house.letters()) > before, "the code")
    code = house.wait_for(lambda: re.search(r"^ +(\d{3}) (\d{3})\s*$", house.letters()[0], re.MULTILINE), "the code")
    page.get_by_label("The six figures").fill("".join(code.groups()))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My work")


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part, exact=True).fill(str(value))


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Press the button, and wait for the page that comes of it: a click alone does not."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()


def open_a_case(page: Page, surname: str, received: date) -> str:
    """Through every question; returns the mail reference of the case."""
    page.get_by_role("link", name="Open a case").first.click()
    expect(page).to_have_url(re.compile("/open$"))
    go_on(page, "Start")
    fill_day(page, "On which day was it received?", received)
    page.get_by_label("Parent", exact=False).first.check()
    go_on(page)
    page.get_by_label("First name").fill("Wanda")
    page.get_by_label("Surname").fill(surname)
    fill_day(page, "Date of birth (if known)", date(2017, 3, 4))
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("Part of the name, or the URN").fill("141")
    go_on(page, "Find")
    page.get_by_role("radio").first.check()
    go_on(page)
    page.get_by_label("Officer", exact=True).select_option("a.marsh")
    page.get_by_label("Everybody who works on cases").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    expect(page.get_by_text(f"Wanda {surname}").first).to_be_visible()
    go_on(page, "Open the case")
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.get_by_text("Opened").first).to_be_visible()
    return page.url.split("/cases/")[1].split("?")[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_opened_decided_asked_about_and_its_letters_are_read(
    house: House, chromium: Browser, scripts: bool
) -> None:
    today = london_day(utc_now())
    page = window(house, chromium, scripts=scripts)
    sign_in(page, house, "a.marsh")
    surname = "Scripted" if scripts else "Plain"
    ref = open_a_case(page, surname, today - timedelta(days=20))

    page.get_by_role("button", name="Record what happened").click()
    page.get_by_role("link", name="The decision to assess was sent").click()
    fill_day(page, "When was the decision sent to the family?", today)
    page.get_by_label("Parent or carer").check()
    page.get_by_label("By hand").check()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^(Record|Save|Continue)")).first.click()
    expect(page).to_have_url(re.compile(f"/cases/{ref}"))

    def told() -> bool:
        page.goto(f"/cases/{ref}/messages")
        return page.get_by_text("Sent", exact=True).count() >= 3

    house.wait_for(told, "the requests went out")
    letters = [letter for letter in house.letters() if ref in letter]
    assert len(letters) >= 3
    assert not [letter for letter in letters if surname in letter or "Wanda" in letter]
    page.goto(f"/cases/{ref}/chronology")
    expect(page.get_by_text(re.compile("decision to assess", re.I)).first).to_be_visible()


def test_the_house_says_that_it_is_alive_and_ready(house: House, chromium: Browser) -> None:
    page = window(house, chromium, scripts=True)
    assert page.goto("/healthz").status == 200
    assert house.wait_for(lambda: page.goto("/readyz").status == 200, "the worker to answer")
