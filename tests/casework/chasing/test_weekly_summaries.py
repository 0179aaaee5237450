"""The weekly summary: once a week for each service with late advice."""

import pytest
from sqlmodel import Session

from post.letters import Letter
from records.tables import Body, Process
from tests.casework.chasing.council import ABOVE, BUSY, PAEDS, Council, Killed, at

LEAD = "dco@nhs.example"


def test_fourteen_days_late_the_service_manager_is_told_and_the_lead_weekly_in_one_letter(council: Council):
    cases = [council.asked(f"Testing-{n}") for n in range(12)]
    for case in cases:
        council.wake(case, at("2026-11-25"))
    council.round(at("2026-11-25", "08:30"))
    assert sorted(set(council.box.to)) == ["dco@nhs.example", ABOVE, PAEDS]
    assert len(council.box.letters) == 3
    (weekly,) = council.box.of("dco@nhs.example")
    assert "12 overdue" in weekly.subject
    assert "Not listed" in weekly.text
    assert "Community Paediatrics" in weekly.text
    council.box.letters.clear()
    council.round(at("2026-11-26", "08:30"))
    assert council.box.of("dco@nhs.example") == []
    council.round(at("2026-11-30", "08:30"))
    assert len(council.box.of("dco@nhs.example")) == 1


def test_a_weekly_summary_leaves_out_what_is_restricted_on_hold_or_no_longer_asked_for(council: Council):
    counted, held, without = (council.asked(name) for name in ("One", "Two", "Three"))
    council.asked("Four", sensitivity="restricted", restricted_to=("a.marsh",))
    council.say(held, at("2026-11-23"), "mail_hold=2026-11-23")
    council.say(without, at("2026-11-23"), "proceeding_without:health=2026-11-23")
    council.round(at("2026-11-23", "08:30"))
    (weekly,) = council.box.of("dco@nhs.example")
    with Session(council.db) as session:
        assert session.get_one(Process, counted).mail_ref in weekly.text
    assert "1 overdue" in weekly.subject


def test_a_summary_comes_once_a_week_however_many_rounds_there_are(council: Council):
    council.asked()
    for day in ("2026-11-16", "2026-11-16", "2026-11-17", "2026-11-20", "2026-11-21", "2026-11-22"):
        council.round(at(day, "08:30"), force=True)
    assert len(council.box.of(LEAD)) == 1
    council.round(at("2026-11-23", "08:30"))
    assert len(council.box.of(LEAD)) == 2


def test_a_first_round_of_the_week_that_dies_takes_no_summary_with_it(council: Council):
    council.asked()

    def kill(_: Letter) -> None:
        raise Killed

    council.box.before = kill
    with pytest.raises(Killed):
        council.round(at("2026-11-16", "08:30"))
    council.box.before = None
    council.round(at("2026-11-16", "08:40"))
    council.round(at("2026-11-16", "08:50"))
    assert len(council.box.of(LEAD)) == 1


def test_a_summary_that_was_put_off_tells_the_figures_of_the_day_it_goes(council: Council):
    first, _ = council.asked("One"), council.asked("Two")
    council.box.answers = {LEAD: BUSY}
    council.round(at("2026-11-16", "08:30"))
    council.say(first, at("2026-11-16", "12:00"), "died=2026-11-16")
    council.box.answers = {}
    council.box.letters.clear()
    council.round(at("2026-11-17", "08:30"))
    (weekly,) = council.box.of(LEAD)
    assert "1 overdue" in weekly.subject
    with Session(council.db) as session:
        assert session.get_one(Process, first).mail_ref not in weekly.text


def test_a_summary_that_was_put_off_goes_to_the_lead_of_the_day_or_not_at_all(council: Council):
    case = council.asked()
    council.box.answers = {LEAD: BUSY}
    council.round(at("2026-11-16", "08:30"))
    council.change(Body, "paeds", lead_email="new.lead@nhs.example")
    council.box.answers = {"new.lead@nhs.example": BUSY}
    council.round(at("2026-11-17", "08:30"))
    council.round(at("2026-11-17", "09:30"))
    assert "new.lead@nhs.example" in council.box.to
    council.say(case, at("2026-11-17", "12:00"), "advice_received:health=2026-11-17")
    council.box.answers = {}
    council.box.letters.clear()
    council.round(at("2026-11-18", "08:30"))
    assert council.box.letters == []
    (given_up,) = (m for m in council.messages() if m.kind == "weekly")
    assert (given_up.status, given_up.reason) == ("skipped", "no longer true")
