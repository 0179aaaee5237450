"""Letters that a server refuses, or puts off: who gets them instead, and who is told."""

from datetime import timedelta

from casework.round import RoundResult
from post.letters import Letter
from tests.casework.chasing.council import (
    ABOVE,
    BUSY,
    MORNING,
    OFFICE,
    OFFICER,
    PAEDS,
    REFUSED,
    Council,
    at,
    attempts,
    chased,
)


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
