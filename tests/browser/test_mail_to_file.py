"""Filing a reply from a phone, from the list to the case's own page."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Served
from tests.browser.looking import sound
from tests.browser.pressing import fill_day
from tests.documents.samples import pdf
from tests.web.filing import came
from tests.web.lists import ask

OWN = """
SELECT p.mail_ref FROM process p JOIN advice_request a ON a.process_id = p.id AND a.subject = 'health'
JOIN deadline d ON d.process_id = p.id AND d.limit_id = 'reg8_advice' AND d.subject = 'health' AND d.to_day IS NULL
AND d.met_on IS NULL WHERE p.officer = 'a.marsh' AND p.ended_on IS NULL ORDER BY p.case_ref LIMIT 1
"""


def test_a_reply_is_filed_from_a_phone_and_every_page_on_the_way_is_sound(served: Served) -> None:
    ref = ask(served.site, OWN)[0]["mail_ref"]
    long = "a-very-long-name-of-a-document-without-any-place-to-break-it-anywhere-at-all"
    came(served.site, f"Our advice for {ref}.\n\n{'x' * 200}", subject=f"Re: {ref} {'y' * 90}", **{long: pdf("needs")})
    page = served.page("caseworker", size=PHONE)
    page.goto("/work")
    page.get_by_role("link", name="1 mail waits to be filed").click()
    assert sound(page) == []
    page.get_by_role("link", name="Re: ").click()
    assert sound(page) == []
    for summary in page.locator("summary").all():
        summary.click()
    assert sound(page) == []
    page.get_by_role("button", name="File it as an answer").click()
    assert sound(page) == []
    expect(page.get_by_role("alert")).to_contain_text("Say what it is")
    page.get_by_label("The advice", exact=True).check()
    page.get_by_label("Health", exact=True).first.check()
    fill_day(page, "on", f"{served.site.now:%d %m %Y}")
    page.get_by_role("button", name="File it as an answer").click()
    expect(page.get_by_text(f"filed as an answer in {ref}")).to_be_visible()
    page.goto(f"/cases/{ref}/messages")
    assert sound(page) == []
    expect(page.get_by_text("Filed by a.marsh")).to_be_visible()
