"""The post round: who gets which letter when, what is looked at again first, and what a crash leaves behind."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from casework.locks import alone
from casework.policies import adopt
from casework.round import RoundResult
from post.letters import Letter
from records.tables import Body, DeliveryAttempt, Digest, Officer, Person, Process, RoundLog, Setting
from tests.casework.chasing.council import (
    ACTOR,
    BUSY,
    DUE,
    LOST,
    ONLY_HEALTH,
    REFUSED,
    Council,
    Killed,
    at,
)

PAEDS, OFFICE, ABOVE = "paeds@nhs.example", "paeds.office@nhs.example", "paeds.manager@nhs.example"
OFFICER = "a.marsh@council.example"
MORNING = at(DUE, "08:30")


def chased(council: Council, number: int = 1) -> list[UUID]:
    """So many cases whose health advice is due today, put down."""
    cases = [council.asked(f"Testing-{n}") for n in range(number)]
    for case in cases:
        council.wake(case, at(DUE))
    return cases


def attempts(db: Engine) -> list[str]:
    with Session(db) as session:
        rows = session.exec(select(DeliveryAttempt)).all()
        return [f"{row.recipient} {row.outcome}" for row in sorted(rows, key=lambda row: row.id or 0)]


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
def test_nothing_leaves_on_free_days_or_outside_sociable_hours_unless_somebody_insists(council: Council, when):
    case = council.asked()
    council.wake(case, when)
    assert council.round(when).sent == 0
    assert council.box.letters == []
    assert council.round(when, force=True).sent > 0


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
    assert council.round(MORNING).sent == 0
    council.wake(case, MORNING)
    assert council.urgent(case, MORNING).sent == 1
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


def test_a_refused_address_goes_to_the_fallback_contact_in_the_same_round(council: Council):
    (case,) = chased(council)
    council.box.answers = {PAEDS: REFUSED}
    assert council.round(MORNING) == RoundResult(sent=1, letters=1)
    assert council.box.to == [PAEDS, OFFICE]
    (message,) = council.messages(case, "sent")[-1:]
    assert (message.recipient, message.fallback) == (OFFICE, OFFICE)
    assert attempts(council.db)[-2:] == [f"{PAEDS} permanent", f"{OFFICE} accepted"]


def test_when_the_fallback_refuses_too_the_manager_gets_it(council: Council):
    chased(council)
    council.box.answers = {PAEDS: REFUSED, OFFICE: REFUSED}
    council.round(MORNING)
    assert council.box.to == [PAEDS, OFFICE, ABOVE]


def test_when_everybody_refuses_the_officer_is_told_the_same_day(council: Council):
    (case,) = chased(council)
    council.box.answers = dict.fromkeys((PAEDS, OFFICE, ABOVE), REFUSED)
    result = council.round(MORNING)
    assert (result.failed, result.sent) == (1, 1)
    assert council.box.to == [PAEDS, OFFICE, ABOVE, OFFICER]
    assert "not delivered" in council.box.letters[-1].text
    (failed,) = council.messages(case, "failed")
    assert failed.reason.startswith("refused: no such user")
    assert council.round(MORNING, force=True).sent == 0


def test_a_busy_server_is_asked_again_and_the_letter_keeps_its_name_that_day(council: Council):
    (case,) = chased(council)
    council.box.answers = {PAEDS: BUSY}
    first = council.round(MORNING)
    assert (first.sent, first.failed, first.left) == (0, 0, 1)
    assert council.round(MORNING + timedelta(minutes=29)).letters == 0
    council.box.answers = {}
    assert council.round(MORNING + timedelta(minutes=30)).sent == 1
    one, two = council.box.letters
    assert one.message_id == two.message_id
    assert council.said(case, "failed") == []
    assert attempts(council.db)[-2:] == [f"{PAEDS} temporary", f"{PAEDS} accepted"]


def test_after_three_days_of_later_the_letter_is_given_up_and_the_officer_told(council: Council):
    case = council.asked()
    council.wake(case, at("2026-10-28"))
    council.box.answers = {PAEDS: BUSY}
    for day in ("2026-10-28", "2026-10-29", "2026-10-30"):
        assert council.round(at(day, "08:30"), force=True).failed == 0
    result = council.round(at("2026-10-31", "08:30"), force=True)
    assert (result.failed, result.sent) == (1, 1)
    assert council.box.to == [PAEDS, PAEDS, PAEDS, PAEDS, OFFICER]
    (failed,) = council.messages(case, "failed")
    assert failed.reason == "given up after 4 attempts: greylisted"


def test_a_round_that_is_killed_before_the_letter_left_is_taken_over(council: Council):
    chased(council)

    def kill(_: Letter) -> None:
        raise Killed

    council.box.before = kill
    with pytest.raises(Killed):
        council.round(MORNING)
    assert [m.status for m in council.messages() if m.kind == "chase" and m.rung == "0"] == ["sending"]
    council.box.before = None
    assert council.round(at(DUE, "08:45")).sent == 1
    assert council.box.to == [PAEDS]
    assert council.round(at(DUE, "08:50")).sent == 0


def test_a_round_killed_between_the_servers_yes_and_our_note_repeats_one_letter_under_its_own_name(
    council: Council,
):
    chased(council, 2)

    def kill(_: Letter) -> None:
        raise Killed

    council.box.after = kill
    with pytest.raises(Killed):
        council.round(MORNING)
    council.box.after = None
    council.round(at("2026-11-12", "08:30"))
    one, two = council.box.of(PAEDS)
    assert one.message_id == two.message_id
    assert [tried for tried in attempts(council.db) if PAEDS in tried][-2:] == [
        f"{PAEDS} unknown",
        f"{PAEDS} accepted",
    ]
    assert council.round(at("2026-11-12", "08:40")).sent == 0


def test_a_connection_lost_after_the_letter_repeats_it_under_its_own_name(council: Council):
    chased(council)
    council.box.answers = {PAEDS: LOST}
    assert council.round(MORNING).sent == 0
    council.box.answers = {}
    assert council.round(at(DUE, "09:30")).sent == 1
    one, two = council.box.letters
    assert one.message_id == two.message_id


def test_while_a_letter_may_have_left_nothing_new_is_put_under_its_name(council: Council):
    chased(council)
    council.box.answers = {PAEDS: LOST}
    council.round(MORNING)
    late = council.asked("Late")
    council.wake(late, at(DUE, "08:40"))
    council.box.answers = {}
    council.round(at(DUE, "08:45"))
    assert council.box.letters == []  # asked() empties the box; the new one waits for the letter before it
    assert council.round(at(DUE, "09:30")).sent == 1
    assert council.round(at("2026-11-12", "08:30")).sent == 1


def test_a_courier_that_breaks_its_promise_does_not_end_the_round(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-25"))

    def break_down(letter: Letter) -> None:
        if letter.to == PAEDS:
            raise RuntimeError(letter.to)

    council.box.before = break_down
    council.round(at("2026-11-25", "08:30"))
    assert council.box.to == ["dco@nhs.example", ABOVE]
    assert f"{PAEDS} unknown" in attempts(council.db)


def test_two_rounds_never_run_together(council: Council):
    chased(council)
    with alone(council.db, "post round") as hold:
        assert hold.mine
        assert council.round(MORNING).busy
    assert council.round(MORNING).sent == 1


def test_a_round_that_lost_its_lock_with_the_database_stops_before_the_next_letter(council: Council):
    chased(council)

    def cut(_: Letter) -> None:  # Postgres was restarted: every session is gone, and the lock with it
        with psycopg.connect(council.driver_url) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")

    case = council.asked("Another")
    council.wake(case, at("2026-11-25"))
    council.box.after = cut
    with pytest.raises(OperationalError):
        council.round(at("2026-11-25", "08:30"))
    assert len(council.box.letters) == 1
    council.box.after = None
    council.round(at("2026-11-25", "08:40"))
    assert len(set(council.box.to)) == len(council.box.to) == 3


def test_an_announcement_goes_at_any_hour_and_is_noted_on_the_request(council: Council):
    case = council.open()
    sunday = at("2026-10-04", "22:00")
    council.say(case, sunday, "decision_to_assess=2026-10-04")
    council.wake(case, sunday)
    council.urgent(case, sunday)
    assert "senco@schools.example" in council.box.to
    assert council.urgent(case, sunday).sent == 0
    council.wake(case, at("2026-10-06"))
    papers = [m for m in council.messages(case, "queued") if m.kind == "papers"]
    assert len(papers) == 4


def test_an_announcement_that_could_not_go_is_taken_along_by_the_round(council: Council):
    case = council.open()
    now = at("2026-09-30", "19:40")
    council.say(case, now, "decision_to_assess=2026-09-30;reuse=education,educational_psychology,social_care")
    council.wake(case, now)
    council.box.answers = {PAEDS: BUSY}
    assert council.urgent(case, now).left == 1
    council.box.answers = {}
    assert council.round(at("2026-10-01", "08:30")).sent == 1


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


def test_every_round_leaves_its_figures(council: Council):
    chased(council)
    council.round(MORNING)
    with Session(council.db) as session:
        (log,) = session.exec(select(RoundLog)).all()
        assert (log.kind, log.sent, log.finished_at) == ("post", 1, MORNING)
        digests = session.exec(select(Digest).where(Digest.kind == "daily")).all()
        assert [(d.recipient, d.day.isoformat(), d.sent_at) for d in digests] == [(PAEDS, DUE, MORNING)]


def test_a_setting_without_an_address_writes_to_its_head(council: Council):
    council.change(Setting, "117222", email=None)
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, "decision_to_assess=2026-09-30")
    council.wake(case, now)
    council.urgent(case, now)
    assert "head@schools.example" in council.box.to


def test_in_a_demonstration_the_engine_records_that_the_papers_were_sent(
    council: Council, monkeypatch: pytest.MonkeyPatch
):
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}")
    council.wake(case, now)
    monkeypatch.setenv("EHCP_DEMO", "true")
    council.urgent(case, now)
    assert "reg8_advice health 2026-11-11" in council.wake(case, now).summary


def test_in_a_demonstration_the_rungs_of_the_day_are_due_from_midnight(
    council: Council, monkeypatch: pytest.MonkeyPatch
):
    case = council.asked()
    council.wake(case, at(DUE, "00:10"))
    assert council.said(case, "queued") == ["chase health -2 adviser queued"]
    monkeypatch.setenv("EHCP_DEMO", "true")
    council.wake(case, at(DUE, "00:10"))
    assert council.said(case, "queued") == ["chase health 0 adviser queued"]


def test_a_late_piece_of_advice_climbs_to_lead_and_head_when_the_twenty_weeks_are_in_danger(council: Council):
    case = council.asked()
    council.wake(case, at("2027-01-06"))
    council.round(at("2027-01-06", "08:30"))
    (lead,) = council.box.of("dco@nhs.example")
    assert "20-week day at risk" in lead.text
    assert "Wednesday 20 January 2027" in lead.text
    assert "h.service@council.example" in council.box.to


def test_an_announcement_names_the_law_that_binds_whom_it_is_sent_to(council: Council):
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, "decision_to_assess=2026-09-30")
    council.wake(case, now)
    council.urgent(case, now)
    (health,) = council.box.of(PAEDS)
    (school,) = council.box.of("senco@schools.example")
    assert "regulation 8(1)" in health.text
    assert "SEND code of practice" in school.text
