"""How a page is looked at: axe's rules of WCAG 2.2 A and AA, a strict parse, and whether a phone must scroll sideways."""

from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def axe() -> str:
    """The script, from npm by lockfile."""
    return AXE.read_text()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, each with the first place."""
    page.evaluate(axe())
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:200]})" for each in found["violations"]]


def parse_strictly(html: str) -> None:
    """Raises html5lib's ParseError at the first thing that is not HTML."""
    html5lib.HTMLParser(strict=True).parse(html)


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window; tables that scroll in themselves do not count."""
    return page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")


def sound(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in a wide window and on a phone; nothing when it is sound."""
    found = violations(page)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    if (by := too_wide(page)) > 0:
        found.append(f"{by} pixels too wide for a phone")
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    return found
