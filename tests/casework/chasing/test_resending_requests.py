"""A whole request that nobody took goes once more by itself, when the directory is corrected."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.resending import CORRECTED
from records.tables import Body, Message
from tests.casework.chasing.council import ABOVE, OFFICE, OFFICER, PAEDS, REFUSED, Council, at
from tests.casework.chasing.test_asking_by_link import DECIDED, asked, decided

pytestmark = pytest.mark.usefixtures("by_link")

RIGHT, WORSE = "paediatrics@nhs.example", "paediatric@nhs.example"
NEXT = at("2026-10-01", "08:30")


@pytest.fixture
def case(council: Council) -> UUID:
    """A case whose health request was refused at every address."""
    case = decided(council)
    council.box.answers = dict.fromkeys((PAEDS, OFFICE, ABOVE, WORSE), REFUSED)
    council.urgent(case, DECIDED)
    council.round(NEXT)
    assert len(council.box.of(OFFICER)) == 1
    council.box.letters.clear()
    return case


def request(council: Council, case: UUID) -> Message:
    (message,) = [each for each in council.messages(case) if each.kind == "request"]
    return message


def test_it_goes_to_the_corrected_address_with_the_six_weeks_of_that_day(council: Council, case: UUID):
    council.change(Body, "paeds", email=RIGHT)
    later = NEXT + timedelta(days=5)
    council.round(later)
    assert council.box.to == [RIGHT]
    assert "Tuesday 17 November 2026" in council.box.of(RIGHT)[0].text
    assert asked(council, case) == [("advice_requested", "2026-10-06", "engine")]
    assert (request(council, case).status, request(council, case).recipient) == ("sent", RIGHT)


def test_why_it_waits_is_said(council: Council, case: UUID):
    council.change(Body, "paeds", email=RIGHT)
    council.wake(case, NEXT)
    assert (request(council, case).status, request(council, case).reason) == ("queued", CORRECTED)


def test_addresses_that_were_tried_are_not_tried_again(council: Council, case: UUID):
    for hours in (1, 2):
        council.round(NEXT + timedelta(hours=hours))
    assert [each for each in council.box.to if each != OFFICER] == []
    assert request(council, case).status == "failed"


def test_a_correction_that_is_wrong_as_well_is_told_again_and_corrected_again(council: Council, case: UUID):
    council.change(Body, "paeds", email=WORSE)
    council.round(NEXT + timedelta(hours=1))
    council.round(NEXT + timedelta(days=1))
    assert council.box.to.count(WORSE) == 1
    assert len(council.box.of(OFFICER)) == 1, "a second word to the officer"
    council.change(Body, "paeds", email=RIGHT)
    council.round(NEXT + timedelta(days=1, hours=1))
    assert RIGHT in council.box.to
    assert len(asked(council, case)) == 1


def test_what_the_officer_has_sent_meanwhile_is_not_sent_again(council: Council, case: UUID):
    council.say(case, NEXT, "advice_requested:health=2026-10-01")
    council.change(Body, "paeds", email=RIGHT)
    council.round(NEXT + timedelta(hours=1))
    assert RIGHT not in council.box.to
    with Session(council.db) as session:
        kept = session.exec(select(Message.status).where(Message.id == request(council, case).id)).one()
    assert kept == "failed"
