"""Waking: what is put down, once only, whoever wakes however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.arming import All, Officer, One, arm
from casework.errors import Refused, UnknownCase
from records.tables import Body, Process
from tests.casework.chasing.council import ACTOR, EDUCATION_QUIET, VIEWS, Council, at


def test_a_decision_to_assess_announces_to_each_adviser_at_once(council: Council):
    case = council.open()
    now = at("2026-09-30", "19:40")
    council.say(case, now, f"decision_to_assess=2026-09-30;{EDUCATION_QUIET}", VIEWS)
    woken = council.wake(case, now)
    assert woken.urgent
    assert council.said(case, "queued") == [
        "announce educational_psychology now adviser queued",
        "announce health now adviser queued",
        "announce social_care now adviser queued",
    ]
    result = council.urgent(case, now)
    assert (result.sent, result.letters) == (3, 3)
    assert sorted(council.box.to) == ["dct@nhs.example", "eps@nhs.example", "paeds@nhs.example"]
    assert not council.wake(case, now).urgent


def test_a_rung_is_put_down_once_however_often_the_clock_wakes(council: Council):
    case = council.asked()
    for minutes in (0, 1, 300):
        council.wake(case, at("2026-11-11") + timedelta(minutes=minutes))
    chased = [m for m in council.messages(case) if m.kind == "chase" and m.rung == "0"]
    assert [m.status for m in chased] == ["queued"]


def test_ten_clocks_that_wake_together_put_it_down_once(council: Council):
    case = council.asked()
    with ThreadPoolExecutor(10) as clocks:
        list(clocks.map(lambda _: council.wake(case, at("2026-11-11")), range(10)))
    assert len({m.step_key for m in council.messages(case)}) == len(council.messages(case))
    assert council.said(case, "queued").count("chase health 0 adviser queued") == 1


def test_the_answer_says_when_to_wake_next_and_what_was_read(council: Council):
    case = council.asked()
    woken = council.wake(case, at("2026-11-04"))
    assert woken.next_wake is not None
    assert timedelta() <= woken.next_wake - at("2026-11-09", "07:00") <= timedelta(minutes=15)
    with Session(council.db) as session:
        process = session.get_one(Process, case)
        assert (process.next_wake, process.seen_version) == (woken.next_wake, woken.version)
    assert not woken.closed
    assert "reg8_advice health 2026-11-11" in woken.summary
    assert "Testing" not in woken.summary


def test_a_case_nobody_armed_says_nothing_and_plans_nothing(council: Council):
    case = council.asked()
    with Session(council.db) as session, session.begin():
        session.get_one(Process, case).armed_from = None
    before = len(council.messages(case))
    woken = council.wake(case, at("2026-11-11"))
    assert (woken.next_wake, woken.urgent, len(council.messages(case))) == (None, False, before)


def test_armed_in_the_middle_the_past_is_noted_as_skipped_and_only_the_future_is_sent(council: Council):
    case = council.asked()
    with Session(council.db) as session, session.begin():
        session.get_one(Process, case).armed_from = None
    now = at("2026-11-10", "12:00")
    assert arm(council.db, All(), ACTOR, now) == 1
    assert arm(council.db, All(), ACTOR, now) == 0
    council.wake(case, now)
    assert council.said(case, "queued") == []
    assert {m.reason for m in council.messages(case, "skipped")} >= {"before it was armed"}
    council.wake(case, at("2026-11-11"))
    assert "chase health 0 adviser queued" in council.said(case, "queued")


def test_arming_by_case_and_by_officer_finds_only_quiet_open_cases(council: Council):
    first, second, third = (council.open(name) for name in ("One", "Two", "Three"))
    with Session(council.db) as session, session.begin():
        for case in (first, second, third):
            session.get_one(Process, case).armed_from = None
        session.get_one(Process, second).officer = "j.okafor"
        reference = session.get_one(Process, first).mail_ref
    council.say(third, at("2026-09-10"), "withdrawn=2026-09-10")
    assert arm(council.db, One(reference), ACTOR, at("2026-09-11")) == 1
    assert arm(council.db, Officer("a.marsh"), ACTOR, at("2026-09-11")) == 0
    assert arm(council.db, Officer("j.okafor"), ACTOR, at("2026-09-11")) == 1
    with pytest.raises(Refused, match=r"Nobody has the username 'j\.nobody'"):
        arm(council.db, Officer("j.nobody"), ACTOR, at("2026-09-11"))
    with pytest.raises(UnknownCase):
        arm(council.db, One("EHC/1"), Actor("a.marsh", "cli"), at("2026-09-11"))


def test_advice_that_arrives_gives_up_what_was_waiting_to_chase_it(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-11"))
    council.say(case, at("2026-11-11", "08:00"), "advice_received:health=2026-11-11")
    council.wake(case, at("2026-11-11", "08:00"))
    (chase,) = (m for m in council.messages(case) if m.kind == "chase" and m.rung == "0")
    assert (chase.status, chase.reason) == ("skipped", "no longer true: advice_received")


def test_while_mail_is_on_hold_messages_are_held_and_afterwards_what_is_still_true_is_sent(council: Council):
    case = council.asked()
    council.say(case, at("2026-10-27"), "mail_hold=2026-10-27;to=2026-11-10;reason=bereavement")
    for day in ("2026-10-28", "2026-11-04", "2026-11-09"):
        council.wake(case, at(day))
    assert council.said(case, "queued") == []
    assert "chase health -2 adviser held" in council.said(case, "held")
    assert council.round(at("2026-11-09", "08:30")).sent == 0
    woken = council.wake(case, at("2026-11-10"))
    assert woken.next_wake is not None and woken.next_wake < at("2026-11-11", "07:16")
    council.wake(case, at("2026-11-11"))
    assert council.said(case, "queued") == ["chase health 0 adviser queued"]
    assert council.said(case, "held") == []


def test_an_adviser_without_an_address_gets_nothing_and_the_officer_is_told_once(council: Council):
    case = council.asked()
    council.change(Body, "paeds", email=None, fallback_email=None, manager_email=None)
    for day in ("2026-10-28", "2026-11-04"):
        council.wake(case, at(day))
    assert council.said(case, "queued") == ["no_address health once caseworker queued"]
    assert "chase health -7 adviser held" in council.said(case, "held")
    council.change(Body, "paeds", email="new@nhs.example")
    council.wake(case, at("2026-11-04", "12:00"))
    assert council.said(case, "queued") == ["chase health -7 adviser queued"]


def test_an_unassigned_case_is_told_to_the_manager_of_its_team(council: Council):
    case = council.open(officer="", team="East")
    council.wake(case, at("2026-09-30"))
    (warning,) = council.messages(case, "queued")
    assert (warning.role, warning.recipient) == ("caseworker", "m.east@council.example")


def test_a_case_of_nobody_and_no_team_is_told_to_the_head_of_service(council: Council):
    case = council.open(officer="", team="")
    council.wake(case, at("2026-09-30"))
    assert [m.recipient for m in council.messages(case, "queued")] == ["h.service@council.example"]


def test_mail_about_a_restricted_child_goes_only_to_staff_who_are_named(council: Council):
    case = council.open(officer="a.marsh", sensitivity="restricted", restricted_to=("a.marsh", "j.okafor"))
    council.wake(case, at("2026-10-07"))
    assert [(m.role, m.recipient) for m in council.messages(case, "queued")] == [
        ("caseworker", "a.marsh@council.example")
    ]
    assert [(m.role, m.recipient, m.reason) for m in council.messages(case, "held")] == [
        ("manager", None, "restricted: nobody who may be written to is named")
    ]


def test_what_would_climb_a_service_goes_to_named_staff_for_a_restricted_child(council: Council):
    case = council.asked(sensitivity="restricted", restricted_to=("a.marsh",))
    council.wake(case, at("2026-11-25"))
    told = {m.kind: m.recipient for m in council.messages(case, "queued") if m.subject == "health"}
    assert told == {"chase": "paeds@nhs.example", "escalate": "a.marsh@council.example"}


def test_after_the_end_only_those_who_may_be_working_are_told_to_stop(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-04"))
    council.say(case, at("2026-11-05"), "died=2026-11-05")
    woken = council.wake(case, at("2026-11-05"))
    assert (woken.closed, woken.outcome, woken.next_wake, woken.urgent) == (True, "died", None, True)
    assert council.said(case, "queued", "held") == ["stop health now adviser queued"]
    (stop,) = council.messages(case, "queued")
    assert stop.about == {}


def test_a_reopened_case_is_chased_again(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-05"), "withdrawn=2026-11-05")
    council.wake(case, at("2026-11-05"))
    council.urgent(case, at("2026-11-05"))
    council.say(case, at("2026-11-10"), "reopened=2026-11-10")
    council.wake(case, at("2026-11-11"))
    assert "chase health 0 adviser queued" in council.said(case, "queued")


def test_who_was_told_to_stop_is_told_once_to_go_on(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-04"))
    council.round(at("2026-11-04", "08:30"))
    council.say(case, at("2026-11-05"), "withdrawn=2026-11-05")
    council.wake(case, at("2026-11-05"))
    council.urgent(case, at("2026-11-05"))
    council.say(case, at("2026-11-06"), "reopened=2026-11-06")
    assert council.wake(case, at("2026-11-06")).urgent
    council.urgent(case, at("2026-11-06"))
    council.wake(case, at("2026-11-07"))
    assert [line for line in council.said(case) if line.startswith("resume")] == [
        "resume health resume@2026-11-06 adviser sent"
    ]
    assert "It goes on after all, and we still need health advice." in council.box.of("paeds@nhs.example")[-1].text


def test_nobody_is_told_to_go_on_who_was_never_told_to_stop(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-05"), "withdrawn=2026-11-05", "reopened=2026-11-05")
    council.wake(case, at("2026-11-05"))
    assert [line for line in council.said(case) if line.startswith(("resume", "stop"))] == []


def test_a_corrected_day_is_chased_anew_under_its_own_keys(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-11"))
    council.round(at("2026-11-11", "08:30"))
    council.say(case, at("2026-11-11"), "corrected:advice_requested:health=2026-10-07")
    council.wake(case, at("2026-11-11"))
    assert [(m.kind, m.rung, m.about["due"]) for m in council.messages(case, "queued")] == [
        ("chase", "-7", "2026-11-18")
    ]


def test_a_process_that_is_not_there_is_said_to_be_missing(council: Council):
    with pytest.raises(LookupError, match="there is no process"):
        council.wake(uuid4(), at("2026-11-11"))
