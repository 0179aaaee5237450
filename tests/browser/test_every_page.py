"""Every page, in a real browser: nothing that axe finds, strict HTML, no errors of scripts, no scrolling sideways."""

import re
from collections import defaultdict

import pytest

from statute.kinds import KINDS
from tests.browser.conftest import Served
from tests.browser.looking import parse_strictly, sound, violations
from tests.browser.pages import LEADS_ON, Known, addresses, cases

pytestmark = pytest.mark.timeout(600)

SAME_PAGE = {
    "/cases/{ref}/correct": "/cases/{ref}/facts",
    "/services/cover/health/paediatrics": "/people/cover/health/paediatrics",
}
"""Two addresses of one page, which is called alike."""


def worth_a_browser(served: Served) -> list[str]:
    """All pages, but of those alike for every case and kind of fact only some: the others are parsed below."""
    others = [case.ref for case in cases(served.site.db)[1:]]
    alike = re.compile(r"/record/|/facts/")
    return [
        url
        for url in addresses(served.site)
        if not LEADS_ON.search(url)
        and not any(f"/cases/{ref}" in url and url != f"/cases/{ref}" for ref in others)
        and (
            not alike.search(url) or url.endswith(("decision_to_assess", "relief", "final_plan_sent", "/1", "correct"))
        )
    ]


def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways_on_a_phone(served: Served) -> None:
    page = served.page("admin")
    wrong: dict[str, list[str]] = {}
    for url in worth_a_browser(served):
        answer = page.goto(url)
        found = sound(page) if answer and answer.status == 200 else ["it is not there"]
        if found or served.faults:
            wrong[url] = [*found, *served.take_faults()]
    assert wrong == {}, "\n".join(f"{url}: {said}" for url, said in wrong.items())


def test_every_page_is_strict_html_with_one_heading_and_a_title_of_its_own(served: Served) -> None:
    browser, known = served.site.as_a("admin"), cases(served.site.db)
    titled: defaultdict[str, set[str]] = defaultdict(set)
    for url in addresses(served.site):
        answer = browser.get(url)
        assert answer.status_code == (303 if LEADS_ON.search(url) else 200), url
        if answer.status_code == 303:
            continue
        parse_strictly(answer.text)
        assert len(re.findall(r"<h1[ >]", answer.text)) == 1, url
        title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
        assert title, url
        assert re.match(r"\s*[^\s-]", title.group(1)), f"{url} has no name"
        titled[_of_any_case(title.group(1).strip(), known)].add(_of_any_case(url, known))
    pages = {title: {SAME_PAGE.get(url, url) for url in urls} for title, urls in titled.items()}
    assert {title: urls for title, urls in pages.items() if len(urls) > 1} == {}


def _of_any_case(words: str, known: list[Known]) -> str:
    for case in known:
        words = words.replace(case.ref, "{ref}").replace(f"limit={case.limit}", "limit")
    return words


def test_what_a_process_does_not_have_has_no_page(served: Served) -> None:
    browser = served.site.as_a("admin")
    asked = [
        f"/cases/{case.ref}/record/{kind.name}"
        for case in cases(served.site.db)
        for kind in KINDS.values()
        if case.process not in kind.processes
    ]
    assert asked
    assert {browser.get(url).status_code for url in asked if not LEADS_ON.search(url)} == {404}


@pytest.mark.parametrize("role", ["caseworker", "manager", "service_lead", "auditor", ""])
def test_the_front_door_of_each_role_is_sound(served: Served, role: str) -> None:
    page = served.page(role)
    page.goto("/")
    assert violations(page) == []
    assert page.locator("main h1").count() == 1
