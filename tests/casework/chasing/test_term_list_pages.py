"""A long term list is read a page at a time: only whoever is shown is looked up."""

from datetime import date

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.recording import record
from casework.term_children import Children, children_on
from casework.term_exports import names
from casework.term_lists import mark_sent
from casework.term_reviews import Span
from statute.notation import parse_fact
from tests.casework.chasing.council import ACTOR, Council, at

TODAY, FIRST = date(2026, 12, 7), date(2027, 1, 5)
SPRING = Span(FIRST, date(2026, 12, 21), date(2027, 4, 11))
# In the order of the list: by the day of the meeting, those of one day by name.
LAST_REVIEWS = {"A-1": "2026-01-20", "A-2": "2026-03-20", "A-3": "2026-03-20", "A-4": "2026-03-20", "A-5": "2026-04-01"}


@pytest.fixture
def spring(council: Council) -> Council:
    """Five reviews, three of them due on one day, and a sixth of a child whom only one officer may see."""
    council.terms(("2026-09-02", "2026-12-18"), ("2027-01-05", "2027-03-25"), ("2027-04-12", "2027-07-21"))
    made = "plan_made=2022-01-10"
    for ref, last in reversed(LAST_REVIEWS.items()):
        council.plan(ref, made, f"last_review={last}", now=at("2026-06-01"), armed=ref != "A-5")
    council.plan("A-6", made, "last_review=2026-03-20", now=at("2026-06-01"), restricted_to=["a.marsh"])
    return council


def listed(council: Council, page: int | None, *, urn: str | None = None, size: int = 2) -> Children:
    with Session(council.db) as session:
        return children_on(session, SPRING, urn, ACTOR, page=page, size=size)


@pytest.mark.parametrize("urn", [None, "117222"])
def test_the_pages_of_a_list_are_the_whole_list_in_its_order(spring: Council, urn: str | None) -> None:
    pages = [listed(spring, page, urn=urn) for page in (1, 2, 3, 4)]
    assert [len(page.shown) for page in pages] == [2, 2, 1, 0]
    shown = [child for page in pages for child in page.shown]
    assert [child.surname for child in shown] == [f"Surname-{ref}" for ref in LAST_REVIEWS]
    assert shown == list(listed(spring, None, urn=urn).shown)


@pytest.mark.parametrize("page", [1, 3, 4, None])
def test_each_page_counts_the_whole_list(spring: Council, page: int | None) -> None:
    found = listed(spring, page)
    assert (found.number, found.unarmed, found.restricted) == (5, 1, 1)


def test_a_page_of_a_list_says_whether_the_list_was_sent(spring: Council) -> None:
    assert names(spring.db, "health", ACTOR, TODAY, page=1).sent_on is None
    mark_sent(spring.db, "health", FIRST, TODAY, ACTOR, TODAY)
    found = names(spring.db, "health", ACTOR, TODAY, page=1)
    assert (found.sent_on, found.sent_by) == (TODAY, ACTOR.name)
    long_after = names(spring.db, "health", ACTOR, date(2027, 12, 1), FIRST, page=1)
    assert long_after.sent_on == TODAY


def test_a_list_with_nobody_on_it_still_tells_of_those_who_are_restricted(spring: Council) -> None:
    held = [parse_fact("review_meeting=2026-12-01")]
    for ref in LAST_REVIEWS:
        record(spring.db, f"{ref}/R1", held, ACTOR, at("2026-12-02"), confirm=True)
    found = names(spring.db, "117222", ACTOR, TODAY, page=1)
    assert (found.children, found.number, found.restricted, found.called) == ([], 0, 1, "Setting 117222")
    assert names(spring.db, "117222", Actor("j.okafor", "cli"), TODAY, page=1).restricted == 0
