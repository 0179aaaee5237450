"""What is recorded only when a person confirms it, and what is recorded with a warning."""

import pytest

from statute.judgement import Judgement, judge
from tests.statute.saying import day, facts

TODAY = day("2025-06-01")
REQUEST = "request_received=2024-09-02"
ASSESS = "decision_to_assess=2024-10-11"
DRAFT = "draft_plan_sent=2024-12-18"
ASKED = "advice_requested:health=2024-10-17"


def judged(*said: str) -> Judgement:
    *existing, new = facts(*said)
    found = judge(existing, new, TODAY)
    assert found.refusals == ()
    return found


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ((REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-01"), "up to and including Wednesday 1 January 2025"),
        ((REQUEST, ASSESS, f"{DRAFT};reps_until=2025-01-10", "final_plan_sent=2025-01-10"), "10 January 2025"),
        (
            (REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-02", "corrected:final_plan_sent=2025-01-01"),
            "breaks that",
        ),
        ((REQUEST, "became_responsible=2024-10-01"), "29 days apart"),
        (("became_responsible=2024-08-01", REQUEST), "32 days apart"),
        ((REQUEST, ASSESS, f"{DRAFT};reps_until=2024-12-31"), "at least 15 days beginning with service"),
        (  # a draft recorded, or served later than was thought, once the plan is out
            (REQUEST, ASSESS, "final_plan_sent=2025-01-10", "draft_plan_sent=2025-01-05"),
            "The final plan of Friday 10 January 2025 will be shown as a breach",
        ),
        (
            (REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-10", f"corrected:{DRAFT};served=2025-01-02"),
            "could answer up to and including Thursday 16 January 2025",
        ),
        ((REQUEST, "died=2024-12-01", "reopened=2024-12-02"), "undoes died of Sunday 1 December 2024"),
        ((REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-02", "reopened=2025-02-02"), "retract it instead"),
        ((REQUEST, "opened_in_error=2024-12-01", "reopened=2024-12-02"), "undoes opened in error"),
    ],
)
def test_a_person_must_confirm_it(said: tuple[str, ...], what: str) -> None:
    assert what in " ".join(judged(*said).confirmations)


@pytest.mark.parametrize(
    "said",
    [
        (REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-02"),
        (REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-01;to=setting"),
        (REQUEST, ASSESS, f"{DRAFT};reps_until=2025-01-01"),
        (REQUEST, ASSESS, "final_plan_sent=2025-01-02", DRAFT),
        (REQUEST, ASSESS, "final_plan_sent=2025-01-01;to=setting", DRAFT),
        (REQUEST, "became_responsible=2024-09-30"),
        (REQUEST, "withdrawn=2024-12-01", "reopened=2024-12-02"),
        (REQUEST, "decision_to_assess=2025-03-01"),  # late is late, and needs no confirming
    ],
)
def test_nobody_is_asked_to_confirm_what_is_lawful_or_merely_late(said: tuple[str, ...]) -> None:
    assert judged(*said).confirmations == ()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ((REQUEST, "request_received=2024-10-02"), "Use further_request"),
        (("request_received=2024-09-02;source=4",), "record became_responsible"),
        (("became_responsible=2024-09-02;source=1",), "record request_received"),
        (("request_received=2013-09-02",), "did not yet bind"),
        ((REQUEST, ASSESS, ASSESS), "is recorded already"),
        ((REQUEST, ASSESS, "decision_not_to_assess=2024-10-20"), "already (decision to assess)"),
        ((REQUEST, "decision_to_assess=2024-10-14;arrived_on=2024-10-16"), "arrived on Wednesday 16 October 2024"),
        ((REQUEST, ASSESS, "withdrawn=2024-11-01", "advice_received:health=2024-11-02"), "The case ended on"),
        ((REQUEST, "died=2024-11-01", "decision_to_assess=2024-11-02"), "(died); this no longer changes a limit"),
        ((REQUEST, "died=2024-11-01", "withdrawn=2024-11-01"), "The case ended on"),
        # advice
        ((REQUEST, ASKED), "No decision to assess is recorded on or before Thursday 17 October 2024"),
        ((REQUEST, ASSESS, "advice_received:health=2024-10-20"), "No request to health is recorded: it counts once"),
        ((REQUEST, ASSESS, "advice_cancelled:health=2024-10-20"), "it changes no limit"),
        ((REQUEST, ASSESS, ASKED, "advice_received:health=2024-10-16"), "reached the body on Thursday 17 October"),
        ((REQUEST, ASSESS, ASKED, "advice_received:health/slt=2024-11-16"), "taken as the request to health"),
        ((REQUEST, ASSESS, ASKED, "advice_requested:health=2024-11-16"), "the clock stays with that request"),
        (
            (REQUEST, ASSESS, ASKED, "advice_received:health=2024-11-01", "advice_requested:health=2024-11-16"),
            "record advice_insufficient instead",
        ),
        (
            (REQUEST, ASSESS, ASKED, "advice_received:health=2024-11-01", "advice_received:health=2024-11-03"),
            "that day stays",
        ),
        ((REQUEST, ASSESS, ASKED, "advice_insufficient:health=2024-11-01"), "that could be insufficient"),
        (
            (REQUEST, ASSESS, "advice_requested:education=2024-10-17", "advice_declined:education=2024-11-01"),
            "Only a section 31 body can decline",
        ),
        ((REQUEST, ASSESS, "advice_requested:social_care=2024-10-17;section_31=yes"), "not section 31 bodies"),
        ((REQUEST, ASSESS, "advice_reused:health=2024-10-17"), "add agreed=giver,family,authority"),
        (
            (
                REQUEST,
                ASSESS,
                "advice_reused:health=2024-10-17;agreed=giver,family,authority",
                "advice_requested:health=2024-10-20",
            ),
            "must not be sought again",
        ),
        ((REQUEST, ASSESS, f"{ASKED};received_by_body=2024-10-15"), "is before the day it was sent"),
        ((REQUEST, ASSESS, f"{ASKED};received_by_body=2025-06-02"), "has not come yet"),
        # plan
        ((REQUEST, DRAFT), "No decision to assess is recorded"),
        ((REQUEST, ASSESS, "final_plan_sent=2025-01-02"), "No draft plan nor a decision to issue a plan is recorded"),
        (
            (REQUEST, ASSESS, "decision_to_issue=2024-12-01", "final_plan_sent=2025-01-02"),
            "No draft plan is recorded on or before",
        ),
        ((REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-01-02;to=setting"), "does not meet regulation 13(2)"),
        ((REQUEST, "decision_not_to_issue=2024-12-01"), "No decision to assess is recorded"),
        ((REQUEST, "final_plan_sent=2024-12-01"), "No decision to assess is recorded"),
        (
            (REQUEST, "decision_not_to_assess=2024-10-11", "decision_to_assess=2024-11-01"),
            "If the refusal was changed, record refusal_changed",
        ),
        (
            (REQUEST, ASSESS, "decision_not_to_issue=2024-12-11", "final_plan_sent=2025-01-10"),
            "If the refusal was changed, record refusal_changed",
        ),
        ((REQUEST, "decision_to_issue=2024-12-01"), "No decision to assess is recorded"),
        ((REQUEST, ASSESS, "consulted:123456=2024-12-18"), "No draft plan is recorded that"),
        ((REQUEST, ASSESS, DRAFT, "consulted:1=2024-12-18", "consulted:1=2024-12-20"), "the 15 days stay with that"),
        ((REQUEST, ASSESS, DRAFT, "consultation_reply:123456=2024-12-28"), "No consultation of 123456 is recorded"),
        # an attribute that belongs elsewhere
        ((REQUEST, "withdrawn=2024-12-01;served=2024-12-02"), "served has no effect on withdrawn"),
        # reliefs that lift nothing say exactly why
        ((REQUEST, "relief=2025-01-01;ground=personal"), "Add from= and to="),
        ((REQUEST, "relief=2025-01-01;ground=personal;limit=reg5"), "There is no limit 'reg5'"),
        (
            (REQUEST, "relief=2025-01-01;ground=personal;limit=reg4_refuse_assessment"),
            "personal is not a ground for SI 2014/1530 reg 4(1)",
        ),
        (
            (REQUEST, "relief=2025-01-01;ground=personal;limit=code_consultation"),
            "its clock has not started",
        ),
        (
            (REQUEST, "relief=2025-01-01;ground=personal;limit=reg5_decide;from=2024-12-01;to=2024-12-10"),
            "lie outside the period of SI 2014/1530 reg 5(1)",
        ),
        (
            (REQUEST, "relief=2025-01-01;ground=personal;from=2025-01-01;to=2025-01-10"),
            "Add confirmed=yes once a person has decided",
        ),
        (
            (REQUEST, "relief=2025-01-01;ground=absent_4w;from=2024-10-01;to=2024-10-27"),
            "27 days of the absence lie there",
        ),
        (
            (REQUEST, "relief=2025-01-01;ground=absent_4w;limit=reg5_decide;from=2024-10-14;to=2024-12-27"),
            "1 day of the absence lies there",
        ),
        ((REQUEST, "relief=2025-01-01;ground=absent_4w"), "the first and last day away"),
        ((REQUEST, "relief=2025-01-01;ground=coronavirus"), "when SI 2020/471 was in force"),
        ((REQUEST, "relief=2025-01-01;ground=exceptional"), "exceptional is not a ground for any limit it names"),
        ((REQUEST, "relief=2025-01-01;ground=exceptional"), "for an adviser's add limit=reg8_advice"),
        (
            (
                REQUEST,
                "relief=2025-01-10;ground=closed_school;first_closed=2024-10-01;reopens=2024-11-05;limit=reg5_decide;"
                "advice_requested=2024-10-15",
            ),
            "after the last day, Monday 14 October 2024, so it cannot have made that day impractical",
        ),
        ((REQUEST, "relief=2025-01-01;ground=closed_school"), "It needs first_closed= and reopens="),
        (
            (
                REQUEST,
                "relief=2025-01-10;ground=closed_school;first_closed=2024-12-21;reopens=2025-01-06;"
                "advice_requested=2024-12-20",
            ),
            "closed for 16 days; it needs 28 or more",
        ),
        (
            (
                REQUEST,
                "relief=2025-01-10;ground=closed_school;first_closed=2024-10-01;reopens=2024-11-05;"
                "advice_requested=2024-11-20",
            ),
            "one week before closing and one week before re-opening",
        ),
        (
            (
                REQUEST,
                "relief=2025-01-10;ground=closed_school;first_closed=2024-10-01;reopens=2024-11-05;"
                "advice_requested=2024-10-28",
            ),
            "within three days of the edge",
        ),
    ],
)
def test_it_is_recorded_with_a_warning(said: tuple[str, ...], what: str) -> None:
    assert what in " ".join(judged(*said).warnings)


CLEAN = (
    "request_received=2024-09-02;source=1",
    "family_views=2024-10-01;from=parent",
    "decision_to_assess=2024-10-11;decided_on=2024-10-10;method=email;to=parent",
    "advice_requested:education=2024-10-14",
    "advice_requested:health=2024-10-14;received_by_body=2024-10-15",
    "advice_requested:educational_psychology=2024-10-14",
    "advice_requested:social_care=2024-10-14",
    "advice_received:education=2024-11-11;report_date=2024-11-01",
    "advice_nil:social_care=2024-11-12",
    "advice_part:health=2024-11-13",
    "advice_received:health=2024-11-20",
    "advice_received:educational_psychology=2024-11-20",
    "decision_to_issue=2024-12-02",
    "draft_plan_sent=2024-12-03;served=2024-12-05;method=post",
    "consulted:123456=2024-12-05",
    "consultation_reply:123456=2024-12-18;outcome=can_meet",
    "final_plan_sent=2025-01-14;to=family,setting,health_commissioner",
)


@pytest.mark.parametrize("number", range(1, len(CLEAN) + 1))
def test_a_clean_case_is_recorded_without_a_word(number: int) -> None:
    assert judged(*CLEAN[:number]) == Judgement()


def test_a_relief_that_lifts_something_is_not_warned_of() -> None:
    assert judged(REQUEST, "relief=2025-01-01;ground=personal;from=2024-09-10;to=2024-09-20") == Judgement()


def test_a_relief_may_be_said_after_the_end() -> None:
    late = (REQUEST, ASSESS, DRAFT, "final_plan_sent=2025-02-01")
    assert judged(*late, "relief=2025-03-01;ground=personal;from=2024-11-01;to=2024-11-20").warnings == ()
