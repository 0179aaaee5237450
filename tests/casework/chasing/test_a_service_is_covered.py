"""While a service has cover its requests go to the stand-in's address, and to its own when that refuses."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.cover import SERVICE, add_cover
from tests.casework.chasing.council import ACTOR, ONLY_HEALTH, PAEDS, REFUSED, Council, at

COVER = "cover@nhs.example"


@pytest.fixture
def covered(council: Council) -> Council:
    with council.db.connect() as connection:
        asked = text("SELECT category || '/' || code FROM body WHERE email = :mail")
        service = connection.execute(asked, {"mail": PAEDS}).scalar_one()
    days = date(2026, 9, 28), date(2026, 10, 9)
    add_cover(council.db, service, COVER, *days, ACTOR, at("2026-09-21"), kind=SERVICE)
    return council


def asked(council: Council, day: str) -> set[str]:
    case = council.open()
    council.say(case, at(day, "12:00"), f"decision_to_assess={day};{ONLY_HEALTH}")
    council.wake(case, at(day, "12:00"))
    council.urgent(case, at(day, "12:00"))
    return set(council.box.to)


def test_the_stand_in_is_asked(covered: Council):
    assert COVER in asked(covered, "2026-09-30")
    assert PAEDS not in covered.box.to


def test_after_the_last_day_the_service_is_asked_itself(covered: Council):
    assert PAEDS in asked(covered, "2026-10-12")
    assert COVER not in covered.box.to


def test_when_the_stand_in_refuses_the_service_is_asked_after_all(covered: Council):
    covered.box.answers[COVER] = REFUSED
    assert {COVER, PAEDS} <= asked(covered, "2026-09-30")
