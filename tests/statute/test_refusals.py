"""What is never recorded, and what the caseworker is told instead."""

import pytest

from statute.form import kinds_of
from statute.judgement import judge, judge_all
from statute.kinds import KINDS
from tests.statute.saying import day, facts

TODAY = day("2025-02-01")
REQUEST = "request_received=2024-09-02"
ASSESS = "decision_to_assess=2024-10-11"
ASKED = "advice_requested:health/slt=2024-10-17"
REFUSED = "decision_not_to_assess=2024-10-11"
TWO = (REQUEST, ASSESS, ASKED, "advice_requested:health/ot=2024-10-17")


def refusals(*said: str) -> tuple[str, ...]:
    *existing, new = facts(*said)
    return judge(existing, new, TODAY).refusals


@pytest.mark.parametrize(
    ("said", "why"),
    [
        # unknown kinds, subjects and attributes
        ((REQUEST, "decision_to_asess=2024-10-01"), "Did you mean decision_to_assess?"),
        ((REQUEST, "lunch=2024-10-01"), "There is no kind of fact 'lunch'."),
        ((REQUEST, "withdrawn:health=2024-10-01"), "withdrawn takes no subject"),
        ((REQUEST, "advice_requested=2024-10-01"), "needs a category"),
        ((REQUEST, "advice_requested:helth=2024-10-01"), "Did you mean health?"),
        ((REQUEST, "advice_requested:health/s l t=2024-10-01"), "is not the code of a body"),
        ((REQUEST, "consulted=2024-10-01"), "needs the provider"),
        ((REQUEST, "corrected=2024-10-01"), "needs a kind of fact"),
        ((REQUEST, "corrected:decision_to_asess=2024-10-01"), "Did you mean decision_to_assess?"),
        (
            (REQUEST, "review_meeting=2024-10-01"),
            "review_meeting belongs to a plan and its review, not to an assessment",
        ),
        ((REQUEST, "corrected:review_meeting=2024-10-01"), "review_meeting belongs to a plan and its review"),
        ((REQUEST, "withdrawn=2024-10-01;colour=blue"), "withdrawn has no attribute 'colour'"),
        ((REQUEST, "draft_plan_sent=2024-12-01;servd=2024-12-02"), "Did you mean served?"),
        ((REQUEST, "draft_plan_sent=2024-12-01;served=tomorrow"), "served: 'tomorrow' is not a day"),
        ((REQUEST, "draft_plan_sent=2024-12-01;served=2024-02-30"), "served: The day 2024-02-30 does not exist"),
        ((REQUEST, "draft_plan_sent=2024-12-01;served="), "served is empty"),
        ((REQUEST, "draft_plan_sent=2024-12-01;method=pigeon"), "method cannot be 'pigeon'"),
        ((REQUEST, "final_plan_sent=2024-12-01;to=family,neighbour"), "to cannot be 'neighbour'"),
        ((REQUEST, "relief=2024-12-01"), "relief needs ground=closed_school"),
        ((REQUEST, "relief=2024-12-01;ground=holiday"), "ground cannot be 'holiday'"),
        ((REQUEST, "relief=2024-12-01;ground=personal;confirmed=maybe"), "confirmed is yes or no"),
        ((REQUEST, "relief=2024-12-01;ground=personal;approver=J Smith"), "approver is a code"),
        ((REQUEST, "advice_requested:health=2024-10-17;section_31=perhaps"), "section_31 is yes or no"),
        (("request_received=2024-09-02;source=9",), "source cannot be '9'"),
        ((REQUEST, "decision_not_to_assess=2024-10-01;under=s1"), "under cannot be 's1'"),
        ((REQUEST, "decision_not_to_assess=2024-10-01", "refusal_changed=2024-11-01"), "refusal_changed needs why="),
        ((REQUEST, "mail_hold=2024-10-01;from=2024-10-05;to=2024-10-01"), "must come after from"),
        ((REQUEST, "relief=2024-10-01;ground=personal;from=2024-10-05;to=2024-10-01"), "must come after from"),
        (
            (REQUEST, "relief=2024-10-01;ground=closed_school;first_closed=2024-10-05;reopens=2024-10-05"),
            "must come after first_closed",
        ),
        # days
        (("request_received=2025-02-02",), "is in the future: today is Saturday 1 February 2025"),
        ((REQUEST, "decision_to_assess=2025-02-02"), "is in the future"),
        ((REQUEST, "decision_to_assess=2024-10-01;decided_on=2025-02-02"), "decided_on: Sunday 2 February 2025 is in"),
        ((REQUEST, "advice_received:health=2024-10-01;report_date=2025-02-02"), "report_date"),
        ((REQUEST, "decision_to_assess=2024-09-01"), "is before the case began on Monday 2 September 2024"),
        ((REQUEST, "decision_to_assess=2024-10-01;decided_on=2024-09-01"), "decided_on, Sunday 1 September 2024"),
        ((REQUEST, "draft_plan_sent=2024-12-01;served=2024-08-01"), "served, Thursday 1 August 2024, is before"),
        # beginnings
        ((ASSESS,), "A case begins with request_received or became_responsible"),
        (("withdrawn=2024-10-01",), "A case begins with"),
        ((REQUEST, "request_received=2024-08-02"), "correct it: corrected:request_received=2024-08-02"),
        # about nothing
        (("corrected:request_received=2024-09-02",), "There is no such request received to correct. None is recorded"),
        ((REQUEST, "corrected:request_received=2024-09-05;was=2024-09-03"), "It stands on Monday 2 September 2024"),
        ((REQUEST, "retracted:decision_to_assess=2024-10-11"), "no such decision to assess to retract"),
        ((REQUEST, ASSESS, "retracted:decision_to_assess=2024-10-12"), "It stands on Friday 11 October 2024"),
        ((REQUEST, "reopened=2024-10-11"), "not closed"),
        ((REQUEST, "withdrawn=2024-10-11", "reopened=2024-10-10"), "cannot be reopened before that"),
        ((REQUEST, "refusal_changed=2024-10-11;why=own_accord"), "no refusal on or before"),
        (
            (REQUEST, "decision_not_to_assess=2024-10-11", "refusal_changed=2024-10-10;why=own_accord"),
            "no refusal on or before",
        ),
        (
            (REQUEST, REFUSED, "refusal_changed=2024-11-10;why=own_accord", "corrected:refusal_changed=2024-10-10"),
            "no refusal on or before",
        ),
        (
            (REQUEST, REFUSED, "refusal_changed=2024-11-10;why=own_accord", f"retracted:{REFUSED}"),
            "The change of the refusal on Sunday 10 November 2024 would then be about nothing",
        ),
        (
            (
                REQUEST,
                REFUSED,
                "refusal_changed=2024-11-10;why=own_accord",
                "corrected:decision_not_to_assess=2024-11-11",
            ),
            "would then be about nothing",
        ),
        (
            (REQUEST, "withdrawn=2024-10-11", "reopened=2024-10-20", "corrected:withdrawn=2024-10-21"),
            "was reopened on Sunday 20 October 2024: what that undid cannot have happened on Monday 21 October 2024",
        ),
        # which body
        ((*TWO, "advice_received:health=2024-11-01"), "Name the body: health/slt or health/ot"),
        ((*TWO, "advice_cancelled:health=2024-11-01"), "Name the body"),
        # what a correction or retraction would leave behind
        ((REQUEST, ASSESS, "corrected:request_received=2024-10-12"), "would then lie before the case began"),
        ((REQUEST, ASSESS, "corrected:request_received=2025-02-02"), "in the future"),
        ((REQUEST, ASSESS, "corrected:decision_to_assess=2024-09-01"), "before the case began"),
        ((REQUEST, ASSESS, "corrected:decision_to_assess=2024-10-11;method=pigeon"), "method cannot be 'pigeon'"),
        ((REQUEST, ASSESS, "corrected:decision_to_assess=2024-10-11;colour=blue"), "no attribute 'colour'"),
        ((REQUEST, ASSESS, "retracted:request_received=2024-09-02"), "record opened_in_error"),
        (
            (REQUEST, ASSESS, "became_responsible=2024-10-20", "retracted:request_received=2024-09-02"),
            "would then lie before the case began",
        ),
    ],
)
def test_it_is_refused_and_says_why(said: tuple[str, ...], why: str) -> None:
    assert why in " ".join(refusals(*said))


@pytest.mark.parametrize(
    "said",
    [
        (REQUEST,),
        ("became_responsible=2024-09-02;source=4;inherited_from=302",),
        (REQUEST, "became_responsible=2024-08-20"),  # the earlier trigger found later
        (REQUEST, "decision_to_assess=2025-02-01"),  # today
        (REQUEST, "decision_to_assess=2024-09-02"),  # the same day
        (REQUEST, ASSESS, ASKED, "advice_received:health=2024-11-01;report_date=2023-05-01"),  # an earlier report
        (*TWO, "advice_received:health/slt=2024-11-01"),
        (*TWO, "advice_received:health/slt=2024-11-01", "advice_received:health=2024-11-02"),
        (REQUEST, ASSESS, "corrected:decision_to_assess=2024-10-11;method=post"),
        (REQUEST, ASSESS, "corrected:request_received=2024-10-11"),
        (REQUEST, "retracted:request_received=2024-09-02"),
        (REQUEST, "relief=2025-01-01;ground=personal;from=2024-06-01;to=2024-12-01;target=2025-05-01"),
        (REQUEST, "relief=2025-01-01;ground=personal;because=Words; may stand here"),
        (REQUEST, "withdrawn=2024-10-11", "reopened=2024-10-11"),
        # a closing that was undone since can still be put right
        (REQUEST, "withdrawn=2024-10-11", "reopened=2024-10-20", "corrected:withdrawn=2024-10-20"),
        (REQUEST, "withdrawn=2024-10-11", "reopened=2024-10-20", "retracted:withdrawn=2024-10-11"),
        (REQUEST, REFUSED, "refusal_changed=2024-11-10;why=own_accord", "corrected:decision_not_to_assess=2024-11-10"),
    ],
)
def test_what_can_have_happened_is_recorded(said: tuple[str, ...]) -> None:
    *existing, new = facts(*[each.replace("; may", "\\; may") for each in said])
    assert judge(existing, new, TODAY).refusals == ()


SAMPLE = {
    "category": ":health",
    "provider": ":123456",
    "kind": ":request_received",
    "nothing": "",
}
NEEDS = {"relief": ";ground=personal", "refusal_changed": ";why=own_accord"}
FIRST = {
    "reopened": ["withdrawn=2024-12-01"],
    "refusal_changed": ["decision_not_to_assess=2024-12-01"],
}


@pytest.mark.parametrize("kind", sorted(kinds_of("assessment")))
def test_every_kind_of_fact_can_be_recorded(kind: str) -> None:
    held = KINDS[kind]
    new = f"{kind}{SAMPLE[held.about.value]}=2024-12-02{NEEDS.get(kind, '')}"
    before = [] if held.starts else ["request_received=2024-12-02" if kind == "retracted" else REQUEST]
    assert refusals(*before, *FIRST.get(kind, []), new) == ()


def test_a_whole_process_is_judged_in_the_order_in_which_it_happened() -> None:
    said = facts(ASSESS, "corrected:request_received=2024-09-03", REQUEST)
    assert not any(judgement.refusals for _, judgement in judge_all(said, TODAY))
    said = facts(ASSESS, "request_received=2024-11-01")
    assert [fact.kind for fact, judgement in judge_all(said, TODAY) if judgement.refusals] == ["decision_to_assess"]
