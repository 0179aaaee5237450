"""A case on a whole house, from the desk of its caseworker to the phone of whoever is asked for advice, and back.

Sign in by mail, open a case, record a decision, see requests go out, read them; give the advice by its link, see it met.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from config.clock import london_day, utc_now
from tests.browser import pressing
from tests.browser.answers import Caught, choose, come_in, link_in, phone, send
from tests.browser.desk import (
    choose_a_document,
    decide_to_assess,
    open_a_case,
    say_that_the_papers_are_complete,
    sign_in,
    window,
)
from tests.browser.house import House, running
from tests.browser.looking import too_wide, violations
from tests.documents.samples import pdf

pytestmark = pytest.mark.timeout(300)
PAEDS = "paeds.send@nhs.example"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house")) as house:
        yield house


def give_the_advice(page: Page, today: date) -> None:
    choose(page, "give")
    choose_a_document(page, "Report.pdf", "the report")
    pressing.fill_day(page, "report_date", f"{today.day} {today.month} {today.year}")
    for name in ("needs", "outcomes", "provision"):
        page.locator(f"[name={name}]").fill("Page 2 of the report.")
    page.get_by_role("checkbox", name="C: health needs").check()
    send(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_opened_decided_and_asked_about_and_its_advice_is_given_and_met(
    house: House, chromium: Browser, scripts: bool
) -> None:
    today, caught = london_day(utc_now()), Caught(house)
    desk = window(house, chromium, scripts=scripts)
    sign_in(desk, house, "a.marsh")
    surname = "Scripted" if scripts else "Plain"
    ref = open_a_case(desk, surname, today - timedelta(days=20))
    decide_to_assess(desk, ref, today)

    def told() -> bool:
        desk.goto(f"/cases/{ref}/messages")
        return desk.get_by_text("Sent", exact=True).count() >= 3

    house.wait_for(told, "the requests went out")
    letters = [letter for letter in house.letters() if ref in letter]
    assert len(letters) >= 3
    assert not [letter for letter in letters if surname in letter or "Wanda" in letter]
    desk.goto(f"/cases/{ref}/chronology")
    expect(desk.get_by_text(re.compile("decision to assess", re.I)).first).to_be_visible()

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


def test_the_house_says_that_it_is_alive_and_ready(house: House, chromium: Browser) -> None:
    page = window(house, chromium, scripts=True)
    assert page.goto("/healthz").status == 200
    assert house.wait_for(lambda: page.goto("/readyz").status == 200, "the worker to answer")
