"""Advice on a whole house: asked for by mail, given from a phone by its link, read and met at the caseworker's desk."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from config.clock import london_day, utc_now
from tests.browser import pressing
from tests.browser.answers import Caught, choose, come_in, link_in, phone, send
from tests.browser.house import House, running
from tests.browser.looking import too_wide, violations
from tests.browser.test_a_caseworker import fill_day, open_a_case, sign_in, window
from tests.documents.samples import pdf

pytestmark = pytest.mark.timeout(300)
PAEDS = "paeds.send@nhs.example"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house"), demo=True) as house:
        yield house


def choose_a_document(page: Page, name: str, text: str) -> None:
    page.locator("#documents").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": pdf(text)})


def say_that_the_papers_are_complete(page: Page, ref: str) -> None:
    page.goto(f"/cases/{ref}/papers")
    page.get_by_label("Representations of the family").check()
    choose_a_document(page, "views.pdf", "views of the family")
    pressing.go_on(page, "Add")
    page.get_by_label("The documents above, and nothing else").check()
    pressing.go_on(page, "The papers are complete")


def decide_to_assess(page: Page, ref: str, today: date) -> None:
    page.goto(f"/cases/{ref}/record/decision_to_assess")
    fill_day(page, "When was the decision sent to the family?", today)
    page.get_by_label("Parent or carer").check()
    page.get_by_label("By hand").check()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^(Record|Save|Continue)")).first.click()
    expect(page).to_have_url(re.compile(f"/cases/{ref}"))


def give_the_advice(page: Page, today: date) -> None:
    choose(page, "give")
    choose_a_document(page, "Report.pdf", "the report")
    pressing.fill_day(page, "report_date", f"{today.day} {today.month} {today.year}")
    for name in ("needs", "outcomes", "provision"):
        page.locator(f"[name={name}]").fill("Page 2 of the report.")
    page.get_by_role("checkbox", name="C: health needs").check()
    send(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_advice_is_asked_for_given_from_a_phone_and_met(house: House, chromium: Browser, scripts: bool) -> None:
    today, caught = london_day(utc_now()), Caught(house)
    surname = "Scripted" if scripts else "Plain"
    desk = window(house, chromium, scripts=scripts)
    sign_in(desk, house, "a.marsh")
    ref = open_a_case(desk, surname, today - timedelta(days=20))
    decide_to_assess(desk, ref, today)
    say_that_the_papers_are_complete(desk, ref)

    letter = caught.letter(ref, PAEDS, "The whole request stands behind the link")
    assert "Six weeks from" in letter
    assert surname not in letter
    hers = phone(house, chromium, scripts=scripts)
    come_in(hers, caught, letter)
    expect(hers.get_by_role("heading", level=1)).to_contain_text(f"Wanda {surname}")
    expect(hers.get_by_text("views.pdf")).to_be_visible()
    assert not scripts or violations(hers) == []
    assert too_wide(hers) == 0
    give_the_advice(hers, today)
    expect(hers.get_by_text("No more is needed from you")).to_be_visible()
    receipt = caught.letter(ref, "we have your advice")
    assert PAEDS in receipt
    assert surname not in receipt
    assert link_in(letter) not in receipt

    desk.goto(f"/cases/{ref}/answers")
    expect(desk.get_by_text("On record")).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Report.pdf").click()
    assert download.value.path().read_bytes() == pdf("the report")
    desk.goto(f"/cases/{ref}")
    expect(desk.get_by_role("row", name="Advice: Health")).to_contain_text("Done")
