"""Whole cases: the real clock, law, records and letters, and the months pass in seconds."""

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.support.database import Database
from tests.support.journey import Journey, journey
from tests.support.temporal import most_timers_open

HEALTH, OFFICER, MANAGER = "paeds@nhs.example", "a.marsh@council.example", "m.east@council.example"
ADVISERS = ("senco@schools.example", HEALTH, "eps@nhs.example", "dct@nhs.example")


@pytest.fixture
async def case(env: WorkflowEnvironment, database: Database) -> AsyncIterator[Journey]:
    async with journey(env, database) as case:
        yield case


async def test_a_clean_case_asks_announces_and_ends_with_the_plan_and_chases_nobody(case: Journey) -> None:
    await case.open()
    await case.to(27, "19:30")
    await case.say("decision_to_assess={27}")
    assert sorted(case.council.box.to) == sorted(ADVISERS)
    await case.to(28, "10:00")
    subjects = ("education", "health", "educational_psychology", "social_care")
    await case.say(*(f"advice_requested:{subject}={{28}}" for subject in subjects))
    for number, subject in zip((40, 44, 47, 51), subjects, strict=True):
        await case.until(number)
        await case.say(f"advice_received:{subject}={{{number}}}")
    await case.until(79)
    await case.say("decision_to_issue={79}", "draft_plan_sent={79};served={79}", "consulted:117222={79}")
    await case.until(96)
    await case.say("consultation_reply:117222={96};outcome=can_meet")
    await case.until(110)
    await case.say("final_plan_sent={110}")
    result = await case.ended()
    kinds = await case.events()
    assert result.outcome == "final_plan_sent"
    assert case.rungs("chase", "adviser") == []
    assert all(len(case.letters(adviser)) == 1 for adviser in ADVISERS)
    assert len(kinds) <= 300
    assert most_timers_open(kinds) == 1
    assert (await case.env.client.get_workflow_handle(case.handles[0].id).describe()).close_time is not None


async def test_late_advice_climbs_the_whole_ladder_and_stops_when_it_comes(case: Journey) -> None:
    await case.open()
    await case.asked_of_health()
    await case.until(90)
    assert case.rungs("chase", "adviser") == [-14, -7, -2, 0, 3, 7, 14]
    assert case.rungs("escalate", "service_manager") == [14]
    chased = len(case.letters(HEALTH))
    await case.say("advice_received:health={90}")
    await case.until(120)
    assert len(case.letters(HEALTH)) == chased


async def test_a_part_of_the_advice_does_not_stop_the_chasing_and_insufficient_advice_starts_it_again(
    case: Journey,
) -> None:
    await case.open()
    await case.asked_of_health()
    await case.until(61)
    await case.say("advice_part:health={61}")
    await case.until(64)
    assert case.rungs("chase", "adviser") == [-14, -7]
    await case.say("advice_received:health={64}")
    await case.until(71)
    assert case.rungs("chase", "adviser") == [-14, -7]
    chased = len(case.letters(HEALTH))
    await case.say("advice_insufficient:health={71}")
    await case.until(78)
    assert len(case.letters(HEALTH)) > chased


async def test_a_refusal_that_mediation_reverses_starts_the_clock_again_under_the_same_id(case: Journey) -> None:
    await case.open()
    await case.until(35)
    await case.say("decision_not_to_assess={35}")
    first = await case.ended()
    await case.to(60)
    await case.say("refusal_changed={60};why=mediation_agreement;agreed_plan_by={150}")
    assert first.outcome == "decision_not_to_assess"
    assert case.handles[-1].id == case.handles[0].id
    assert case.handles[-1].result_run_id != case.handles[0].result_run_id
    assert case.process.ended_on is None
    await case.say("final_plan_sent={60}")
    assert (await case.ended()).outcome == "final_plan_sent"


async def test_a_withdrawal_ends_the_clock_and_reopening_chases_again(case: Journey) -> None:
    await case.open()
    await case.asked_of_health()
    await case.until(58)
    await case.say("withdrawn={58}")
    assert (await case.ended()).outcome == "withdrawn"
    stopped = len(case.letters(HEALTH))
    await case.until(63)
    assert len(case.letters(HEALTH)) == stopped
    await case.say("reopened={63}")
    await case.until(70)
    assert [order in case.rungs("chase", "adviser") for order in (-2, 0)] == [True, True]


async def test_a_relief_granted_after_the_day_lifts_the_limit_and_what_it_would_have_said_is_not_sent(
    case: Journey,
) -> None:
    await case.open()
    await case.to(43, "07:30")
    assert case.due("reg5_decide", "queued") != []
    await case.say("relief={43};limit=reg5_decide;ground=personal;from={30};to={60};target={65};because=illness")
    await case.to(43)
    await case.post()
    await case.until(58)
    assert case.due("reg5_decide", "queued", "sent") == []
    assert case.due("reg5_decide", "skipped") != []


async def test_a_late_body_that_is_relieved_is_no_longer_chased(case: Journey) -> None:
    await case.open()
    await case.asked_of_health()
    await case.until(75)
    assert case.rungs("chase", "adviser") == [-14, -7, -2, 0, 3]
    await case.say(
        "relief={75};limit=reg8_advice;subject=health;ground=exceptional;from={60};to={100};target={105};because=illness"
    )
    await case.until(95)
    assert case.rungs("chase", "adviser") == [-14, -7, -2, 0, 3]


async def test_a_corrected_day_of_receipt_moves_the_next_wake(case: Journey) -> None:
    await case.open()
    await case.to(10)
    planned = case.process.next_wake
    await case.say("corrected:request_received={7};was={0}")
    moved = case.process.next_wake
    assert planned is not None and moved is not None
    assert (moved.date() - planned.date()).days == 7


async def test_while_mail_is_on_hold_nothing_goes_and_afterwards_what_is_still_true(case: Journey) -> None:
    await case.open()
    await case.asked_of_health()
    announced = len(case.letters(HEALTH))
    await case.say("mail_hold={28};to={69};reason=bereavement")
    await case.until(69)
    assert len(case.letters(HEALTH)) == announced
    await case.until(70)
    assert case.rungs("chase", "adviser") == [0]


async def test_after_a_death_only_the_instruction_to_stop_is_sent_and_the_clock_ends(case: Journey) -> None:
    await case.open()
    await case.asked_of_health()
    await case.until(56)
    before = len(case.council.box.letters)
    await case.to(57, "21:00")
    await case.say("died={57}")
    assert (await case.ended()).outcome == "died"
    await case.until(140)
    assert [letter.to for letter in case.council.box.letters[before:]] == [HEALTH]
