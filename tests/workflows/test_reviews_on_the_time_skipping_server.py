"""Whole reviews: the real clock, sweep, law, records and letters, and the months pass in seconds.

Day 0 the sweep opens the review, day 112 it is due. The meeting is on day 56, so its papers go by day 41, its report is
due on day 70, the decision on day 84 and an amended plan on day 140: all Wednesdays, but for the papers.
"""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment

from tests.support.database import Database
from tests.support.review_journey import ReviewJourney, review_journey
from tests.support.temporal import most_timers_open

SCHOOL, HEAD = "senco@schools.example", "head@schools.example"
HEALTH, SOCIAL_CARE = "paeds@nhs.example", "dct@nhs.example"
OFFICER, MANAGER = "a.marsh@council.example", "m.east@council.example"

# What everybody is sent about a meeting on day 56 of which the report comes on day 68: day, kind, rung.
ASKED = ["0 arrange -84", "34 review_papers -7", "37 review_papers -2", "63 report -7"]
INVITED = ["10 invite invited", "34 invite -7"]
UNDECIDED = ["70 warn -14", "77 warn -7", "82 warn 0", "82 warn -2", "84 warn 0"]


@pytest.fixture
async def plan(env: WorkflowEnvironment, database: Database) -> AsyncIterator[ReviewJourney]:
    async with review_journey(env, database) as plan:
        yield plan


async def held(plan: ReviewJourney) -> None:
    """The meeting of day 56 is invited to, its papers sent, held, and reported on day 68."""
    await plan.until(10)
    await plan.say("review_invited={10};meeting={56}")
    await plan.until(40)
    await plan.say("review_papers_sent={40};meeting={56}")
    await plan.to(56, "17:00")
    await plan.say("review_meeting={56}")
    await plan.until(68)
    await plan.say("review_report_received={68};recommends=amend")


def a_year_from(day: date) -> date:
    """The last of the twelve months that start with a day. (Here no 29 February.)"""
    return day.replace(year=day.year + 1) - timedelta(days=1)


async def test_a_plan_that_is_maintained_is_handed_on_to_its_next_review(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(76)
    await plan.say("decision_maintain={76}")
    assert (await plan.ended()).outcome == "decision_maintain"
    assert plan.mail() == {SCHOOL: ASKED, HEALTH: INVITED, SOCIAL_CARE: INVITED, OFFICER: UNDECIDED[:1]}
    stands = plan.standing()
    assert stands["s44_review"] == "met -252-112 on 76"
    assert stands["reg20_notice"] == "met 56-41 on 10"
    assert stands["reg20_papers"] == "met 56-41 on 40"
    assert stands["reg20_report"] == "met 56-70 on 68"
    assert stands["reg20_decision"] == "met 56-84 on 76"
    kinds = await plan.events()
    assert len(kinds) <= 300
    assert most_timers_open(kinds) == 1
    plan.go_on_to(2)
    due = a_year_from(plan.day(76))
    assert plan.standing() == {"s44_review": f"open 76-{plan.number_of(due)}"}
    assert plan.review.opens_on == due - timedelta(weeks=16)
    with pytest.raises(RPCError, match="not found"):
        await plan.clock_of(plan.process).describe()


async def test_an_amendment_decided_early_counts_its_eight_weeks_from_the_notice(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(70)
    await plan.say("decision_amend={70}")
    await plan.until(75)
    assert plan.standing()["reg20_decision"] == "open 56-84"
    await plan.say("amendment_notice_sent={75};served={75}")
    await plan.until(120)
    await plan.say("amended_plan_sent={120};names_setting=117222")
    assert (await plan.ended()).outcome == "amended_plan_sent"
    stands = plan.standing()
    assert stands["reg20_decision"] == "met 56-84 on 75"
    assert (stands["reg22_final"], stands["devon_final"]) == ("met 75-131 on 120", "met 56-140 on 120")
    # Two weeks before day 131 is the bank holiday after Christmas: the Friday before.
    told = ["70 warn -14", "71 notice 1", "90 finalise 1", "103 warn -28", "114 warn -14"]
    assert plan.mail() == {SCHOOL: ASKED, HEALTH: INVITED, SOCIAL_CARE: INVITED, OFFICER: told, MANAGER: told[-1:]}
    assert [cycle.opens_on is None for cycle in plan.cycles] == [True, False]


async def test_an_amendment_decided_on_the_last_day_has_both_limits_on_one_and_is_warned_of_once(
    plan: ReviewJourney,
) -> None:
    await plan.open()
    await held(plan)
    await plan.until(84)
    await plan.say("decision_amend={84}", "amendment_notice_sent={84};served={84}")
    await plan.until(140)
    await plan.say("amended_plan_sent={140};names_setting=117222")
    assert (await plan.ended()).outcome == "amended_plan_sent"
    stands = plan.standing()
    assert stands["reg20_decision"] == "met 56-84 on 84"
    assert (stands["reg22_final"], stands["devon_final"]) == ("met 84-140 on 140", "met 56-140 on 140")
    final = ["112 warn -28", "126 warn -14", "133 warn -7", "138 warn -2", "140 warn 0"]
    assert plan.mail()[OFFICER] == [*UNDECIDED, "99 finalise 1", *final]
    assert plan.mail()[MANAGER] == ["77 warn -7", "84 warn 0", "126 warn -14", "138 warn -2", "140 warn 0"]


async def test_an_amendment_decided_late_is_a_breach_told_to_officer_and_manager(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(91)
    await plan.say("decision_amend={91}", "amendment_notice_sent={91};served={91}")
    await plan.until(150)
    await plan.say("amended_plan_sent={150};names_setting=117222")
    assert (await plan.ended()).outcome == "amended_plan_sent"
    stands = plan.standing()
    assert stands["reg20_decision"] == "met_late 56-84 on 91"
    assert (stands["reg22_final"], stands["devon_final"]) == ("met_late 91-147 on 150", "met_late 56-140 on 150")
    breaches = {who: [said for said in told if "breach" in said] for who, told in plan.mail().items()}
    assert breaches[OFFICER] == breaches[MANAGER] == ["85 breach 1", "141 breach 1", "148 breach 1"]
    assert not any(breaches[other] for other in (SCHOOL, HEALTH, SOCIAL_CARE))
    assert len(await plan.events()) <= 300


async def test_a_plan_that_ceases_is_kept_up_until_nobody_can_appeal(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(80)
    await plan.say("decision_cease={80};reason=2")
    await plan.until(150)
    assert plan.standing()["s45_hold"] == "window 80-141"
    assert plan.mail()[OFFICER] == [*UNDECIDED[:2], "142 hold_over 1"]
    await plan.say("plan_ceased={150};reason=2")
    assert (await plan.ended()).outcome == "plan_ceased"
    assert plan.plan.ceased_on == plan.day(150)
    assert len(plan.cycles) == 1


async def test_an_appeal_keeps_the_plan_up_and_once_allowed_the_plan_goes_on(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(80)
    await plan.say("decision_cease={80};reason=2")
    await plan.until(120)
    await plan.say("appeal_registered={120};sections=I")
    await plan.until(250)
    # Two months and more after the decision the plan is still not said to be free to cease.
    assert plan.mail()[OFFICER] == UNDECIDED[:2]
    await plan.say("appeal_determined={250};outcome=allowed")
    assert (await plan.ended()).outcome == "appeal_determined"
    assert plan.plan.ceased_on is None
    plan.go_on_to(2)
    assert plan.standing() == {"s44_review": f"open 80-{plan.number_of(a_year_from(plan.day(80)))}"}


async def test_an_early_review_opens_at_the_first_thing_that_happens_in_it(plan: ReviewJourney) -> None:
    await plan.arrive("plan_made={0}", on=3)
    await plan.to(30, "11:00")
    assert await plan.sweep() == 0
    await plan.say("review_invited={30};meeting={60}")
    assert plan.review.opens_on is None
    await plan.until(44)
    await plan.say("review_papers_sent={44};meeting={60}")
    await plan.to(60, "17:00")
    await plan.say("review_meeting={60}")
    await plan.until(66)
    await plan.say("review_report_received={66};recommends=maintain")
    await plan.until(70)
    await plan.say("decision_maintain={70}")
    assert (await plan.ended()).outcome == "decision_maintain"
    told = ["30 invite invited", "37 invite -7", "44 invite 0"]
    assert plan.mail()[HEALTH] == told
    assert plan.mail()[SCHOOL] == ["37 review_papers -7", "43 review_papers -2", "65 report -7"]
    plan.go_on_to(2)
    assert plan.standing() == {"s44_review": f"open 70-{plan.number_of(a_year_from(plan.day(70)))}"}


async def test_a_phase_transfer_opens_in_september_and_only_a_plan_that_names_the_school_meets_it(
    plan: ReviewJourney,
) -> None:
    """Of next September: the plan must name the school by 14 February, day 166."""
    transfer = date(plan.received.year + 1, 9, 1)
    await plan.open(f"plan_made={plan.day(-30)}", f"phase_transfer:school={plan.day(-20)};transfer={transfer}")
    await held(plan)
    await plan.until(82)
    await plan.say("decision_amend={82}", "amendment_notice_sent={82};served={82}")
    await plan.until(130)
    assert "121 warn -14" in plan.mail()[MANAGER]
    await plan.say("amended_plan_sent={130}")
    assert (await plan.ended()).outcome == "amended_plan_sent"
    plan.go_on_to(2)
    await plan.to(131, "05:00")
    assert await plan.sweep() == 1
    assert plan.standing()["reg18_phase_transfer school"] == "open 366-166"
    await plan.until(160)
    assert plan.mail()[OFFICER][-3:] == ["138 warn -28", "152 warn -14", "159 warn -7"]
    await plan.say("amendment_notice_sent={132};served={132}", "amended_plan_sent={160};names_setting=117222")
    assert plan.standing()["reg18_phase_transfer school"] == "met 366-166 on 160"
    assert plan.process.ended_on is None


async def test_a_plan_that_moves_in_is_told_of_within_six_weeks_and_reviewed_by_the_later_day(
    plan: ReviewJourney,
) -> None:
    """Made ten and a half months ago elsewhere, and here for five days: twelve months or three, the later."""
    await plan.open(f"plan_made={plan.day(-320)}", f"transferred_in={plan.day(-5)};from_authority=801")
    stands = {"reg15_inform": "open -5-37", "reg15_review": "open -5-86", "s44_review": "replaced -320-44"}
    assert plan.standing() == stands
    await plan.until(36)
    assert plan.mail()[OFFICER] == ["9 warn -28", "23 warn -14", "30 warn -7", "35 warn -2"]
    assert plan.mail()[SCHOOL] == ["0 arrange -84", "16 arrange -42"]
    await plan.say(f"corrected:transferred_in={plan.day(-5)};family_told_on={plan.day(36)}")
    assert plan.standing() == {**stands, "reg15_inform": "met -5-37 on 36"}
    await plan.to(40, "17:00")
    await plan.say("review_meeting={40}")
    await plan.until(50)
    await plan.say("decision_maintain={50}")
    assert (await plan.ended()).outcome == "decision_maintain"
    assert plan.standing()["reg15_review"] == "met -5-86 on 50"
    plan.go_on_to(2)
    assert set(plan.standing()) == {"s44_review"}


async def test_a_school_that_never_answers_is_chased_and_its_head_and_the_officer_told(plan: ReviewJourney) -> None:
    await plan.open()
    await plan.until(140)
    assert plan.standing() == {"s44_review": "open -252-112"}
    mail = plan.mail()
    rungs = ["0 arrange -84", "42 arrange -42", "63 arrange -21", "84 arrange 0", "98 arrange 14"]
    assert mail[SCHOOL] == [*rungs, "112 arrange 28", "126 arrange 42", "140 arrange 56"]
    assert mail[HEAD] == ["98 escalate 14"]
    warned = ["84 warn -28", "98 warn -14", "105 warn -7", "110 warn -2", "112 warn 0", "113 breach 1"]
    assert sorted(mail[OFFICER]) == sorted([*warned, "84 arrange 0", "112 arrange 28"])
    assert mail[MANAGER] == ["98 warn -14", "112 warn 0", "113 breach 1"]


async def test_a_report_that_never_comes_is_chased_and_the_decision_s_four_weeks_run_on(plan: ReviewJourney) -> None:
    await plan.open()
    await plan.to(56, "17:00")
    await plan.say("review_meeting={56}")
    await plan.until(86)
    mail = plan.mail()
    rungs = ["63 report -7", "70 report 0", "71 report 1", "73 report 3", "77 report 7", "84 report 14"]
    assert mail[SCHOOL] == ["0 arrange -84", *rungs]
    assert mail[HEAD] == ["73 escalate 3"]
    assert mail[OFFICER] == ["70 warn -14", "77 warn -7", "82 warn -2", "84 warn 0", "85 breach 1"]
    assert mail[MANAGER] == ["77 warn -7", "84 warn 0", "85 breach 1"]


async def test_the_next_review_is_opened_by_the_sweep_of_its_day_and_runs_to_its_end(plan: ReviewJourney) -> None:
    await plan.open()
    await held(plan)
    await plan.until(76)
    await plan.say("decision_maintain={76}")
    await plan.ended()
    plan.go_on_to(2)
    assert plan.review.opens_on is not None
    opens = plan.number_of(plan.review.opens_on)
    await plan.to(opens - 1, "05:00")
    assert await plan.sweep() == 0
    await plan.to(opens, "05:00")
    assert await plan.sweep() == 1
    meeting, decided = opens + 80, opens + 100
    await plan.until(opens + 60)
    await plan.say(f"review_invited={{{opens + 60}}};meeting={{{meeting}}}")
    await plan.to(meeting, "17:00")
    await plan.say(f"review_meeting={{{meeting}}}")
    await plan.until(decided)
    await plan.say(f"decision_maintain={{{decided}}}")
    assert (await plan.ended()).outcome == "decision_maintain"
    assert plan.standing()["s44_review"] == f"met 76-{plan.number_of(a_year_from(plan.day(76)))} on {decided}"
    assert [cycle.cycle for cycle in plan.cycles] == [1, 2, 3]
    assert [cycle.opens_on is None for cycle in plan.cycles] == [True, True, False]


async def test_a_bank_holiday_that_is_proclaimed_while_a_review_runs_moves_what_is_to_come(
    plan: ReviewJourney,
) -> None:
    """A warning is given on the working day before; a plan is kept up until the first working day after."""
    await plan.open()
    await held(plan)
    await plan.until(70)
    await plan.proclaim(77)
    await plan.until(80)
    assert (plan.mail()[OFFICER], plan.mail()[MANAGER]) == (["70 warn -14", "76 warn -7"], ["76 warn -7"])
    await plan.say("decision_cease={80};reason=2")
    await plan.until(100)
    assert plan.standing()["s45_hold"] == "window 80-141"
    await plan.proclaim(141)
    assert plan.standing()["s45_hold"] == "window 80-142"
    await plan.until(142)
    assert "hold_over" not in str(plan.mail())
    # A Saturday: its letter leaves on Monday.
    await plan.until(145)
    assert plan.mail()[OFFICER][-1] == "143 hold_over 1"
    assert most_timers_open(await plan.events()) == 1
