"""The moment of sending: the ledger, the directories and the case's people are looked at again."""

import pytest
from sqlmodel import Session

from records.tables import Body, Person, Process
from tests.casework.chasing.council import (
    MORNING,
    PAEDS,
    Council,
    at,
    chased,
)


@pytest.mark.parametrize(
    "facts",
    [
        ["advice_received:health=2026-11-11"],
        ["advice_expected:health=2026-11-11;by=2026-11-20"],
        ["mail_hold=2026-11-11;to=2026-11-20"],
        ["relief=2026-11-11;limit=reg8_advice;subject=health;ground=exceptional"],
        ["retracted:advice_requested:health=2026-09-30"],
    ],
)
def test_the_ledger_is_read_again_at_the_moment_of_sending(council: Council, facts: list[str]):
    (case,) = chased(council)
    council.say(case, MORNING, *facts)  # and no clock has woken since
    council.round(MORNING)
    assert PAEDS not in council.box.to


@pytest.mark.parametrize("end", ["died", "withdrawn", "moved_away", "attained_26", "final_plan_sent"])
def test_after_death_or_closure_nobody_gets_a_letter_but_the_instruction_to_stop(council: Council, end: str):
    (case,) = chased(council)
    council.say(case, MORNING, f"{end}=2026-11-11")
    assert council.round(MORNING).sent == 1
    (stop,) = council.box.letters
    assert stop.to == PAEDS
    assert "No more is needed" in stop.subject
    for word in ("died", "death", "withdrawn", "moved"):
        assert word not in stop.text.lower()
    council.wake(case, at("2026-11-25"))
    assert council.round(at("2026-11-25", "08:30")).sent == 0


def test_a_person_restricted_since_it_was_put_down_is_not_written_about_to_the_unnamed(council: Council):
    case = council.open()
    council.wake(case, at("2026-10-07"))
    with Session(council.db) as session, session.begin():
        person = session.get_one(Person, session.get_one(Process, case).person_id)
        person.sensitivity, person.restricted_to = "restricted", ["j.okafor"]
    council.round(at("2026-10-07", "08:30"))
    assert council.box.to == ["j.okafor@council.example"]


def test_an_address_corrected_since_is_the_one_that_is_used(council: Council):
    chased(council)
    council.change(Body, "paeds", email="new.desk@nhs.example")
    council.round(MORNING)
    assert council.box.to == ["new.desk@nhs.example"]
