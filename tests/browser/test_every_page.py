"""Every page, in a real browser: nothing that axe finds, strict HTML, no errors of scripts, no scrolling sideways."""

import re

import pytest

from tests.browser.conftest import PHONE, WIDE, Served
from tests.browser.looking import parse_strictly, too_wide, violations
from tests.browser.pages import addresses, cases

pytestmark = pytest.mark.timeout(600)


def worth_a_browser(served: Served) -> list[str]:
    """All pages, but of those alike for every case and kind of fact only some: the others are parsed below."""
    others = cases(served.site.db)[1:]
    alike = re.compile(r"/record/|/facts/")
    return [
        url
        for url in addresses(served.site)
        if not any(f"/cases/{ref}" in url and url != f"/cases/{ref}" for ref in others)
        and (
            not alike.search(url) or url.endswith(("decision_to_assess", "relief", "final_plan_sent", "/1", "correct"))
        )
    ]


def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways_on_a_phone(served: Served) -> None:
    page = served.page("admin")
    wrong: dict[str, list[str]] = {}
    for url in worth_a_browser(served):
        page.set_viewport_size(WIDE)
        answer = page.goto(url)
        found = violations(page) if answer and answer.status in (200, 404) else ["it does not answer"]
        page.set_viewport_size(PHONE)
        if (by := too_wide(page)) > 0:
            found.append(f"{by} pixels too wide for a phone")
        if found or served.faults:
            wrong[url] = [*found, *served.faults]
        served.faults.clear()
    assert wrong == {}, "\n".join(f"{url}: {said}" for url, said in wrong.items())


def test_every_page_is_strict_html_with_one_heading_and_a_title_of_its_own(served: Served) -> None:
    browser = served.site.as_a("admin")
    titles: dict[str, str] = {}
    for url in addresses(served.site):
        answer = browser.get(url)
        if answer.status_code == 303:
            continue
        assert answer.status_code in (200, 404), (url, answer.status_code)
        parse_strictly(answer.text)
        assert len(re.findall(r"<h1[ >]", answer.text)) == 1, url
        title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
        assert title, url
        titles[url] = title.group(1).strip()
    unnamed = [url for url, title in titles.items() if not title or title.startswith("-")]
    assert unnamed == []


@pytest.mark.parametrize("role", ["caseworker", "manager", "service_lead", "auditor", ""])
def test_the_front_door_of_each_role_is_sound(served: Served, role: str) -> None:
    page = served.page(role)
    page.goto("/")
    assert violations(page) == []
    assert page.locator("main h1").count() == 1
