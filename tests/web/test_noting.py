"""What is said of a measure: as long in every way in, and never lost when two people say something at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from scorecard.measures import measure
from scorecard.notes import Action, Note, NotedSince, change_note, notes, write_note
from scorecard.noting import NARRATIVE_LONGEST, OWNER_LONGEST, NotNoted, noted
from tests.casework.support import Council, council_of
from tests.support.database import Database
from tests.web.api.conftest import program
from tests.web.pages import page, words
from tests.web.site import NOW, Site

EAST, WEST = Actor("m.east", "web"), Actor("m.west", "web")
OCTOBER = date(2026, 10, 31)
ISSUED = measure("plans_issued")
NOTE = "/scorecard/measures/plans_issued/note"


@pytest.fixture
def house(database: Database, tmp_path: Any) -> Council:
    return council_of(database.engine, tmp_path)


def held(house: Council, month: date = OCTOBER) -> Note:
    with house.db.connect() as connection:
        return notes(connection, month).of(ISSUED)


def number_of(house: Council) -> int:
    return house.row("SELECT count(*) AS number FROM measure_note")["number"]


def test_of_many_who_each_say_one_thing_at_once_nothing_is_lost(house: Council) -> None:
    said: list[dict[str, Any]] = [
        {"owner": "Head of SEND"}, {"target": Decimal(62)}, {"action": Action.SOME}, {"narrative": "Two posts filled."}
    ]  # fmt: skip
    together = Barrier(len(said))

    def say(one: dict[str, Any]) -> None:
        together.wait(20)
        change_note(house.db, ISSUED.id, OCTOBER, lambda held: noted(held, ISSUED, OCTOBER, **one), EAST, NOW)

    with ThreadPoolExecutor(len(said)) as pool:
        assert list(pool.map(say, said)) == [None] * len(said)
    assert held(house).said == ("Two posts filled.", "Head of SEND", Decimal(62), Action.SOME)
    assert number_of(house) == len(said)


def test_who_says_the_same_at_once_says_it_once(house: Council) -> None:
    together = Barrier(4)

    def say(by: Actor) -> None:
        together.wait(20)
        write_note(house.db, Note(ISSUED.id, OCTOBER, "Two posts filled."), by, NOW, seen=0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, [EAST, WEST, EAST, WEST]))
    assert number_of(house) == 1


def test_what_somebody_else_said_meanwhile_is_not_written_over_unseen(house: Council) -> None:
    write_note(house.db, Note(ISSUED.id, OCTOBER, "Mine."), EAST, NOW, seen=0)
    with pytest.raises(NotedSince) as since:
        write_note(house.db, Note(ISSUED.id, OCTOBER, "Yours."), WEST, NOW, seen=0)
    assert (since.value.held.narrative, held(house).narrative) == ("Mine.", "Mine.")
    write_note(house.db, Note(ISSUED.id, OCTOBER, "Yours."), WEST, NOW, seen=since.value.held.number)
    assert (held(house).narrative, number_of(house)) == ("Yours.", 2)


def test_the_same_said_for_the_next_month_is_put_down_for_it(house: Council) -> None:
    november = date(2026, 11, 30)
    for month in (OCTOBER, november, november):
        write_note(house.db, Note(ISSUED.id, month, owner="Head of SEND"), EAST, NOW)
    write_note(house.db, Note(ISSUED.id, OCTOBER, owner="Somebody else"), EAST, NOW)
    assert (held(house, november).owner, number_of(house)) == ("Head of SEND", 3)


def test_a_page_shows_what_another_said_before_it_saves(site: Site) -> None:
    one, other = site.as_a("manager"), site.as_a("admin")
    forms = [page(each.get(f"{NOTE}?month=2026-10")) for each in (one, other)]
    seen = [{each.get("name"): each.get("value") for each in form.iter("input")}["seen"] for form in forms]
    assert one.post(NOTE, {"month": "2026-10", "narrative": "Two posts filled.", "seen": seen[0]}).status_code == 303
    mine = {"month": "2026-10", "narrative": "Three left.", "seen": seen[1]}
    tree = page(other.post(NOTE, mine), 422)
    assert "m.east noted since you opened this page: narrative “Two posts filled.”" in words(tree)
    assert "Three left." in words(tree)
    again = {each.get("name"): each.get("value") for each in tree.iter("input")}["seen"]
    assert other.post(NOTE, {**mine, "seen": again}).status_code == 303


LONG = [
    ("owner", "x" * (OWNER_LONGEST + 1), f"must be {OWNER_LONGEST} characters or fewer"),
    ("narrative", "x" * (NARRATIVE_LONGEST + 1), f"must be {NARRATIVE_LONGEST:,} characters or fewer"),
    ("target", "1000001", "must be a number from 0 to 1,000,000"),
    ("target", "62.555", "at most two decimals"),
    ("target", "-1", "must be a number from 0"),
]


@pytest.mark.parametrize(("field", "said", "why"), LONG)
def test_what_is_too_much_is_too_much_on_the_page_for_programs_and_at_the_command_line(
    looking: Site, field: str, said: str, why: str
) -> None:
    assert why in words(page(looking.as_a("manager").post(NOTE, {"month": "2026-10", field: said}), 422))
    value = float(said) if field == "target" else said
    refused = program(looking, "manager").post("/measures/plans_issued/notes", {"month": "2026-10", field: value})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    typed: dict[str, Any] = {field: Decimal(said) if field == "target" else said}
    with pytest.raises(NotNoted, match=why):
        noted(Note(ISSUED.id, OCTOBER), ISSUED, OCTOBER, **typed)


@pytest.mark.parametrize(("field", "longest"), [("owner", OWNER_LONGEST), ("narrative", NARRATIVE_LONGEST)])
def test_what_is_just_short_enough_is_taken_everywhere(site: Site, field: str, longest: int) -> None:
    said = "é" * longest
    assert site.as_a("manager").post(NOTE, {"month": "2026-10", field: said}).status_code == 303
    took = program(site, "manager").post("/measures/plans_issued/notes", {"month": "2026-10", field: f"a{said[1:]}"})
    assert took.status_code == 200
    with site.db.connect() as connection:
        kept = connection.execute(text(f"SELECT {field} FROM measure_note ORDER BY id")).scalars().all()
    assert [len(each) for each in kept] == [longest, longest]
