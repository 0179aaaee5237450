"""Cover that is taken back: what was sent to a stand-in's address meanwhile opens nothing any more."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.cover import SERVICE, add_cover
from casework.cover_ends import end_cover
from records.tables import Cover, SecureLink
from tests.casework.chasing.council import ACTOR, OFFICE, ONLY_HEALTH, PAEDS, VIEWS, Council, at
from tests.casework.chasing.test_asking_by_link import DECIDED, complete, request_of

pytestmark = pytest.mark.usefixtures("by_link")

WRONG = "wrong.address@elsewhere.example"
NOTED, LATER = at("2026-09-30", "08:00"), at("2026-10-01", "08:00")


def covered(council: Council, stand_in: str) -> tuple[Cover, UUID]:
    """Health's cover, and a case whose request went to the stand-in."""
    days = date(2026, 9, 30), date(2026, 10, 9)
    cover = add_cover(council.db, "health/paeds", stand_in, *days, ACTOR, NOTED, kind=SERVICE)
    case = council.open()
    complete(council, case)
    council.say(case, DECIDED, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
    council.wake(case, DECIDED)
    council.urgent(case, DECIDED)
    assert stand_in.lower() in council.box.to
    return cover, case


def closed(council: Council, address: str) -> dict[str, bool]:
    """Whether each link of an address was closed, by what it opens."""
    with Session(council.db) as session:
        found = session.exec(select(SecureLink).where(SecureLink.recipient == address))
        return {each.kind: each.revoked_at is not None for each in found if each.kind in ("request", "notice")}


def test_what_was_sent_to_a_wrong_address_opens_nothing_once_the_cover_is_taken_back(council: Council):
    cover, _ = covered(council, "Wrong.Address@elsewhere.example")
    assert closed(council, WRONG)["request"] is False
    end_cover(council.db, cover.id, ACTOR, LATER)
    assert set(closed(council, WRONG).values()) == {True}


def test_an_address_of_the_service_itself_keeps_what_it_was_sent(council: Council):
    cover, _ = covered(council, OFFICE)
    end_cover(council.db, cover.id, ACTOR, LATER)
    assert closed(council, OFFICE)["request"] is False


def test_a_colleague_to_whom_the_request_was_passed_on_keeps_theirs(council: Council):
    cover, case = covered(council, WRONG)
    with Session(council.db) as session, session.begin():
        row = request_of(council, case)
        row.asked_of = WRONG
        session.add(session.merge(row))
    end_cover(council.db, cover.id, ACTOR, LATER)
    assert closed(council, WRONG)["request"] is False


def test_links_from_before_the_cover_stay_open(council: Council):
    covered(council, WRONG)
    days = date(2026, 10, 20), date(2026, 10, 23)
    again = add_cover(council.db, "health/paeds", WRONG, *days, ACTOR, LATER, kind=SERVICE)
    end_cover(council.db, again.id, ACTOR, LATER)
    assert closed(council, WRONG)["request"] is False
    assert closed(council, PAEDS) == {}
