"""Pages that need something typed, chosen or sent before: each in a real browser, with JavaScript and without."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from casework.actor import Actor
from casework.people import NewContact, add_contact
from casework.professional_calendar import stop_feed
from casework.secure_links.making import Opens, hash_of, secret_to
from casework.secure_links.visits import begin_visit
from casework.sign_in.links import make_link
from records.tables import AdviceRequest, FamilyLetter, Process, SecureLink
from tests.browser.conftest import Served
from tests.browser.looking import sound
from tests.browser.pages import NOT_PAGES, OF_A_FORM, cases
from tests.browser.pressing import fill_day, go_on
from tests.documents.samples import docx
from tests.web.filing import came
from tests.web.test_who_may_use_what import routes
from web.advice.choices import BY_SLUG
from web.cookies import visit_name

OF = Actor("a.marsh", "web")
PAEDS = "paeds.send@nhs.example"
IN_MANY_PAGES = {
    *("/open/{number}/check", "/open/{number}/done", "/open/{number}/earlier", "/open/{number}/{step}"),
    *(f"/record-many/{{number}}/{step}" for step in ("what", "cases", "check", "result")),
}
"""Looked at on the way of `test_many_pages`."""

Way = Callable[[Served, Page], None]


def to_a_change_of_the_calendar(served: Served, page: Page) -> None:
    page.goto("/calendar/add/closure")
    fill_day(page, "first", "24 12 2026")
    fill_day(page, "last", "31 12 2026")
    page.get_by_label("What is it called?").fill("Christmas closure")
    go_on(page, "See what would move")
    expect(page.get_by_text("would move in").first).to_be_visible()


def to_another_policy(served: Served, page: Page) -> None:
    page.goto("/policy/change?service=health")
    page.get_by_label("Local norm").fill("5")
    go_on(page, "See what would change")
    expect(page.get_by_text("of local norms would move").first).to_be_visible()


def to_a_contact(served: Served, page: Page) -> None:
    ref = cases(served.site.db)[0].ref
    number = add_contact(served.site.db, ref, NewContact("parent", "Pat Example"), OF)
    page.goto(f"/cases/{ref}/family/{number}")
    expect(page.get_by_label("Name")).to_have_value("Pat Example")


def to_cases_dealt_out(served: Served, page: Page) -> None:
    page.goto("/team/reassign?from=v.costa")
    page.get_by_label("A. Marsh").check()
    page.get_by_label("P. Singh").check()
    page.locator("#which").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").first.click()  # there is one below the cases too
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check who gets what")


def to_the_code(served: Served, page: Page) -> None:
    # Nobody is called so: the page is the same, and no mail is written.
    page.goto("/sign-in")
    page.get_by_label("Your username or work email address").fill("x.nobody")
    go_on(page, "Send me a code")
    expect(page.get_by_label("The six figures")).to_be_visible()


def to_a_wrong_code(served: Served, page: Page) -> None:
    to_the_code(served, page)
    page.get_by_label("The six figures").fill("12")
    go_on(page, "Sign in")
    expect(page.get_by_role("alert")).to_contain_text("Enter the 6 figures")


def to_a_link(served: Served, page: Page) -> None:
    page.goto(f"/sign-in/link/{make_link(served.site.db, 'h.service', OF, served.site.now)}")
    expect(page.get_by_role("button", name="Sign in as H. Service")).to_be_visible()


def to_a_paper_to_be_put_aside(served: Served, page: Page) -> None:
    page.goto(f"/cases/{cases(served.site.db)[0].ref}/papers")
    page.locator("input[type=file]").set_input_files({"name": "report.docx", "mimeType": "", "buffer": docx()})
    page.get_by_label("evidence", exact=False).first.check()
    with page.expect_navigation():
        page.locator("form:has(input[type=file]) button[type=submit]").click()
    page.get_by_role("link", name="Put aside").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("aside")


def to_a_link_for_advice(served: Served, page: Page) -> None:
    # Of a link that there never was nothing is different, and no mail is written.
    page.goto(f"/advice/link/{'N' * 43}")
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()


def to_the_code_of_a_link(served: Served, page: Page) -> None:
    to_a_link_for_advice(served, page)
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    expect(page.locator("[name=code]")).to_be_visible()


def to_a_notice(served: Served, page: Page) -> None:
    about = {"process_id": process_of(served, 2), "subject": "considering/health"}
    page.goto(f"/advice/notice/{visiting(served, page, Opens.NOTICE, **about)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("An assessment is being considered")


def to_a_request(served: Served, page: Page) -> None:
    with Session(served.site.db) as session:
        mine = (AdviceRequest.process_id == process_of(served, 0), AdviceRequest.category == "health")
        request = session.exec(select(AdviceRequest).where(*mine)).one()
    page.goto(f"/advice/{visiting(served, page, Opens.REQUEST, request=request)}")
    expect(page.get_by_role("radio", name="Nothing to say")).to_be_visible()


def to_a_list(served: Served, page: Page) -> None:
    stop_feed(served.site.db, PAEDS, served.site.now)  # another test may have begun it
    page.goto(f"/advice/list/{visiting(served, page, Opens.LIST)}")
    expect(page.get_by_role("button", name="Add to your calendar")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("health advice")).first).to_be_visible()


def to_a_feed(served: Served, page: Page) -> None:
    to_a_list(served, page)
    with page.expect_navigation():
        page.get_by_role("button", name="Add to your calendar").click()
    expect(page.locator("code")).to_contain_text("/advice/calendar/")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("health advice")).first.click()
    expect(page.get_by_role("radio", name="Nothing to say")).to_be_visible()
    page.go_back()
    expect(page.locator("code")).to_contain_text("/advice/calendar/")


def to_no_answer(served: Served, page: Page) -> None:
    to_a_request(served, page)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Choose how you want to answer")


def to_an_answer(slug: str) -> Way:
    def lead(served: Served, page: Page) -> None:
        to_a_request(served, page)
        page.goto(f"{page.url}/{slug}")
        expect(page.get_by_role("heading", level=1)).to_have_text(BY_SLUG[slug].label)

    return lead


def to_what_came_of_an_answer(served: Served, page: Page) -> None:
    to_an_answer("later")(served, page)
    fill_day(page, "by", "11 1 2027")
    page.locator("main textarea").first.fill("The clinic is closed.")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/answers/"))


def to_a_mail_to_file(served: Served, page: Page) -> None:
    number = came(served.site, "Our advice will follow.", subject=f"Re: advice {uuid4()}")
    page.goto(f"/unfiled/{number}")
    expect(page.get_by_role("heading", level=1)).to_have_text("A mail to file")
    expect(page.get_by_text("Our advice will follow.")).to_be_visible()
    expect(page.get_by_role("button", name="Say that it is about this case")).to_be_visible()


def to_a_letter_to_a_family(served: Served, page: Page) -> None:
    page.goto(f"/cases/{cases(served.site.db)[0].ref}/letters/{drafted(served)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("notice of delay")
    expect(page.get_by_role("heading", name="What it says")).to_be_visible()


def to_a_letter_on_paper(served: Served, page: Page) -> None:
    page.goto(f"/cases/{cases(served.site.db)[0].ref}/letters/{drafted(served)}/print")
    expect(page.get_by_text("Print this page with your browser.")).to_be_visible()


def drafted(served: Served) -> UUID:
    """A notice of delay to a parent, still to be approved."""
    parent = NewContact("parent", f"Pat {uuid4()}", address="1 Example Street\nHull\nHU1 1AA")
    contact = add_contact(served.site.db, cases(served.site.db)[0].ref, parent, OF)
    letter = FamilyLetter(
        authority="000",
        step_key=f"tests/{uuid4()}",
        process_id=process_of(served, 0),
        contact_id=contact,
        kind="delay",
        limit_id="reg13_final_plan",
        due=date(2026, 12, 7),
        way="letter",
        drafted_at=served.site.now,
    )
    number = letter.id
    with Session(served.site.db) as session, session.begin():
        session.add(letter)
    return number


def process_of(served: Served, number: int) -> UUID:
    """One of the cases to look at."""
    with Session(served.site.db) as session:
        ref = cases(served.site.db)[number].ref
        return session.exec(select(Process.id).where(Process.mail_ref == ref)).one()


def visiting(served: Served, page: Page, opens: Opens, **about: Any) -> UUID:
    """Let the window visit by a link, as after the right code; the id of the link."""
    site = served.site
    with Session(site.db) as session, session.begin():
        token = secret_to(session, site.settings, opens, PAEDS, site.now, **about)
        link = session.exec(select(SecureLink).where(SecureLink.token_hash == hash_of(token))).one()
        secret, number = begin_visit(session, link, site.now), link.id
    page.context.add_cookies([{"name": visit_name(site.settings), "value": secret, "url": served.address}])
    return number


WAYS: dict[str, tuple[str, Way]] = {
    "/calendar/changes/{number}": ("manager", to_a_change_of_the_calendar),
    "/policy/previews/{number}": ("admin", to_another_policy),
    "/cases/{ref}/family/{number}": ("caseworker", to_a_contact),
    "/team/reassign/check": ("manager", to_cases_dealt_out),
    "/cases/{ref}/papers/{document_id}/aside": ("caseworker", to_a_paper_to_be_put_aside),
    "/sign-in/code": ("", to_the_code),
    "/sign-in/code with a fault": ("", to_a_wrong_code),
    "/sign-in/link/{token}": ("", to_a_link),
    "/advice/link/{token}": ("", to_a_link_for_advice),
    "/advice/link/{token}/code": ("", to_the_code_of_a_link),
    "/advice/notice/{link_id}": ("", to_a_notice),
    "/advice/list/{link_id:uuid}": ("", to_a_list),
    "/advice/list/{link_id:uuid} with a feed": ("", to_a_feed),
    "/advice/{link_id:uuid}": ("", to_a_request),
    "/advice/{link_id:uuid}/answer": ("", to_no_answer),
    **{f"/advice/{{link_id:uuid}}/{{answer}} {slug}": ("", to_an_answer(slug)) for slug in BY_SLUG},
    "/unfiled/{mail_id}": ("manager", to_a_mail_to_file),
    "/cases/{ref}/letters/{letter_id}": ("caseworker", to_a_letter_to_a_family),
    "/cases/{ref}/letters/{letter_id}/print": ("caseworker", to_a_letter_on_paper),
    "/advice/{link_id:uuid}/answers/{answer_id:uuid}": ("", to_what_came_of_an_answer),
}


def test_every_page_of_a_form_is_looked_at(served: Served) -> None:
    asked = {path for method, path, _ in routes(served.site) if method == "GET" and OF_A_FORM.search(path)}
    of_forms = {path for path in asked if not NOT_PAGES.search(path)}
    assert of_forms == IN_MANY_PAGES | {path.partition(" ")[0] for path in WAYS}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("path", WAYS)
def test_a_page_behind_a_form_is_reached_and_sound(served: Served, path: str, scripts: bool) -> None:
    role, lead = WAYS[path]
    page = served.page(role, scripts=scripts)
    lead(served, page)
    assert not scripts or sound(page) == []
