"""H and C never blank: no decision to issue without health and social care advice unless a person says why."""

import pytest

from statute.blanks import blanks
from statute.judgement import judge
from statute.notation import parse_fact
from statute.standing import standing
from tests.statute.saying import day, facts

ASKED = (
    "request_received=2026-06-19",
    "decision_to_assess=2026-07-25",
    "advice_requested:health=2026-07-27",
    "advice_requested:social_care=2026-07-27",
)
CARE = "advice_received:social_care=2026-08-20"
TODAY = day("2026-10-01")


def wanted(*said: str, fact: str = "decision_to_issue=2026-09-20") -> str:
    """What must be explained before that fact is recorded."""
    return " ".join(judge(facts(*said), parse_fact(fact), TODAY).unexplained)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ([], "health,social_care"),
        ([CARE], "health"),
        ([CARE, "advice_part:health=2026-08-20"], "health"),
        ([CARE, "proceeding_without:health=2026-08-20"], "health"),
        ([CARE, "advice_received:health=2026-08-20", "advice_insufficient:health=2026-08-28"], "health"),
        ([CARE, "advice_received:health=2026-09-21"], "health"),
        ([CARE, "advice_nil:health=2026-08-20"], ""),
        ([CARE, "advice_declined:health=2026-08-20"], ""),
        ([CARE, "advice_received:health=2026-09-20"], ""),
        ([CARE, "advice_requested:health/slt=2026-07-27", "advice_received:health/slt=2026-08-20"], ""),
    ],
)
def test_advice_that_neither_came_nor_was_returned_as_nil_must_be_explained(said: list[str], lacks: str) -> None:
    found = wanted(*ASKED, *said)
    assert bool(found) == bool(lacks)
    assert f"without={lacks} " in found or not lacks


def test_advice_that_nobody_is_recorded_as_having_asked_for_is_missing_until_it_is_there() -> None:
    begun = ASKED[:2]
    assert "without=health,social_care" in wanted(*begun)
    assert wanted(*begun, "advice_received:health=2026-08-20", "advice_nil:social_care=2026-08-20") == ""


def test_reused_advice_leaves_nothing_blank() -> None:
    reused = ("advice_reused:health=2026-07-26", "advice_reused:social_care=2026-07-26")
    assert wanted(*ASKED[:2], *reused) == ""


def test_a_person_may_say_so_for_each_that_is_missing() -> None:
    said = "decision_to_issue=2026-09-20;without={}"
    assert "without=social_care" in wanted(*ASKED, fact=said.format("health"))
    assert wanted(*ASKED, fact=said.format("health,social_care")) == ""


def test_it_is_asked_once_and_of_no_refusal() -> None:
    explained = "decision_to_issue=2026-09-20;without=health,social_care"
    assert wanted(*ASKED, explained, fact="decision_to_issue=2026-09-22") == ""
    assert wanted(*ASKED, explained, fact="corrected:decision_to_issue=2026-09-21") == ""
    assert wanted(*ASKED, fact="decision_not_to_issue=2026-09-20") == ""


def test_a_plan_that_went_out_without_a_decision_is_kept_with_a_word_about_it() -> None:
    draft = judge(facts(*ASKED, CARE), parse_fact("draft_plan_sent=2026-09-20"), TODAY)
    assert draft.unexplained == ()
    assert any("No health advice is recorded" in each for each in draft.warnings)
    decided = facts(*ASKED, "decision_to_issue=2026-09-20;without=health,social_care")
    assert judge(decided, parse_fact("draft_plan_sent=2026-09-20"), TODAY).warnings == ()


def test_what_was_missing_when_it_moved_to_a_plan_stays_to_be_seen() -> None:
    late = "advice_received:health=2026-09-25"
    stands = standing(facts(*ASKED, CARE, "decision_to_issue=2026-09-20", late), TODAY)
    assert [(each.category, each.said_why) for each in blanks(stands)] == [("health", False)]
    stands = standing(facts(*ASKED, CARE, "decision_to_issue=2026-09-20;without=health"), TODAY)
    assert [(each.category, each.said_why) for each in blanks(stands)] == [("health", True)]
    assert blanks(standing(facts(*ASKED), TODAY)) == ()
