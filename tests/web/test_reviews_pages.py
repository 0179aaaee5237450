"""Reviews to work through, as pages: piles, no meeting, progress, and term lists that are looked at, saved and sent."""

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.backlog import backlog, no_meeting
from casework.backlog_pages import backlog_page, no_meeting_page
from casework.backlog_queries import Whose
from casework.month_end import close_month
from casework.people import restrict
from casework.recording import record
from casework.term_lists import prepare_due
from statute.notation import parse_fact
from tests.web.pages import links, page, questions, rows, words
from tests.web.site import NOW, Site

EAST, TODAY = Actor("m.east", "web"), NOW.date()
AUTUMN = datetime(2026, 12, 18, 9, tzinfo=UTC)


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


def all_pages(site: Site, of: Any, **asked: Any) -> list[Any]:
    """The rows of every page of a list, one after the other."""
    found, number, more = list[Any](), 0, True
    while more:
        number += 1
        one = of(site.db, EAST, TODAY, page=number, **asked)
        found, more = [*found, *(row.item for row in one.rows)], one.more
    return found


@pytest.mark.parametrize("limit", ["reg20_decision", "reg22_final", "devon_final"])
def test_the_pages_of_the_backlog_are_the_backlog(looking: Site, limit: str) -> None:
    whole = list(backlog(looking.db, EAST, TODAY, limit=limit).items)
    assert all_pages(looking, backlog_page, limit=limit) == whole
    piles = backlog_page(looking.db, EAST, TODAY, limit=limit).piles
    assert piles == Counter(each.pile for each in whole)


def test_the_pages_of_reviews_without_a_meeting_are_that_list(looking: Site) -> None:
    assert all_pages(looking, no_meeting_page) == list(no_meeting(looking.db, EAST, TODAY).items)


@pytest.mark.parametrize("whose", [Whose(officer="a.marsh"), Whose(team="West"), Whose(setting="117222")])
def test_both_are_narrowed_alike(looking: Site, whose: Whose) -> None:
    assert all_pages(looking, backlog_page, whose=whose) == list(backlog(looking.db, EAST, TODAY, whose=whose).items)
    listed = list(no_meeting(looking.db, EAST, TODAY, whose=whose).items)
    assert all_pages(looking, no_meeting_page, whose=whose) == listed


@pytest.mark.parametrize(
    "facts",
    [
        ("retracted:review_report_received={report}",),
        ("corrected:review_report_received={report};recommends=amend",),
        ("corrected:review_report_received={report};changed_needs=yes",),
        ("decision_maintain=2026-11-20", "retracted:decision_maintain=2026-11-20"),
        ("review_report_received=2026-11-20;recommends=cease",),
    ],
)
def test_what_was_said_about_a_report_later_moves_a_review_to_its_pile(site: Site, facts: tuple[str, ...]) -> None:
    easy = backlog(site.db, EAST, TODAY, pile="maintain").items[0]
    for fact in facts:
        said = [parse_fact(fact.format(report=easy.report))]
        record(site.db, easy.case_ref, said, Actor("a.marsh", "web"), NOW, confirm=True)
    whole = list(backlog(site.db, EAST, TODAY).items)
    assert all_pages(site, backlog_page) == whole
    assert backlog_page(site.db, EAST, TODAY).piles == Counter(each.pile for each in whole)


def test_the_page_shows_what_cannot_wait_first(looking: Site) -> None:
    found = page(looking.as_a("caseworker").get("/reviews"))
    first = backlog(looking.db, EAST, TODAY).items[0]
    shown = rows(found)[0]
    assert shown[0].endswith(first.case_ref)
    assert shown[1].startswith("Cannot wait")
    assert len(rows(found)) == 50
    assert "/reviews?page=2" in links(found)


def test_a_pile_is_picked_out_with_its_number(looking: Site) -> None:
    found = page(looking.as_a("manager").get("/reviews?pile=maintain&team=East"))
    assert {row[1] for row in rows(found)} == {"To be maintained"}
    assert {row[6][-4:] for row in rows(found)} == {"East"}
    assert "/reviews?team=East" in links(found)  # the filter on the pile can be taken away


@pytest.mark.parametrize(
    "query",
    ["pile=nonsense", "limit=reg99", "page=0", "page=-1", "page=99999999999999999999", "officer=%C3%A9", "page=x"],
)
def test_an_address_that_means_nothing_shows_the_list(looking: Site, query: str) -> None:
    page(looking.as_a("manager").get(f"/reviews?{query}"))
    page(looking.as_a("manager").get(f"/reviews/no-meeting?{query}"))


@pytest.mark.parametrize("url", ["/reviews", "/reviews/no-meeting"])
def test_a_list_is_saved_whole(looking: Site, url: str) -> None:
    answer = looking.as_a("auditor").get(f"{url}.xlsx")
    (heading, *found) = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values)
    whole = (backlog if url == "/reviews" else no_meeting)(looking.db, EAST, TODAY).items
    assert heading[:3] == ("Review", "Name", "Plan")
    assert [row[0] for row in found] == [each.case_ref for each in whole]
    assert looking.as_a("auditor").get(f"{url}.csv").text.count("\r\n") == len(whole) + 1


def test_a_name_that_could_be_a_formula_is_none_in_a_file(site: Site) -> None:
    with site.db.begin() as connection:
        connection.execute(text("UPDATE person SET forename = '=1+1', surname = 'Formula'"))
    assert ",'=1+1 Formula," in site.as_a("manager").get("/reviews.csv").text


def test_a_restricted_child_is_on_no_list_but_that_of_those_named(site: Site) -> None:
    hidden = backlog(site.db, EAST, TODAY).items[0]
    restrict(site.db, hidden.case_ref, ["p.singh"], EAST)
    for url in ("/reviews", "/reviews.csv"):
        assert hidden.case_ref not in site.as_a("manager").get(url).text
        assert hidden.case_ref in site.signed_in("p.singh").get(url).text


def test_who_was_shown_is_put_down(site: Site) -> None:
    shown = rows(page(site.as_a("manager").get("/reviews?pile=urgent")))
    site.as_a("manager").get("/reviews.csv?pile=urgent")
    seen = ask(site, "SELECT what, cardinality(processes) AS n FROM read_log ORDER BY id DESC LIMIT 2")
    assert [(each.what, each.n) for each in seen] == [("reviews.csv", len(shown)), ("reviews", len(shown))]


def test_progress_tells_of_the_year_and_of_months_that_ended(site: Site) -> None:
    close_month(site.db, datetime(2026, 11, 1, 3, tzinfo=UTC))
    found = page(site.as_a("manager").get("/reviews/progress"))
    assert "88% of the year has gone, and 62% of its reviews are complete." in words(found)
    assert rows(found)[0][0] == "31 Oct 2026"
    assert "2025, as it stands" in words(page(site.as_a("manager").get("/reviews/progress?year=2025&team=East")))


def prepared(site: Site) -> Site:
    """The site some weeks before the spring term, with its lists prepared."""
    site.now = AUTUMN
    prepare_due(site.db, AUTUMN)
    assert ask(site, "SELECT count(*) FROM term_list")[0][0] > 0
    return site


@pytest.fixture(scope="module")
def before_term(site_of_the_file: Site) -> Site:
    """For tests that send no list."""
    return prepared(site_of_the_file)


def one_list(site: Site) -> Any:
    return ask(
        site,
        "SELECT recipient, term_start, count FROM term_list WHERE recipient ~ '^[0-9]' AND count > 0 "
        "ORDER BY count DESC, recipient LIMIT 1",
    )[0]


def test_the_lists_of_the_next_term_are_shown_with_their_state(before_term: Site) -> None:
    found = page(before_term.as_a("caseworker").get("/reviews/term-lists"))
    assert {row[4] for row in rows(found)} <= {"Ready", "Overdue"}
    assert "Health" in [row[0] for row in rows(found)]


def test_a_list_names_its_children_and_is_saved_as_it_is_sent(before_term: Site) -> None:
    wanted = one_list(before_term)
    url = f"/reviews/term-lists/{wanted.recipient}"
    browser = before_term.as_a("caseworker")
    found = page(browser.get(f"{url}?term={wanted.term_start}"))
    assert len(rows(found)) == wanted.count
    saved = browser.get(f"{url}/file.csv?term={wanted.term_start}").text.split("\r\n")
    assert saved[0].startswith("\ufeffReference,Surname,Forename,Date of birth")
    assert len(saved) - 2 == wanted.count
    seen = ask(before_term, "SELECT what, cardinality(processes) AS n FROM read_log ORDER BY id DESC LIMIT 1")[0]
    assert (seen.what, seen.n) == (f"term list {wanted.recipient}.csv", wanted.count)


def test_a_list_is_recorded_as_sent(site: Site) -> None:
    wanted = one_list(prepared(site))
    browser = site.as_a("caseworker")
    day = {"term": wanted.term_start.isoformat(), "on-day": "17", "on-month": "12", "on-year": "2026"}
    said = browser.follow(browser.post(f"/reviews/term-lists/{wanted.recipient}", day))
    assert "recorded as sent on Thursday 17 December 2026" in words(page(said))
    sent = ask(site, "SELECT sent_on, sent_by FROM term_list WHERE recipient = :r", r=wanted.recipient)
    assert [str(value) for value in sent[0]] == ["2026-12-17", "a.marsh"]


def test_a_list_cannot_be_sent_tomorrow(before_term: Site) -> None:
    wanted = one_list(before_term)
    day = {"term": wanted.term_start.isoformat(), "on-day": "19", "on-month": "12", "on-year": "2026"}
    found = page(before_term.as_a("caseworker").post(f"/reviews/term-lists/{wanted.recipient}", day), 422)
    assert "still to come" in words(found)


def test_an_auditor_records_nothing_as_sent(before_term: Site) -> None:
    wanted = one_list(before_term)
    url = f"/reviews/term-lists/{wanted.recipient}"
    assert page(before_term.as_a("auditor").get(url)).findall(".//main//form") == []
    assert before_term.as_a("auditor").post(url, {"term": str(wanted.term_start)}).status_code == 403


@pytest.mark.parametrize("recipient", ["nobody'", "%01", "a" * 40])
def test_a_list_for_nobody_is_no_page(looking: Site, recipient: str) -> None:
    assert looking.as_a("manager").get(f"/reviews/term-lists/{recipient}").status_code == 404


def test_a_setting_that_is_unknown_is_said_to_be(before_term: Site) -> None:
    found = page(before_term.as_a("manager").get("/reviews/term-lists/999999"), 422)
    assert "is not in the directory of settings" in words(found)


@pytest.mark.parametrize(
    ("few", "many"),
    [
        ("/reviews?pile=urgent", "/reviews"),
        ("/reviews/no-meeting?officer=t.brook", "/reviews/no-meeting"),
        ("/reviews/progress?officer=t.brook", "/reviews/progress"),
        ("/reviews/term-lists/{recipient}", "/reviews/term-lists/health"),
    ],
)
def test_the_pages_ask_as_often_for_many_as_for_few(before_term: Site, few: str, many: str) -> None:
    asked: list[int] = []
    browser = before_term.as_a("manager")
    browser.get("/reviews")
    for url in (few.format(recipient=one_list(before_term).recipient), many):
        with questions(before_term.db) as statements:
            page(browser.get(url))
        # What was touched by a correction is asked for, if there is any: one question more.
        asked.append(len([each for each in statements if "read_log" not in each]))
    assert abs(asked[0] - asked[1]) <= 1, asked
    assert max(asked) <= 16, asked
