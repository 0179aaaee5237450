"""What is offered first to whoever has something to record."""

import pytest

from statute.asks import Request, asking
from statute.expected import expected
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS
from statute.notation import parse_fact
from statute.standing import standing

REQUEST = "request_received=2024-09-02"
DECIDED = "decision_to_assess=2024-10-11"
DRAFT = "draft_plan_sent=2024-12-16"
PLAN = "plan_made=2024-01-08"
MET = "review_meeting=2024-12-02"
AMEND = "decision_amend=2024-12-20"
NOTICE = "amendment_notice_sent=2024-12-20"
ISSUE = ["decision_to_issue", "decision_not_to_issue"]


def names(process: str, *facts: str, ended_by: str = "", requests: tuple[str, ...] = ()) -> list[str]:
    """What is expected after these facts, as kind or kind:subject."""
    stands = standing([parse_fact(fact) for fact in facts])
    asks = asking(stands, map(Request, requests)).asks
    ended = next((fact for fact in stands if fact.kind == ended_by), None)
    return [f"{each.kind}:{each.subject}".rstrip(":") for each in expected(process, stands, asks, ended)]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ((REQUEST,), ["decision_to_assess", "decision_not_to_assess"]),
        ((REQUEST, DECIDED), ["family_views", "draft_plan_sent", *ISSUE]),
        (
            (REQUEST, DECIDED, "advice_requested:health/slt=2024-10-14", "advice_requested:education=2024-10-14"),
            ["advice_received:health/slt", "advice_received:education", "family_views", "draft_plan_sent", *ISSUE],
        ),
        (
            (REQUEST, DECIDED, "family_views=2024-10-20", DRAFT, "consulted:117222=2024-12-17"),
            ["final_plan_sent", "consultation_reply:117222", "draft_plan_sent", "consulted", *ISSUE],
        ),
    ],
)
def test_an_assessment_goes_from_decision_through_advice_and_draft_to_the_plan(
    facts: tuple[str, ...], found: list[str]
) -> None:
    assert names(ASSESSMENT, *facts) == found


def test_a_service_that_was_only_announced_to_is_expected_to_be_asked() -> None:
    found = names(ASSESSMENT, REQUEST, DECIDED, requests=("health",))
    assert found[0] == "advice_requested:health"


def test_advice_that_came_is_not_expected_again() -> None:
    asked = ("advice_requested:health=2024-10-14", "advice_received:health=2024-11-01")
    assert not any(name.startswith("advice") for name in names(ASSESSMENT, REQUEST, DECIDED, *asked))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ((PLAN,), ["review_arranged_by", "review_invited", "review_meeting"]),
        (
            (PLAN, "review_arranged_by:school=2024-10-01", "review_invited=2024-11-01"),
            ["review_papers_sent", "review_meeting"],
        ),
        ((PLAN, MET), ["review_report_received", "decision_maintain", "decision_amend", "decision_cease"]),
        ((PLAN, MET, AMEND), ["amendment_notice_sent"]),
        ((PLAN, MET, AMEND, NOTICE), ["amended_plan_sent", "decided_not_to_amend"]),
        ((PLAN, MET, "decision_cease=2024-12-20"), ["plan_ceased", "appeal_registered"]),
        (
            (PLAN, MET, "decision_cease=2024-12-20", "appeal_registered=2025-01-20"),
            ["appeal_determined"],
        ),
    ],
)
def test_a_review_goes_from_meeting_through_report_and_decision_to_its_end(
    facts: tuple[str, ...], found: list[str]
) -> None:
    assert names(ANNUAL_REVIEW, *facts) == found


def test_of_a_closed_case_only_what_opens_it_again_is_offered() -> None:
    assert names(ASSESSMENT, REQUEST, "withdrawn=2024-09-20", ended_by="withdrawn") == ["reopened"]
    refused = (REQUEST, "decision_not_to_assess=2024-09-20")
    assert names(ASSESSMENT, *refused, ended_by="decision_not_to_assess") == ["refusal_changed", "reopened"]


@pytest.mark.parametrize("process", [ASSESSMENT, ANNUAL_REVIEW])
def test_everything_expected_belongs_to_its_process(process: str) -> None:
    stories = [(REQUEST,), (REQUEST, DECIDED, DRAFT), (PLAN,), (PLAN, MET), (PLAN, MET, AMEND, NOTICE)]
    for story in stories if process == ANNUAL_REVIEW else stories[:2]:
        found = names(process, *story)
        assert found
        assert all(process in KINDS[name.partition(":")[0]].processes for name in found)
