"""A caseworker's desk on a whole house: signing in by mail, opening a case, saying that its papers are complete."""

import re
from datetime import date

from playwright.sync_api import Browser, Page, expect

from tests.browser.answers import CODE
from tests.browser.house import House
from tests.documents.samples import pdf


def window(house: House, chromium: Browser, *, scripts: bool) -> Page:
    made = chromium.new_context(base_url=house.addresses["web"], java_script_enabled=scripts, locale="en-GB")
    page = made.new_page()
    page.set_default_timeout(20_000)
    return page


def sign_in(page: Page, house: House, who: str) -> None:
    """With the code that comes by mail, read where mail is caught."""
    known = len(house.letters())
    page.goto("/work")
    page.get_by_label("Your username or work email address").fill(who)
    page.get_by_role("button", name="Send me a code").click()
    code = house.wait_for(lambda: next(filter(None, map(CODE.search, house.since(known))), None), "the code")
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


def decide_to_assess(page: Page, ref: str, today: date) -> None:
    """From the page of the case, as they find it."""
    page.get_by_role("button", name="Record what happened").click()
    page.get_by_role("link", name="The decision to assess was sent").click()
    fill_day(page, "When was the decision sent to the family?", today)
    page.get_by_label("Parent or carer").check()
    page.get_by_label("By hand").check()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^(Record|Save|Continue)")).first.click()
    expect(page).to_have_url(re.compile(f"/cases/{ref}"))


def choose_a_document(page: Page, name: str, text: str) -> None:
    """A PDF of its own for each text."""
    page.locator("#documents").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": pdf(text)})


def say_that_the_papers_are_complete(page: Page, ref: str) -> None:
    """With one document, which the family sent."""
    page.goto(f"/cases/{ref}/papers")
    page.get_by_label("Representations of the family").check()
    choose_a_document(page, "views.pdf", "views of the family")
    go_on(page, "Add")
    page.get_by_label("The documents above, and nothing else").check()
    go_on(page, "The papers are complete")
