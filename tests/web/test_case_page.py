"""The pages of one case: what they show, to whom, at what cost, and that each case of the demonstration has one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import html5lib
import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from casework.actor import Actor
from casework.recording import record
from records.tables import Assignment, ContactNote
from statute.notation import parse_fact
from tests.web.site import Browser, Site

PAGES = ("", "/chronology", "/messages", "/notices")
MOST_QUESTIONS = 24
"""Of one page, signing in and the note of who read it included."""


@contextmanager
def counted(db: Engine) -> Iterator[list[str]]:
    """The questions that are put to the database inside."""
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db, "before_cursor_execute", note)


def one(site: Site, question: str, **bound: object) -> str:
    with site.db.connect() as connection:
        return connection.execute(text(question), bound).scalar_one()


def mail_ref(site: Site, case_ref: str) -> str:
    return one(site, "SELECT mail_ref FROM process WHERE case_ref = :ref", ref=case_ref)


def refs(site: Site, kind: str) -> list[str]:
    question = (
        "SELECT p.mail_ref FROM process p JOIN person n ON n.id = p.person_id "
        "WHERE p.kind = :kind AND n.sensitivity = 'ordinary' ORDER BY p.case_ref"
    )
    with site.db.connect() as connection:
        return list(connection.execute(text(question), {"kind": kind}).scalars())


def url_of(site: Site, case_ref: str = "BAD-06") -> str:
    return f"/cases/{mail_ref(site, case_ref)}"


def restrict(site: Site, ref: str, *named: str) -> None:
    with site.db.begin() as connection:
        connection.execute(
            text(
                "UPDATE person SET sensitivity = 'restricted', restricted_to = :named "
                "WHERE id = (SELECT person_id FROM process WHERE mail_ref = :ref)"
            ),
            {"ref": ref, "named": list(named)},
        )


def said(site: Site, case_ref: str, *facts: str) -> None:
    record(site.db, case_ref, [parse_fact(each) for each in facts], Actor("a.marsh", "web"), site.now, confirm=True)


@pytest.mark.parametrize("kind", ["assessment", "annual-review"])
def test_cases_of_the_demonstration_have_their_page(looking: Site, kind: str) -> None:
    found = refs(looking, kind)
    browser = looking.as_a("caseworker")
    for ref in found[::6]:  # the pictures of all are drawn by another test
        answer = browser.get(f"/cases/{ref}")
        assert answer.status_code == 200, ref
        assert answer.text.count("<svg") == 2, ref


@pytest.mark.parametrize("page", [*PAGES, "/why?limit={limit}", "?as_of=2026-10-01"])
def test_the_pages_of_a_case_are_html_that_a_strict_parser_takes(looking: Site, page: str) -> None:
    browser = looking.as_a("manager")
    for kind, limit in (("assessment", "reg13_final_plan"), ("annual-review", "s44_review")):
        for ref in refs(looking, kind)[::90]:
            answer = browser.get(f"/cases/{ref}{page.format(limit=limit)}")
            assert answer.status_code == 200, (ref, page)
            html5lib.HTMLParser(strict=True).parse(answer.text)


def test_a_page_says_nothing_in_style_attributes(looking: Site) -> None:
    assert " style=" not in looking.as_a("auditor").get(url_of(looking)).text


@pytest.mark.parametrize("page", PAGES)
def test_a_councils_own_reference_leads_to_the_address_without_it(looking: Site, page: str) -> None:
    answer = looking.as_a("caseworker").get(f"/cases/bad-06{page}?show=facts")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{url_of(looking)}{page}?show=facts"


@pytest.mark.parametrize("page", [*PAGES, "/why?limit=reg5_decide"])
def test_a_service_lead_sees_no_case(looking: Site, page: str) -> None:
    assert looking.as_a("service_lead").get(f"{url_of(looking)}{page}").status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "/why?limit=reg5_decide"])
def test_a_restricted_case_is_there_for_those_named_alone(site: Site, page: str) -> None:
    ref = mail_ref(site, "BAD-06")
    restrict(site, ref, "a.marsh")
    unknown = site.as_a("manager").get("/cases/ZZZ-9999")
    refused = site.as_a("manager").get(f"/cases/{ref}{page}")
    assert refused.status_code == unknown.status_code == 404
    assert refused.text.replace(ref, "ZZZ-9999").count("Case not found") == unknown.text.count("Case not found")
    assert "Lewis" not in refused.text
    assert site.as_a("caseworker").get(f"/cases/{ref}{page}").status_code == 200


def test_who_read_which_case_is_put_down(site: Site) -> None:
    site.as_a("auditor").get(url_of(site))
    with site.db.connect() as connection:
        row = connection.execute(text("SELECT username, what, processes FROM read_log ORDER BY id DESC LIMIT 1")).one()
    process = one(site, "SELECT id FROM process WHERE case_ref = 'BAD-06'")
    assert (row.username, row.what, row.processes) == ("a.audit", "case", [process])


def test_an_auditor_is_offered_nothing_to_write(looking: Site) -> None:
    page = looking.as_a("auditor").get(url_of(looking)).text
    assert "Record what happened" not in page
    assert "/record" not in page
    assert "Record what happened" in looking.as_a("caseworker").get(url_of(looking)).text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_puts_no_more_questions_however_much_there_is_of_a_case(site: Site, page: str) -> None:
    browser, url = site.as_a("caseworker"), url_of(site)
    browser.get(url)
    with counted(site.db) as before:
        browser.get(f"{url}{page}")
    process = UUID(str(one(site, "SELECT id FROM process WHERE case_ref = 'BAD-06'")))
    _fill(site, process)
    with counted(site.db) as after:
        browser.get(f"{url}{page}")
    assert len(after) == len(before) <= MOST_QUESTIONS


def _fill(site: Site, process: UUID) -> None:
    said(site, "BAD-06", *(f"advice_expected:health=2026-11-{day:02};by=2026-12-{day:02}" for day in range(10, 20)))
    with Session(site.db) as session, session.begin():
        for number in range(30):
            note = {"process_id": process, "authority": "000", "recorded_at": site.now, "recorded_by": "a.marsh"}
            session.add(ContactNote(**note, day=site.now.date(), way="phone", with_whom="parent", text=str(number)))
        other = {"process_id": process, "authority": "000", "at": site.now, "given_by": "m.east"}
        session.add_all(Assignment(**other, officer="a.marsh") for _ in range(30))


def test_a_norm_of_the_authority_that_has_gone_by_is_not_on_time(looking: Site) -> None:
    browser, url = looking.as_a("caseworker"), url_of(looking, "EHC-2026-0162")
    assert "41 days past our norm" in browser.get(url).text
    on_its_day = browser.get(f"{url}?as_of=2026-10-10").text
    assert "our norm 10 Oct 2026" in on_its_day
    assert "past our norm" not in on_its_day


def test_what_was_recorded_shows_on_the_page(site: Site) -> None:
    said(site, "BAD-06", "advice_expected:health=2026-11-19;by=2026-12-04", "mail_hold=2026-11-19")
    page = site.as_a("caseworker").get(url_of(site)).text
    assert "promised by 4 Dec 2026" in page
    assert "Letters are held back until further notice." in page
    assert "Last entry: Letters were put on hold" in page


def test_a_relief_shows_with_its_ground_and_lifts_the_picture_too(site: Site) -> None:
    said(site, "BAD-06", "relief=2026-11-19;limit=reg13_final_plan;ground=personal;from=2026-09-01;to=2026-10-01")
    page = site.as_a("caseworker").get(url_of(site)).text
    assert "Exceptional personal circumstances" in page
    assert "An exception lifts the 20 weeks" in page
    assert "It is not recorded that the family was told." in page


def test_the_last_contact_is_named(site: Site) -> None:
    process = UUID(str(one(site, "SELECT id FROM process WHERE case_ref = 'BAD-06'")))
    _fill(site, process)
    page = site.as_a("manager").get(url_of(site)).text
    assert "Phone call with parent on Friday 20 November 2026, by A. Marsh. 30 contacts in all." in page


def test_what_goes_next_is_told_before_it_goes(looking: Site) -> None:
    page = looking.as_a("caseworker").get(url_of(looking)).text
    assert "Reminder that an answer is due (Educational psychology, Health and Social care)" in page


def test_a_quiet_case_says_so(site: Site) -> None:
    with site.db.begin() as connection:
        connection.execute(text("UPDATE process SET armed_from = NULL WHERE case_ref = 'BAD-06'"))
    page = site.as_a("caseworker").get(url_of(site)).text
    assert "Quiet: no letters go" in page
    assert "None: this case is quiet until somebody lets its letters go." in page


def test_why_a_day_is_what_it_is_names_the_rule_and_its_source(looking: Site) -> None:
    page = looking.as_a("auditor").get(f"{url_of(looking)}/why?limit=reg13_final_plan").text
    assert "Within 20 weeks of that day" in page
    assert "Friday 1 January 2027" in page
    assert "bank holiday" in page
    assert 'href="https://www.legislation.gov.uk/uksi/2014/1530/regulation/13"' in page


def test_why_asks_for_a_limit_that_the_case_has(looking: Site) -> None:
    browser = looking.as_a("auditor")
    assert browser.get(f"{url_of(looking)}/why?limit=reg99").status_code == 422
    assert browser.get(f"{url_of(looking)}/why").status_code == 404


def looked_back(browser: Browser, url: str, **typed: str) -> str:
    fields = {f"on-{name}": value for name, value in typed.items() if name != "how"}
    answer = browser.get(url, params={**fields, "how": typed.get("how", "known_on")})
    return browser.follow(answer).text if answer.status_code == 303 else answer.text


def test_a_case_can_be_seen_as_of_a_day_and_as_it_was_known_on_one(site: Site) -> None:
    url = url_of(site)
    site.now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    said(site, "BAD-06", "advice_received:health=2026-11-10")
    browser = site.as_a("caseworker")
    then = looked_back(browser, url, day="20", month="11", year="2026")
    assert "as it was known at the end of Friday 20 November 2026" in then
    assert "3 are late: health" in then
    by_now = looked_back(browser, url, day="20", month="11", year="2026", how="as_of")
    assert "by what is known today" in by_now
    assert "2 are late: educational psychology and social care" in by_now


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"day": "31", "month": "2", "year": "2026"}, "The day to look back to must be a real date"),
        ({"day": "", "month": "", "year": ""}, "The day to look back to must be given"),
        ({"day": "1", "month": "12", "year": "2026"}, "The day to look back to must be today or in the past"),
    ],
)
def test_a_day_that_is_none_is_said_beside_its_field(looking: Site, typed: dict[str, str], fault: str) -> None:
    page = looked_back(looking.as_a("caseworker"), url_of(looking), **typed)
    assert page.count(fault) == 2
    assert f'value="{typed["month"]}"' in page or not typed["month"]


def test_a_day_in_the_address_is_read_strictly(looking: Site) -> None:
    browser = looking.as_a("caseworker")
    assert browser.get(f"{url_of(looking)}?as_of=yesterday").status_code == 422
    assert browser.get(f"{url_of(looking)}?known_on=2027-01-01").status_code == 422
    assert "Nothing of this case had been recorded" in browser.get(f"{url_of(looking)}?known_on=2026-01-01").text


def test_a_review_leads_to_the_assessment_and_the_other_reviews_of_the_child(looking: Site) -> None:
    ref = one(looking, "SELECT mail_ref FROM process WHERE case_ref LIKE '%/R2' ORDER BY case_ref LIMIT 1")
    page = looking.as_a("caseworker").get(f"/cases/{ref}").text
    # The heading of the section, and a way to the review before.
    assert "This child&#39;s cases and reviews" in page or "This child's cases and reviews" in page
    assert "Annual review 1 of plan" in page


def test_a_case_that_was_given_away_says_by_whom(site: Site) -> None:
    process = UUID(str(one(site, "SELECT id FROM process WHERE case_ref = 'BAD-06'")))
    with Session(site.db) as session, session.begin():
        session.add(
            Assignment(
                authority="000",
                process_id=process,
                was_officer="p.singh",
                officer="a.marsh",
                team="East",
                at=site.now,
                given_by="m.east",
            )
        )
    page = site.as_a("caseworker").get(f"{url_of(site)}/chronology").text
    assert "The case changed hands" in page
    assert "A. Marsh, East" in page
