"""Every kind of answer from a phone, each to the page of the caseworker (advice itself: `test_a_whole_house`)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from casework.opening import Opened
from casework.secure_links.making import Opens
from records.tables import AdviceRequest
from tests.browser.answers import choose, send
from tests.browser.conftest import PHONE, Served
from tests.browser.looking import too_wide, violations
from tests.browser.pressing import fill_day
from tests.browser.test_pages_behind_forms import visiting
from tests.casework.support import Council
from tests.documents.samples import pdf

Fill = Callable[[Page], None]
DECIDED, ASKED = "decision_to_assess=2026-10-01", "advice_requested:health=2026-10-08"


def part(page: Page) -> None:
    page.locator("#documents").set_input_files(
        {"name": "blood.pdf", "mimeType": "application/pdf", "buffer": pdf("blood")}
    )
    page.get_by_label("What is still to come?").fill("The hearing test.")


def nothing(page: Page) -> None:
    page.get_by_label("The child or young person is not known to us").check()


def colleague(page: Page) -> None:
    page.get_by_label("A colleague in our service").check()
    page.get_by_label("Name of the colleague").fill("Dr Khan")
    page.get_by_label("Their email address").fill("a.khan@nhs.example")


def another_body(page: Page) -> None:
    page.get_by_label("Another service", exact=True).check()
    page.get_by_label("Name of the colleague").fill("Eye clinic in Leeds")


def later(page: Page) -> None:
    fill_day(page, "by", "11 1 2027")
    page.get_by_label("Why can it not come earlier?").fill("Clinic is in January.")


def missed(page: Page) -> None:
    fill_day(page, "missed", "3 11 2026")
    page.get_by_label("What was it for").fill("Hearing test, new one in December.")


def before(page: Page) -> None:
    fill_day(page, "report_date", "1 3 2026")
    page.get_by_label("To whom did you give it").fill("To this council.")
    page.get_by_label("That report is still right").check()


def decline(page: Page) -> None:
    page.get_by_label("It would have an adverse effect").check()
    page.get_by_label("Your reasons").fill("The clinic is closed by flood.")


ANSWERS: dict[str, tuple[str, Fill, str, str]] = {
    "part": ("part", part, "The rest is still needed by Thursday 19 November 2026", "The hearing test."),
    "nothing": ("nothing", nothing, "No more is needed from you", "not known to us"),
    "colleague": ("somebody-else", colleague, "Your colleague gets a mail", "Dr Khan, a.khan@nhs.example"),
    "another body": ("somebody-else", another_body, "A caseworker looks at it first", "Eye clinic in Leeds"),
    "later": ("later", later, "The legal day stays Thursday 19 November 2026", "Monday 11 January 2027"),
    "missed": ("missed", missed, "A caseworker decides", "Make it an exception"),
    "before": ("already-given", before, "whether the family and the council agree", "Who else agrees"),
    "decline": ("decline", decline, "A caseworker reads your reasons", "The clinic is closed by flood."),
}
"""What is chosen, how its form is filled, what its giver is told, and what the caseworker reads."""


def asked(served: Served, page: Page) -> Opened:
    """Let the window visit the request of a new case for health advice, whose six weeks began on 8 October 2026."""
    council, site = Council(served.site.db), served.site
    case = council.opens(now=site.now)
    council.records(case, DECIDED, now=site.now)
    council.records(case, ASKED, now=site.now)  # there is nobody to be asked before it is decided
    with Session(site.db) as session:
        mine = (AdviceRequest.process_id == case.process_id, AdviceRequest.subject == "health")
        request = session.exec(select(AdviceRequest).where(*mine)).one()
    page.goto(f"/advice/{visiting(served, page, Opens.REQUEST, request=request)}")
    return case


def of_the_caseworker(served: Served, case: Opened) -> Page:
    page = served.page("caseworker", size=PHONE)
    page.goto(f"/cases/{case.mail_ref}/answers")
    return page


def sound(page: Page) -> list[object]:
    return [*violations(page), *([f"{by} too wide"] if (by := too_wide(page)) else [])]


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_from_a_phone_reaches_the_caseworker(served: Served, kind: str) -> None:
    slug, fill, told, read = ANSWERS[kind]
    page = served.page(size=PHONE)
    case = asked(served, page)
    choose(page, slug)
    fill(page)
    send(page)
    expect(page.get_by_text(told)).to_be_visible()
    assert sound(page) == []
    desk = of_the_caseworker(served, case)
    expect(desk.get_by_text(read).first).to_be_visible()
    assert sound(desk) == []


def test_advice_that_is_not_complete_is_completed_and_met(served: Served, tmp_path: Path) -> None:
    page = served.page(size=PHONE)
    case = asked(served, page)
    choose(page, "give")
    report = tmp_path / "Report.pdf"
    report.write_bytes(pdf("report"))
    fill_day(page, "report_date", "2 11 2026")
    page.locator("[name=needs]").fill("Page 2.")
    send_without_a_document(page)
    page.locator("#documents").set_input_files(report)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your advice is kept, but it is not complete")
    assert sound(page) == []
    desk = of_the_caseworker(served, case)
    expect(desk.get_by_text("What outcomes you recommend is not answered.")).to_be_visible()
    expect(desk.get_by_role("button", name="Accept it all the same")).to_be_visible()
    assert sound(desk) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Add what is missing").click()
    expect(page.get_by_text("Report.pdf")).to_be_visible()
    expect(page.locator("[name=needs]")).to_have_value("Page 2.")
    page.locator("[name=outcomes]").fill("Page 3.")
    page.locator("[name=provision]").fill("None is needed.")
    page.get_by_role("checkbox", name="C: health needs").check()
    send(page)
    expect(page.get_by_text("No more is needed from you")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("On record").first).to_be_visible()
    desk.goto(f"/cases/{case.mail_ref}")
    expect(desk.get_by_role("row", name="Advice: Health")).to_contain_text("Done")


def send_without_a_document(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("document")
    assert sound(page) == []
