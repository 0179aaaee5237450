"""What comes out of the printer: of a case the picture and the tables, of a letter the letter, and nothing to press."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.looking import too_wide
from tests.browser.pages import cases
from tests.browser.test_pages_behind_forms import drafted

A4 = {"width": 718, "height": 1047}
"""A sheet of A4 between margins of a centimetre, in CSS pixels."""
ONLY_PRESSED = (
    ".govuk-service-navigation",
    ".govuk-skip-link",
    ".app-header__person",
    ".app-footer",
    ".app-subnav",
    ".app-case-actions",
    ".govuk-button",
)


@pytest.mark.parametrize("number", range(5))
def test_a_case_on_paper_shows_its_picture_and_tables_and_no_way_to_press(served: Served, number: int) -> None:
    case, page = cases(served.site.db)[number], served.page("caseworker", size=A4)
    page.goto(f"/cases/{case.ref}")
    on_screen = {each: _shown(page, each) for each in ONLY_PRESSED if _shown(page, each)}
    assert len(on_screen) >= 5
    tables = _shown(page, "table")
    page.emulate_media(media="print")
    assert {each: _shown(page, each) for each in ONLY_PRESSED if _shown(page, each)} == {}
    assert _shown(page, "table") == tables
    _is_on_paper(page)
    assert too_wide(page) <= 0


def test_a_letter_to_a_family_is_printed_as_the_authoritys_over_the_whole_sheet(served: Served) -> None:
    page = served.page("caseworker", size=A4)
    page.goto(f"/cases/{cases(served.site.db)[0].ref}/letters/{drafted(served)}/print")
    page.emulate_media(media="print")
    authority = served.site.settings.authority_name
    assert page.title().endswith(authority)
    expect(page.locator("header").get_by_text(authority)).to_be_visible()
    assert "EHCP Clock" not in page.locator("body").inner_text()
    sheet, letter = (page.locator(each).bounding_box() for each in ("main", "main .govuk-body:visible >> nth=-1"))
    assert sheet
    assert letter
    assert letter["width"] == sheet["width"]


def _is_on_paper(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".app-case-picture__wide")).to_be_visible()
    expect(page.locator(".app-case-picture__narrow")).to_be_hidden()
    limits = page.get_by_role("table", name="Limits of this case")
    expect(limits).to_be_visible()
    expect(limits.get_by_role("columnheader")).to_have_count(5)
    assert limits.get_by_role("rowheader").count() > 0
    # What is folded away on the screen cannot be opened on paper.
    for folded in page.locator(".govuk-details__text:not(.app-no-print *)").all():
        expect(folded).to_be_visible()


def _shown(page: Page, what: str) -> int:
    return sum(each.is_visible() for each in page.locator(what).all())
