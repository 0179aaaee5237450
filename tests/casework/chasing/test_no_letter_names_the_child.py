"""A child whose every particular can be recognised, from the request to the end: no letter, to anybody, gives one away."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from post.letters import Letter
from records.tables import CasePapers
from tests.casework.chasing.council import OFFICE, PAEDS, REFUSED, VIEWS, Council, at
from tests.faults.child import NOTE, REQUEST, named_in

pytestmark = pytest.mark.usefixtures("by_link")

# Every kind of letter of an assessment that the engine writes by itself.
KINDS = {"notify", "announce", "request", "chase", "escalate", "danger", "warn", "breach", "papers", "views", "stop"}


def days_of(council: Council, case: UUID, first: str, last: str) -> None:
    """Every morning the clock wakes and a round goes."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        council.wake(case, at(day.isoformat()))
        council.urgent(case, at(day.isoformat(), "07:30"))
        council.round(at(day.isoformat(), "08:30"))
        day += timedelta(days=1)


def said_of(letter: Letter) -> str:
    return "\n".join((letter.subject, letter.text, letter.html, str(letter.headers), letter.message_id, letter.to))


def test_through_all_its_months_and_troubles(council: Council) -> None:
    case = council.open(**REQUEST)  # pyright: ignore[reportArgumentType]
    days_of(council, case, "2026-09-02", "2026-09-03")
    decided = at("2026-09-30", "12:00")
    council.say(case, decided, "decision_to_assess=2026-09-30;reuse=education,educational_psychology;reasons=" + NOTE)
    days_of(council, case, "2026-10-05", "2026-10-06")
    with Session(council.db) as session, session.begin():
        ready = at("2026-10-06", "09:00")
        session.add(CasePapers(authority="000", process_id=case, ready_at=ready, ready_by="a.marsh"))
    days_of(council, case, "2026-10-07", "2026-10-08")
    council.say(case, at("2026-11-10", "12:00"), "advice_part:health=2026-11-10;note=" + NOTE, VIEWS)
    days_of(council, case, "2026-11-18", "2026-11-18")
    council.say(case, at("2026-11-20", "12:00"), "advice_received:health=2026-11-20;note=" + NOTE)
    council.say(case, at("2026-11-20", "13:00"), "advice_insufficient:health=2026-11-20;note=" + NOTE)
    council.box.answers = {PAEDS: REFUSED, OFFICE: REFUSED}
    days_of(council, case, "2026-11-24", "2026-11-25")
    council.box.answers = {}
    days_of(council, case, "2026-12-01", "2026-12-02")
    days_of(council, case, "2027-01-20", "2027-01-22")
    council.say(case, at("2027-01-25", "12:00"), "withdrawn=2027-01-25;reasons=" + NOTE)
    days_of(council, case, "2027-01-25", "2027-01-26")
    council.say(case, at("2027-01-27", "12:00"), "reopened=2027-01-27;note=" + NOTE)
    days_of(council, case, "2027-01-28", "2027-01-28")

    assert {message.kind for message in council.messages(case, "sent")} >= KINDS | {"resume"}
    assert len(council.box.letters) > 40
    for letter in council.box.letters:
        assert named_in(said_of(letter)) == [], letter.text
