"""Never twice and never not at all: what was given up and is true again, and what lies behind what was said."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session

from casework.policies import adopt
from tests.casework.chasing.council import (
    ABOVE,
    ACCEPTED,
    ACTOR,
    DUE,
    LOST,
    MORNING,
    PAEDS,
    Council,
    LetterBox,
    at,
    chased,
)


def follow(council: Council, toml: str, day: str) -> None:
    with Session(council.db) as session, session.begin():
        adopt(session, toml, ACTOR, at(day))


def test_an_answer_recorded_in_error_and_retracted_is_chased_after_all(council: Council):
    (case,) = chased(council)
    council.say(case, at(DUE, "07:40"), "advice_received:health=2026-11-11")
    council.wake(case, at(DUE, "07:40"))
    assert council.said(case, "queued") == []
    council.say(case, at(DUE, "08:00"), "retracted:advice_received:health=2026-11-11")
    council.wake(case, at(DUE, "08:00"))
    assert council.round(MORNING).sent == 1
    assert council.box.to == [PAEDS]


def test_a_manager_who_was_about_to_be_told_is_told_when_the_promise_was_not_kept(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-25"))
    council.say(case, at("2026-11-25", "08:00"), "advice_expected:health=2026-11-25;by=2026-12-01")
    council.wake(case, at("2026-11-25", "08:00"))
    council.round(at("2026-11-25", "08:30"))
    assert ABOVE not in council.box.to
    council.wake(case, at("2026-12-02"))
    council.round(at("2026-12-02", "08:30"))
    assert council.box.to.count(ABOVE) == 1


def test_a_corrected_day_that_is_corrected_back_is_chased_for_the_right_day(council: Council):
    (case,) = chased(council)
    council.say(case, at(DUE, "07:30"), "corrected:advice_requested:health=2026-10-28")
    council.wake(case, at(DUE, "07:30"))
    council.say(case, at(DUE, "07:40"), "corrected:advice_requested:health=2026-09-30")
    council.wake(case, at(DUE, "07:40"))
    council.round(MORNING)
    (letter,) = council.box.of(PAEDS)
    assert "by Wednesday 11 November 2026. That is today." in letter.text


def test_what_may_have_left_is_not_said_again_though_it_is_true_again(council: Council):
    (case,) = chased(council)
    council.box.answers = {PAEDS: LOST}
    council.round(MORNING)
    council.box.answers = {}
    council.say(case, at(DUE, "09:00"), "advice_received:health=2026-11-11")
    council.wake(case, at(DUE, "09:00"))
    council.say(case, at(DUE, "09:10"), "retracted:advice_received:health=2026-11-11")
    council.wake(case, at(DUE, "09:10"))
    assert council.round(at("2026-11-12", "08:30")).sent == 0
    assert len(council.box.of(PAEDS)) == 1


def test_a_new_policy_says_no_rung_that_lies_before_what_was_said(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-25"))
    council.round(at("2026-11-25", "08:30"))
    follow(council, "[advice]\nadviser = [0, 10, 30]", "2026-11-26")
    council.wake(case, at("2026-11-26"))
    assert council.said(case, "queued") == []
    council.wake(case, at("2026-12-11"))
    assert "chase health 30 adviser queued" in council.said(case, "queued")


def test_a_rung_that_a_new_policy_put_behind_the_last_one_is_said_when_it_has_come(council: Council):
    (case,) = chased(council)
    council.round(MORNING)
    follow(council, "[advice]\nadviser = [1]", "2026-11-12")
    council.wake(case, at("2026-11-12"))
    assert council.said(case, "queued") == ["chase health 1 adviser queued"]


def test_two_workers_that_send_at_once_send_each_letter_once(council: Council):
    case = council.open()
    now = at("2026-09-30", "19:40")
    council.say(case, now, "decision_to_assess=2026-09-30")
    council.wake(case, now)
    boxes = [LetterBox(), LetterBox()]
    councils = [Council(council.db, box) for box in boxes]
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda each: each.urgent(case, now), councils))
    sent = [to for box in boxes for to in box.to]
    assert len(sent) == len(set(sent)) == 4


def test_a_round_and_a_clock_that_wakes_in_the_middle_of_it_say_it_once(council: Council):
    cases = chased(council, 3)

    def wake_them(_: object) -> None:
        for case in cases:
            council.wake(case, MORNING)

    council.box.before = wake_them
    council.box.answers = {PAEDS: ACCEPTED}
    assert council.round(MORNING).sent == 3
    assert len(council.box.of(PAEDS)) == 1
    council.box.before = None
    assert council.round(MORNING, force=True).sent == 0
