"""How somebody who was asked for advice gets from a mail to their answer, on a phone."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import PHONE
from tests.browser.house import House
from tests.browser.pressing import go_on
from web.advice.choices import BY_SLUG

LINK = re.compile(r"https?://[^\s\"<>]+/advice/link/[\w-]{43}")
CODE = re.compile(r"^ +(\d{3}) (\d{3})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Caught:
    """The mails that a house has sent, as the catcher's page shows them."""

    house: House

    def letter(self, *says: str) -> str:
        """The newest mail in which all of that stands; waits for one."""
        return self.house.wait_for(lambda: self._newest(*says), f"a mail that says {says}")

    def code(self, known: int) -> str:
        """The code in the newest mail that brings one, of those after the first `known`."""

        def mail() -> str | None:
            return next((each for each in self.house.since(known) if "Type this code" in each), None)

        found = CODE.search(self.house.wait_for(mail, "the mail with the code"))
        assert found
        return "".join(found.groups())

    def _newest(self, *says: str) -> str | None:
        return next((each for each in self.house.letters() if all(said in each for said in says)), None)


def phone(house: House, chromium: Browser, *, scripts: bool = True) -> Page:
    """A window of a phone's size on that house, which nobody has used yet."""
    size: ViewportSize = {"width": PHONE["width"], "height": PHONE["height"]}
    window = chromium.new_context(
        base_url=house.addresses["web"], java_script_enabled=scripts, viewport=size, locale="en-GB",
        is_mobile=True, has_touch=True,
    )  # fmt: skip
    page = window.new_page()
    page.set_default_timeout(20_000)
    return page


def link_in(letter: str) -> str:
    """The only link that opens something in a mail."""
    (link,) = set(LINK.findall(letter))
    return link


def come_in(page: Page, caught: Caught, letter: str) -> None:
    """Open the link of a mail, and type the code that comes to the same address."""
    page.goto(link_in(letter))
    known = len(caught.house.letters())
    go_on(page, "Send me a code")
    page.get_by_label("The six figures").fill(caught.code(known))
    go_on(page, "Continue")


def choose(page: Page, slug: str) -> None:
    """Choose an answer on the page of the request, and come to its form."""
    page.get_by_role("radio", name=BY_SLUG[slug].label, exact=True).check()
    go_on(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text(BY_SLUG[slug].label)


def send(page: Page) -> None:
    """Send the form of an answer, and see that it came."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/answers/"))
