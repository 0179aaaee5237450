"""The pages of letters to a family: who gets them, a draft filled in, read, approved, dropped or posted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.people import restrict
from records.tables import Process
from tests.casework.families.home import BEFORE, OPENED, Home
from tests.support.database import Cluster
from tests.web.site import Browser, Site

POST = {"name": "Lee Testing", "preferred": "post", "address": "1 High Street\nAnytown\nAB1 2CD"}
FILLED = {
    "way": "email",
    "reason": "shortage",
    "target-day": "28",
    "target-month": "10",
    "target-year": "2026",
    "words": "We are sorry that it takes so long.",
}


@dataclass
class House:
    """A council for the file, its site, and a family in it for each test."""

    home: Home
    site: Site

    @property
    def desk(self) -> Browser:
        return self.site.as_a("caseworker")

    def late(self, *contacts: dict[str, Any], **person: object) -> "Case":
        case = self.home.late(f"Canary{self.home.count()}", *contacts, **person)
        return Case(case, f"/cases/{self.home.cases[case]}/letters", self.home)


@dataclass
class Case:
    """One late case with its letters."""

    id: UUID
    url: str
    home: Home

    def delay(self) -> str:
        return f"{self.url}/{self.home.delay(self.id)}"

    @property
    def stands(self) -> list[str]:
        return [row.status for row in self.home.letters(self.id) if row.kind == "delay"]


@pytest.fixture(scope="module")
def house(cluster: Cluster) -> Iterator[House]:
    made = cluster.create()
    home = Home(made.engine)
    home.furnish()
    home.staff()
    site = Site(made.engine)
    site.now = BEFORE + timedelta(hours=3)
    try:
        yield House(home, site)
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


def seen(page: str) -> dict[str, str]:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return {"seen": found.group(1)}


def test_a_draft_is_filled_in_read_and_approved(house: House) -> None:
    case, desk = house.late(), house.desk
    page = desk.get(case.url)
    assert "Waits for approval" in page.text
    assert "Kim Testing" in page.text
    letter = desk.get(case.delay())
    assert "[The reason is still to be chosen.]" in letter.text
    assert "What stands in brackets is still to be filled in above." in letter.text
    assert "Exactly as it goes today." not in letter.text
    letter = desk.follow(desk.post(case.delay(), FILLED))
    assert "We now aim to do it by Wednesday 28 October 2026." in letter.text
    assert "We are sorry that it takes so long." in letter.text
    assert "Exactly as it goes today." in letter.text
    done = desk.follow(desk.post(f"{case.delay()}/approve", seen(letter.text)))
    assert "The letter is approved." in done.text
    assert case.stands == ["approved"]


def test_what_was_not_read_is_not_approved(house: House) -> None:
    case, desk = house.late(), house.desk
    old = seen(desk.follow(desk.post(case.delay(), FILLED)).text)
    desk.post(case.delay(), {**FILLED, "words": "Other words."})
    answer = desk.post(f"{case.delay()}/approve", old)
    assert answer.status_code == 422
    assert "The letter has changed since you saw it" in answer.text
    assert case.stands == ["draft"]


def test_an_unfinished_letter_is_not_approved_and_nothing_typed_is_lost(house: House) -> None:
    case, desk = house.late(), house.desk
    answer = desk.post(f"{case.delay()}/approve", seen(desk.get(case.delay()).text))
    assert answer.status_code == 422
    assert "Choose the reason for the delay" in answer.text
    answer = desk.post(case.delay(), {**FILLED, "target-day": "1", "words": "Kept words"})
    assert answer.status_code == 422
    assert "The new target day must not have passed" in answer.text
    assert "Kept words" in answer.text


def test_the_childs_name_in_own_words_is_pointed_out_and_refused(house: House) -> None:
    case, desk = house.late(), house.desk
    answer = desk.post(case.delay(), {**FILLED, "words": "We know how ADA waits."})
    assert answer.status_code == 422
    assert "Take out “ADA”" in answer.text
    assert house.home.letters(case.id)[-1].words == ""


def test_a_letter_on_paper_is_printed_without_the_child_and_said_to_be_posted(house: House) -> None:
    case, desk = house.late(POST), house.desk
    letter = desk.follow(desk.post(case.delay(), {**FILLED, "way": "letter"}))
    desk.post(f"{case.delay()}/approve", seen(letter.text))
    assert "Approved: print and post it" in desk.get(case.url).text
    assert "Print it and post it" in desk.get("/work").text
    paper = desk.get(f"{case.delay()}/print").text
    assert "Lee Testing<br>1 High Street<br>Anytown<br>AB1 2CD" in paper
    assert "Canary" not in paper.partition("<main")[2]
    assert "Ada" not in paper.partition("<main")[2]
    day = {"posted-day": "8", "posted-month": "10", "posted-year": "2026"}
    assert desk.post(f"{case.delay()}/posted", day).status_code == 422
    done = desk.follow(desk.post(f"{case.delay()}/posted", {**day, "posted-day": "7"}))
    assert "on record as posted" in done.text
    assert case.stands == ["sent"]
    chronology = desk.get(case.url.replace("letters", "chronology")).text
    assert "Notice of delay sent." in chronology
    assert "New target day: Wednesday 28 October 2026." in chronology
    assert "told the family: 28 Oct" in desk.get(case.url.removesuffix("/letters")).text


def test_a_letter_is_dropped_with_a_reason(house: House) -> None:
    case, desk = house.late(), house.desk
    url = case.delay()
    assert "Say why the letter is not to be sent" in desk.post(f"{url}/drop").text
    assert "The letter is dropped." in desk.follow(desk.post(f"{url}/drop", {"why": "in_time"})).text
    assert "It will be done in time" in desk.get(case.url).text
    again = desk.follow(desk.post(f"{url}/approve", {"seen": "x"}))
    assert "It was dropped" in again.text
    assert case.stands == ["dropped"]


def test_nobody_is_approved_while_a_colleague_records_the_decision(house: House) -> None:
    case, desk = house.late(), house.desk
    letter = desk.follow(desk.post(case.delay(), FILLED))
    url = case.delay()
    house.home.say(case.id, house.site.now, "decision_to_assess=2026-10-07")
    done = desk.follow(desk.post(f"{url}/approve", seen(letter.text)))
    assert "It was dropped" in done.text
    assert case.stands == ["dropped"]


def test_two_who_approve_at_once_approve_one_letter(house: House) -> None:
    case, desk, manager = house.late(), house.desk, house.site.as_a("manager")
    page = desk.follow(desk.post(case.delay(), FILLED)).text
    url = case.delay()
    desk.post(f"{url}/approve", seen(page))
    assert "It was approved already, by a.marsh." in manager.follow(manager.post(f"{url}/approve", seen(page))).text


def test_who_gets_none_and_why_is_said_on_the_page(house: House) -> None:
    case = house.late(
        {},
        {"name": "Max Quiet", "do_not_contact": True},
        {"name": "Sam Unsaid", "preferred": "phone"},
        looked_after=True,
    )
    page = house.desk.get(case.url).text
    assert "Gets none: asked not to be contacted." in page
    assert "Nobody has said how they want to be written to" in page
    assert "the child is looked after" in page


def test_drafts_wait_among_the_work_of_their_officer_and_nobody_elses(house: House) -> None:
    case = house.late()
    mine = house.desk.get("/work").text
    assert case.delay() in mine
    assert "notice of delay" in mine
    assert case.delay() not in house.site.as_a("manager").get("/work").text


def test_auditors_read_and_change_nothing_and_nobody_else_sees_a_restricted_family(house: House) -> None:
    case, auditor = house.late(), house.site.as_a("auditor")
    page = auditor.get(case.delay())
    assert page.status_code == 200
    assert "Approve this letter" not in page.text
    assert auditor.post(f"{case.delay()}/drop", {"why": "in_time"}).status_code == 403
    restrict(house.home.db, house.home.cases[case.id], ["p.singh"], Actor("p.singh", "cli"))
    for url in (case.url, case.delay(), f"{case.delay()}/print"):
        assert house.desk.get(url).status_code == 404
    assert case.delay() not in house.desk.get("/work").text


def test_a_letter_of_another_case_opens_nothing(house: House) -> None:
    case, other = house.late(), house.late()
    url = f"{case.url}/{house.home.delay(other.id)}"
    desk = house.desk
    assert desk.get(url).status_code == 404
    assert desk.post(f"{url}/drop", {"why": "in_time"}).status_code == 404
    assert other.stands == ["draft"]


def test_looking_again_drafts_what_is_due_and_a_quiet_case_stays_quiet(house: House) -> None:
    case, desk = house.late(), house.desk
    with Session(house.home.db) as session, session.begin():
        session.get_one(Process, case.id).armed_from = None
    assert "This case is quiet" in desk.follow(desk.post(case.url)).text
    with Session(house.home.db) as session, session.begin():
        session.get_one(Process, case.id).armed_from = OPENED
    assert "The letters are up to date." in desk.follow(desk.post(case.url)).text
