"""A mail hold holds everything, and what is still true afterwards goes then."""

from records.tables import Body
from tests.casework.chasing.council import DUE, ONLY_HEALTH, PAEDS, VIEWS, Council, at

HELD = "mail is on hold for this case"


def test_the_instruction_to_stop_is_held_too_and_goes_when_the_hold_is_over(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-02"), "mail_hold=2026-11-02;to=2026-11-05;reason=bereavement")
    council.say(case, at("2026-11-03"), "died=2026-11-03")
    assert not council.wake(case, at("2026-11-03")).urgent
    assert [(m.kind, m.status, m.reason) for m in council.messages(case, "queued", "held")] == [("stop", "held", HELD)]
    assert council.round(at("2026-11-05", "08:30")).sent == 0
    assert council.round(at("2026-11-06", "08:30")).sent == 1
    assert council.box.to == [PAEDS]


def test_a_stop_that_was_waiting_is_held_by_a_hold_that_comes_before_it_went(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-03"), "withdrawn=2026-11-03")
    assert council.wake(case, at("2026-11-03")).urgent
    council.say(case, at("2026-11-03"), "mail_hold=2026-11-03")
    assert council.urgent(case, at("2026-11-03")).held == 1
    assert council.box.letters == []


def test_after_a_hold_nobody_is_told_to_stop_who_has_answered_meanwhile(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-02"), "mail_hold=2026-11-02;to=2026-11-05")
    council.say(case, at("2026-11-03"), "withdrawn=2026-11-03")
    council.wake(case, at("2026-11-03"))
    council.say(case, at("2026-11-04"), "advice_received:health=2026-11-04")
    assert council.round(at("2026-11-06", "08:30")).sent == 0
    assert council.said(case, "held", "queued") == []


def test_a_hold_until_further_notice_ends_when_it_is_retracted(council: Council):
    case = council.asked()
    council.say(case, at("2026-11-02"), "mail_hold=2026-11-02")
    council.say(case, at("2026-11-03"), "withdrawn=2026-11-03")
    council.wake(case, at("2026-11-03"))
    assert council.round(at("2027-02-01", "08:30")).sent == 0
    council.say(case, at("2027-02-01"), "retracted:mail_hold=2026-11-02")
    assert council.round(at("2027-02-02", "08:30")).sent == 1


def test_an_announcement_is_held_and_goes_on_the_morning_after(council: Council):
    case = council.open()
    now = at("2026-09-30", "14:00")
    council.say(case, now, "mail_hold=2026-09-30;to=2026-10-01")
    council.say(case, now, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
    woken = council.wake(case, now)
    assert not woken.urgent
    assert council.urgent(case, now).sent == 0
    assert woken.next_wake is not None and at("2026-10-02", "07:00") <= woken.next_wake
    assert council.wake(case, woken.next_wake).urgent
    assert council.urgent(case, woken.next_wake).sent == 1


def test_an_announcement_without_an_address_goes_with_the_round_after_the_address_was_added(council: Council):
    council.change(Body, "paeds", email=None, fallback_email=None, manager_email=None)
    case = council.open()
    now = at("2026-09-30", "14:00")
    council.say(case, now, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
    council.wake(case, now)
    council.change(Body, "paeds", email=PAEDS)
    council.round(at("2026-10-01", "08:30"))
    assert council.box.to.count(PAEDS) == 1


def test_a_weekly_summary_on_its_way_is_no_way_round_a_hold(council: Council):
    case = council.asked()
    council.wake(case, at(DUE))
    council.say(case, at("2026-11-16", "08:00"), "mail_hold=2026-11-16")
    council.round(at("2026-11-16", "08:30"))
    assert council.box.letters == []
