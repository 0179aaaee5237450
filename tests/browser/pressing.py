"""Filling in forms as people do, waiting for the page that comes of it."""

from playwright.sync_api import Page


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Press the button, and wait for the page that comes of it: a click alone does not."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def fill_day(page: Page, name: str, day: str) -> None:
    """Type a day ("16 11 2026") into the three boxes of a field."""
    for part, value in zip(("day", "month", "year"), day.split(), strict=True):
        page.locator(f"[name={name}-{part}]").fill(value)
