"""Post rounds: who gets which letter when, and what a round leaves behind."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from casework.locks import alone
from casework.policies import adopt
from casework.round import RoundResult
from records.tables import Digest, Officer, Person, Process, RoundLog
from tests.casework.chasing.council import (
    ACTOR,
    DUE,
    MORNING,
    OFFICER,
    PAEDS,
    Council,
    at,
    chased,
)


def test_several_cases_for_one_person_make_one_digest_a_day(council: Council):
    cases = chased(council, 3)
    assert council.round(MORNING) == RoundResult(sent=3, letters=1)
    (letter,) = council.box.letters
    assert letter.to == PAEDS
    with Session(council.db) as session:
        for case in cases:
            assert session.get_one(Process, case).mail_ref in letter.text
    late = council.asked("Late")
    council.wake(late, at(DUE, "10:00"))
    assert council.round(at(DUE, "11:00"), force=True).sent == 0
    assert council.round(at("2026-11-12", "08:30")).letters == 1


def test_a_letter_names_no_child(council: Council):
    chased(council)
    council.round(MORNING)
    (letter,) = council.box.letters
    with Session(council.db) as session:
        person = session.exec(select(Person).where(Person.surname == "Testing-0")).one()
        process = session.exec(select(Process)).one()
    whole = " ".join([letter.subject, letter.text, letter.html, *letter.headers.values(), letter.message_id])
    for private in (person.surname, person.forename, process.case_ref, str(process.id)):
        assert private not in whole


@pytest.mark.parametrize(
    "when",
    [at("2026-11-14", "08:30"), at("2026-11-11", "07:59"), at("2026-11-11", "18:00"), at("2026-12-25", "09:00")],
)
def test_nothing_leaves_on_free_days_or_outside_sociable_hours_unless_somebody_insists(
    council: Council, when: datetime
):
    case = council.asked()
    council.wake(case, when)
    assert council.round(when).sent == 0
    assert council.box.letters == []
    assert council.round(when, force=True).sent > 0


def test_two_rounds_never_run_together(council: Council):
    chased(council)
    with alone(council.db, "post round") as hold:
        assert hold.mine
        assert council.round(MORNING).busy
    assert council.round(MORNING).sent == 1


def test_every_round_leaves_its_figures(council: Council):
    chased(council)
    council.round(MORNING)
    with Session(council.db) as session:
        (log,) = session.exec(select(RoundLog)).all()
        assert (log.kind, log.sent, log.finished_at) == ("post", 1, MORNING)
        digests = session.exec(select(Digest).where(Digest.kind == "daily")).all()
        assert [(d.recipient, d.day.isoformat(), d.sent_at) for d in digests] == [(PAEDS, DUE, MORNING)]


def test_a_school_is_not_chased_in_the_holidays_even_by_a_message_that_was_waiting(council: Council):
    with Session(council.db) as session, session.begin():
        holiday = '[[school_holidays]]\nfrom = "2026-11-11"\nto = "2026-11-13"'
        adopt(session, holiday, ACTOR, at("2026-11-01"))
    case = council.open()
    council.say(case, at("2026-09-30"), "decision_to_assess=2026-09-30;already_asked=education")
    council.say(case, at("2026-09-30"), "advice_requested:education=2026-09-29")
    council.wake(case, at("2026-11-10"))
    waiting = [m for m in council.messages(case, "queued") if m.subject == "education" and m.role == "adviser"]
    assert [m.rung for m in waiting] == ["0"]
    council.round(at("2026-11-11", "08:30"))
    assert "senco@schools.example" not in council.box.to
    council.round(at("2026-11-16", "08:30"))
    assert council.box.to.count("senco@schools.example") == 1


def test_officer_and_manager_are_warned_and_the_day_after_told_of_the_breach(council: Council):
    case = council.open()
    council.wake(case, at("2026-10-14"))
    council.round(at("2026-10-14", "08:30"))
    assert council.box.to == [OFFICER, "m.east@council.example"]
    assert "is due by Wednesday 14 October 2026" in council.box.letters[0].text
    council.box.letters.clear()
    council.wake(case, at("2026-10-15"))
    council.round(at("2026-10-15", "08:30"))
    assert council.box.to == [OFFICER, "m.east@council.example"]
    assert "1 day late" in council.box.letters[0].text


def test_an_officer_without_address_is_answered_for_by_the_manager(council: Council):
    council.change(Officer, "a.marsh", email=None)
    case = council.open()
    council.wake(case, at("2026-10-14"))
    assert council.round(at("2026-10-14", "08:30")).letters == 1
    assert council.box.to == ["m.east@council.example"]


def test_a_late_piece_of_advice_climbs_to_lead_and_head_when_the_twenty_weeks_are_in_danger(council: Council):
    case = council.asked()
    council.wake(case, at("2027-01-06"))
    council.round(at("2027-01-06", "08:30"))
    (lead,) = council.box.of("dco@nhs.example")
    assert "20-week day at risk" in lead.text
    assert "Wednesday 20 January 2027" in lead.text
    assert "h.service@council.example" in council.box.to


def test_in_a_demonstration_the_rungs_of_the_day_are_due_from_midnight(
    council: Council, monkeypatch: pytest.MonkeyPatch
):
    case = council.asked()
    council.wake(case, at(DUE, "00:10"))
    assert council.said(case, "queued") == ["chase health -2 adviser queued"]
    monkeypatch.setenv("EHCP_DEMO", "true")
    council.wake(case, at(DUE, "00:10"))
    assert council.said(case, "queued") == ["chase health 0 adviser queued"]
