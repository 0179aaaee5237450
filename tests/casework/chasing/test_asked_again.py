"""How often a service was asked again, as the case says it: its first request is not one of those times."""

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.case_advice import Advice
from casework.case_page import case_page
from records.tables import Process
from tests.casework.chasing.council import MORNING, PAEDS, Council, chased
from tests.casework.chasing.test_asking_by_link import DECIDED, decided

pytestmark = pytest.mark.usefixtures("by_link")

MARSH = Actor("a.marsh", "web")


def health(council: Council, case: object) -> Advice:
    with Session(council.db) as session:
        reference = session.get_one(Process, case).mail_ref
    found = case_page(council.db, reference, MARSH, MORNING)
    return next(each for each in found.advice if each.subject == "health")


def test_the_first_request_is_not_asking_again(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    assert council.box.of(PAEDS)
    assert (health(council, case).chased, health(council, case).last_chaser) == (0, None)


def test_the_last_of_the_letters_that_asked_again_is_named(council: Council):
    (case,) = chased(council)
    council.round(MORNING)
    found = health(council, case)
    assert found.last_chaser is not None
    assert (found.chased, found.last_chaser.kind, found.last_chaser.role) == (1, "chase", "adviser")
