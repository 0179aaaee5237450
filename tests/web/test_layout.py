"""What stands round every page, the components that the Design System lacks, and the names of things."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.responses import HTMLResponse
from jinja2 import FileSystemLoader

from statute.limit import Limit
from statute.timeline import State
from tests.web.pages import page, words
from tests.web.site import PEOPLE, Site
from web import names
from web.desks import Staff
from web.faults import Faults
from web.rendering import TEMPLATES, environment
from web.roles import Role

NASTY = "<script>alert(1)</script> \"O'Hara\" & 'co'"
ALL_TEMPLATES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_every_template_can_be_read(name: str) -> None:
    environment().get_template(name)


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_no_template_holds_a_style_or_script_that_browsers_are_told_to_refuse(name: str) -> None:
    source = without_comments(TEMPLATES / name)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+=[\x22']|javascript:", source, re.IGNORECASE)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_every_form_that_is_posted_carries_the_proof_that_it_is_ours(name: str) -> None:
    source = without_comments(TEMPLATES / name)
    for form in re.findall(r"<form.*?</form>", source, re.DOTALL):
        if 'method="post"' in form:
            assert "components/csrf.html" in form or 'name="csrf"' in form, form[:200]


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_nothing_that_was_typed_is_marked_as_safe(name: str) -> None:
    assert "|safe" not in without_comments(TEMPLATES / name).replace(" ", "")


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)


@pytest.fixture(scope="module")
def exhibited(read_only_council: Any) -> Iterator[Site]:
    """A site with one page more: every component once, with nasty values and two faults."""
    site = Site(read_only_council.engine, demo=True)
    here = FileSystemLoader(Path(__file__).parent)
    loaders = environment().loader.loaders  # type: ignore[union-attr]

    @site.app.get("/specimen")
    def specimen(at: Staff) -> HTMLResponse:
        faults = Faults()
        faults.say("received", "The day the request was received must be a real date, for example 27 3 2026")
        faults.say("", NASTY)
        typed = {"received-day": "31", "received-month": "2", "received-year": NASTY}
        more: dict[str, Any] = {"states": list(State), "nasty": NASTY, "form": typed}
        return at.page("specimen.html", title="Specimen", faults=faults, **more)

    @site.app.post("/said")
    def say(at: Staff) -> Any:
        return at.go("/accessibility", "The decision was recorded.", NASTY)

    @site.app.post("/warned")
    def warn(at: Staff) -> Any:
        return at.go("/accessibility", "Nobody was told.", warning=True)

    loaders.append(here)
    yield site
    loaders.remove(here)


def test_every_component_is_good_html_and_shows_what_was_typed_as_it_was_typed(exhibited: Site) -> None:
    answer = exhibited.as_a("caseworker").get("/specimen")
    shown = page(answer, 422)
    assert "<script>alert" not in answer.text
    assert words(shown).count(" ".join(NASTY.split())) >= 7
    assert shown.find(".//input[@id='received']").get("value") == "31"
    assert shown.find(".//input[@id='received-year']").get("value") == NASTY
    assert "app-wide" in shown.find("body").get("class")


def test_a_fault_is_said_in_the_title_on_top_and_beside_its_field_and_leads_there(exhibited: Site) -> None:
    shown = page(exhibited.as_a("caseworker").get("/specimen"), 422)
    assert words(shown.find(".//title")) == "Error: Specimen - EHCP Clock"
    summary = shown.find(".//div[@class='govuk-error-summary']")
    (link,) = summary.findall(".//a")
    assert link.get("href") == "#received"
    field = shown.find(".//input[@id='received']")
    group = shown.find(".//fieldset")
    assert field.get("name") == "received-day"
    assert "govuk-input--error" in field.get("class")
    assert "received-group-error" in group.get("aria-describedby").split()
    assert "must be a real date" in words(shown.find(".//p[@id='received-group-error']"))


def test_no_two_things_on_a_page_have_one_id(exhibited: Site) -> None:
    ids = [each.get("id") for each in page(exhibited.as_a("manager").get("/specimen"), 422).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_the_header_says_who_is_signed_in_and_signs_out_by_a_form(looking: Site) -> None:
    shown = page(looking.as_a("service_lead").get("/accessibility"))
    header = shown.find(".//header")
    assert "EHCP Clock" in words(header)
    assert "D. Officer, (service lead)" in words(header)
    form = header.find(".//form")
    assert (form.get("method"), form.get("action")) == ("post", "/sign-out")
    assert form.find("input[@name='csrf']").get("value")


@pytest.mark.parametrize("role", PEOPLE)
def test_a_page_is_in_english_can_be_skipped_to_and_has_one_heading(looking: Site, role: str) -> None:
    shown = page(looking.as_a(role).get("/accessibility"))
    assert shown.get("lang") == "en"
    assert shown.find(".//a[@class='govuk-skip-link']").get("href") == "#main-content"
    assert shown.find(".//main").get("id") == "main-content"
    assert len(list(shown.iter("h1"))) == 1
    assert words(shown.find(".//title")) == "Accessibility - EHCP Clock"


def test_whoever_is_not_signed_in_is_shown_no_menu_and_no_name(looking: Site) -> None:
    shown = page(looking.browser().get("/accessibility"))
    assert not list(shown.iter("nav"))
    assert not list(shown.iter("form"))


def test_the_menu_marks_where_one_is(looking: Site) -> None:
    shown = page(looking.as_a("manager").get("/people"))
    (marked,) = [link for link in shown.find(".//nav").iter("a") if link.get("aria-current")]
    assert words(marked) == "People"


def test_what_was_done_is_said_once_on_the_next_page(exhibited: Site) -> None:
    browser = exhibited.as_a("caseworker")
    answer = browser.post("/said")
    assert "recorded" not in answer.headers["location"]
    shown = page(browser.follow(answer))
    banner = shown.find(".//div[@role='alert']")
    assert words(banner).startswith("Success The decision was recorded.")
    assert " ".join(NASTY.split()) in words(banner)
    assert "The decision was recorded." not in browser.follow(answer).text


def test_a_warning_is_not_dressed_as_a_success(exhibited: Site) -> None:
    browser = exhibited.as_a("caseworker")
    banner = page(browser.follow(browser.post("/warned"))).find(".//div[@role='region'][@data-module]")
    assert words(banner) == "Important Nobody was told."
    assert "govuk-notification-banner--success" not in banner.get("class")


def test_a_demonstration_says_that_it_is_one(exhibited: Site, looking: Site) -> None:
    assert "No row is a real child" in exhibited.as_a("auditor").get("/accessibility").text
    assert "No row is a real child" not in looking.as_a("auditor").get("/accessibility").text


def test_an_unknown_address_is_a_page_like_any_other(looking: Site) -> None:
    page(looking.as_a("auditor").get("/no-such-page"), 404)
    page(looking.browser().get("/no-such-page"), 404)


def limits() -> set[str]:
    import statute.limits_of_assessments
    import statute.limits_of_plans
    import statute.limits_of_reviews

    known: set[str] = set()
    for module in (statute.limits_of_assessments, statute.limits_of_plans, statute.limits_of_reviews):
        for value in vars(module).values():
            several = value if isinstance(value, tuple) else (value,)
            known |= {each.id for each in several if isinstance(each, Limit)}
    return known


def test_every_limit_of_the_law_has_a_name_and_no_other() -> None:
    assert set(names.LIMITS) == limits()
    assert len(set(names.LIMITS.values())) == len(names.LIMITS)


def test_every_state_has_its_words_and_a_colour_of_the_style_sheet() -> None:
    assert set(names.STATES) == set(State)
    assert len({said for said, _ in names.STATES.values()}) == len(State), "the words alone tell states apart"
    colours = {colour for _, colour in names.STATES.values()}
    assert colours <= {"grey", "blue", "green", "teal", "purple", "magenta", "red", "orange", "yellow"}


def test_every_role_has_a_name() -> None:
    assert {names.role_words(role) for role in Role} == {
        "Caseworker", "Manager", "Service lead", "Auditor", "Administrator",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("educational_psychology", "Educational psychology"),
        ("health/slt", "Health: SLT"),
        ("health/paediatrics", "Health: Paediatrics"),
        ("social_care", "Social care"),
        ("youth_justice", "Youth justice"),
    ],
)
def test_a_service_is_named_in_words(code: str, said: str) -> None:
    assert names.service_words(code) == said


def test_what_has_no_name_yet_is_shown_in_plain_words() -> None:
    assert names.limit_words("reg99_new_duty") == "Reg99 new duty"
    assert names.fact_words("request_received") == "The request was received"
