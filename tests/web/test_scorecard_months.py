"""Frozen months and figures from outside on the scorecard's pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from casework.actor import Actor
from casework.recording import record
from records.erasure import erase_texts
from records.tables import Process
from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import month_of
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import Frozen, frozen
from statute.notation import parse_fact
from tests.web.api.conftest import program
from tests.web.pages import page, words
from tests.web.site import NOW, Site

EAST = Actor("m.east", "web")
OCTOBER = date(2026, 10, 31)
MONTH = "/scorecard/months/2026-10"
FED = {
    "figure_of": "wait_autism",
    **{"first_day-day": "1", "first_day-month": "10", "first_day-year": "2026"},
    **{"last_day-day": "31", "last_day-month": "10", "last_day-year": "2026"},
    "value": "61.5",
    "owner": "Health board",
    "source": "Waiting list report",
}


@pytest.fixture
def here(site_of_the_file: Site) -> Iterator[Site]:
    freeze(site_of_the_file.db, OCTOBER, EAST, NOW)
    yield site_of_the_file


def told(site: Site) -> Frozen:
    found = frozen(site.db, OCTOBER)
    assert found
    return found


def row_of(tree: Any, name: str) -> list[str]:
    (row,) = [row for row in tree.iter("tr") if words(row[0]) == name]
    return [words(cell) for cell in row]


def test_a_frozen_month_says_what_was_told_and_that_it_is_intact(here: Site) -> None:
    assert "October 2026" in words(page(here.as_a("auditor").get("/scorecard/months")))
    tree = page(here.as_a("auditor").get(MONTH))
    assert "It says to the letter what it said then." in words(tree)
    issued = told(here).of("plans_issued")
    assert issued
    assert row_of(tree, "Plans issued")[1] == str(issued.numerator)
    assert row_of(tree, "Plans issued")[3] == "The same"
    assert row_of(tree, "Cases without an officer")[3] == "Not counted again"
    assert "was not frozen" not in words(page(here.as_a("auditor").get("/scorecard?month=2026-10")))


def test_a_later_correction_stands_beside_what_was_told(here: Site) -> None:
    before = told(here).of("plans_issued")
    found = behind(here.db, measure("plans_issued"), month_of(OCTOBER), EAST, Side.COUNTED).cases[-1]
    record(here.db, found.case_ref, [parse_fact("corrected:final_plan_sent=2026-11-02")], EAST, NOW, confirm=True)
    tree = page(here.as_a("auditor").get(MONTH))
    assert before
    assert row_of(tree, "Plans issued")[1] == str(before.numerator)
    assert row_of(tree, "Plans issued")[3] == f"Restated {(before.numerator or 0) - 1}"
    assert "Intact" in words(tree)
    measured = page(here.as_a("manager").get("/scorecard/measures/plans_issued?month=2026-10&again=yes"))
    assert "More is known now than when the month was frozen." in words(measured)


def test_the_cases_behind_what_was_told_are_found_while_their_records_live(here: Site) -> None:
    issued = told(here).of("plans_issued_ex")
    assert issued
    address, total = f"{MONTH}/cases?figure={issued.number}", issued.numerator or 0
    assert f"{total} cases can still be found. None is gone." in words(page(here.as_a("manager").get(address)))
    with Session(here.db) as session, session.begin():
        one = behind(here.db, measure("plans_issued_ex"), month_of(OCTOBER), EAST, Side.COUNTED).cases[0]
        process = session.get_one(Process, one.process_id)
        erase_texts(session, process.person_id)
    after = words(page(here.as_a("manager").get(address)))
    assert f"{total - 1} cases can still be found. 1 other cannot" in after
    assert one.case_ref not in after


def test_a_month_that_was_not_frozen_says_so(here: Site) -> None:
    assert "Nothing was frozen of this month." in words(page(here.as_a("auditor").get("/scorecard/months/2026-08")))
    assert "No such figure was frozen" in words(page(here.as_a("auditor").get(f"{MONTH}/cases?figure=9999")))


def test_a_month_that_was_frozen_late_says_so_and_when(here: Site) -> None:
    manager = here.as_a("manager")
    assert "That was late" not in words(page(manager.get(MONTH)))
    assert "frozen late" not in words(page(manager.get("/scorecard/months")))
    freeze(here.db, date(2026, 8, 31), EAST, NOW)
    assert "August 2026, frozen late, on" in words(page(manager.get("/scorecard/months")))
    assert "That was late: the figures are those known on that day" in words(
        page(manager.get("/scorecard/months/2026-08"))
    )
    told = program(here, "manager").get("/snapshots/2026-08").json()
    assert (told["late"], told["taken_at"][:10]) == (True, "2026-11-20")


def test_a_figure_from_outside_is_entered_shown_on_the_scorecard_and_withdrawn(here: Site) -> None:
    manager = here.as_a("manager")
    assert "Success" not in words(page(manager.get("/scorecard/fed")))
    listed = page(manager.follow(manager.post("/scorecard/fed", FED)))
    assert "The figure was entered." in words(listed)
    row = row_of(listed, measure("wait_autism").name)
    assert row[1:4] == ["1 Oct 2026 to 31 Oct 2026", "61.5 weeks", "Health board, Waiting list report"]
    assert row[5] == "Holds"
    shown = words(page(manager.get("/scorecard/measures/wait_autism?month=2026-10")))
    assert "61.5 weeks" in shown
    with here.db.connect() as connection:
        number = connection.execute(text("SELECT max(id) FROM fed_figure")).scalar_one()
    manager.follow(manager.post(f"/scorecard/fed/{number}/withdraw"))
    assert "Nothing entered" in words(page(manager.get("/scorecard/measures/wait_autism?month=2026-10")))
    again = page(manager.follow(manager.post(f"/scorecard/fed/{number}/withdraw")))
    assert "does not hold any more" in words(again)


def test_bad_figures_are_refused_beside_their_fields_and_nothing_typed_is_lost(here: Site) -> None:
    bad = {
        **FED,
        "figure_of": "attendance",
        "numerator": "12",
        "denominator": "10",
        "value": "",
        "owner": "",
        "last_day-year": "2027",
    }
    tree = page(here.as_a("manager").post("/scorecard/fed", bad), 422)
    assert "still to come" in words(tree)
    assert "Who answers for the figure must be said" in words(tree)
    values = {each.get("name"): each.get("value") for each in tree.iter("input") if each.get("type") == "text"}
    assert (values["numerator"], values["denominator"], values["last_day-year"]) == ("12", "10", "2027")
    more = page(here.as_a("manager").post("/scorecard/fed", {**bad, "last_day-year": "2026", "owner": "Me"}), 422)
    assert "12 are more than the 10 that they are of" in words(more)
    none = page(here.as_a("manager").post("/scorecard/fed", {"value": "many"}), 422)
    for said in ("Choose what the figure is of", "The first day must be given", "The value must be a number"):
        assert said in words(none)
    assert here.as_a("auditor").post("/scorecard/fed", FED).status_code == 403
