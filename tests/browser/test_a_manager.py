"""A manager's morning: what is overdue, take it along as a file, give a leaver's cases to others."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.conftest import PHONE, Served


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_overdue_cases_are_found_filtered_and_exported(served: Served, scripts: bool) -> None:
    page = served.page("manager", scripts=scripts)
    page.goto("/overdue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Overdue")
    page.get_by_label("Officer").select_option("a.marsh")
    page.get_by_role("button", name=re.compile("Show|Apply|Filter")).first.click()
    expect(page).to_have_url(re.compile("officer=a.marsh"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8-sig"))))
    assert rows
    assert {row.get("officer") or row.get("Officer") for row in rows} <= {"a.marsh", "A. Marsh"}
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("Excel")).first.click()
    assert saved.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_given_to_another_officer(served: Served, scripts: bool) -> None:
    page = served.page("manager", scripts=scripts)
    page.goto("/overdue")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    page.get_by_role("link", name=re.compile("another officer")).click()
    expect(page).to_have_url(re.compile("/assign$"))
    ref = page.url.split("/cases/")[1].split("/")[0]
    username, name = ("r.hale", "R. Hale") if scripts else ("t.brook", "T. Brook")
    page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="Give the case").click()
    expect(page).to_have_url(re.compile(f"/cases/{ref}"))
    expect(page.get_by_text(f"Given to {name}").first).to_be_visible()
    assert _officer(served, ref) == username


def _officer(served: Served, ref: str) -> str:
    with served.site.db.connect() as connection:
        return connection.execute(text("SELECT officer FROM process WHERE mail_ref = :ref"), {"ref": ref}).scalar_one()


def test_the_keyboard_alone_reaches_the_first_case(served: Served) -> None:
    page = served.page("manager")
    page.goto("/overdue")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/cases/" in (page.evaluate("document.activeElement.getAttribute('href') || ''")):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cases/"))


def test_on_a_phone_the_list_comes_before_its_filter_which_opens_at_a_touch(served: Served) -> None:
    page = served.page("manager", size=PHONE)
    page.goto("/overdue?team=East")
    expect(page.get_by_label("Officer")).to_be_hidden()
    expect(page.get_by_role("link", name="Team: East")).to_be_visible()
    page.get_by_text("Filter this list").click()
    page.get_by_label("Officer").select_option("a.marsh")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("officer=a.marsh"))


def test_a_phone_without_scripts_and_a_wrong_filter_keep_it_open(served: Served) -> None:
    page = served.page("manager", size=PHONE, scripts=False)
    page.goto("/overdue")
    expect(page.get_by_label("Officer")).to_be_visible()
    page = served.page("manager", size=PHONE)
    page.goto("/overdue?as_of=never")
    expect(page.get_by_label("As it was on")).to_be_visible()
