"""How a review ends, what completes it, and what belongs to the review before or after."""

import pytest

from statute.facts import Fact
from statute.review_standing import completed_by, held_meeting, planned_meeting
from tests.statute.saying import day, facts
from tests.statute.saying_reviews import AMEND, AMENDED, CEASE, MADE, MAINTAIN, MET, NOTICE, at, judged, state

APPEAL = "appeal_registered=2025-01-20"
LATER = day("2026-01-01")


@pytest.mark.parametrize(
    ("said", "on", "by"),
    [
        ((MADE,), None, ""),
        ((MADE, MET), None, ""),
        ((MADE, MET, AMEND, NOTICE), None, ""),
        ((MADE, MET, CEASE), None, ""),
        ((MADE, MET, MAINTAIN), "2024-12-03", "decision_maintain"),
        ((MADE, MAINTAIN), "2024-12-03", "decision_maintain"),
        # the school alone was told: the family still waits for the decision
        ((MADE, MET, "decision_maintain=2024-12-03;to=setting"), None, ""),
        ((MADE, MET, "decision_maintain=2024-12-03;to=setting", "decision_maintain=2024-12-05;to=family"), "2024-12-05", "decision_maintain"),
        ((MADE, MET, AMEND, NOTICE, "decided_not_to_amend=2025-01-20;to=setting"), None, ""),
        ((MADE, MET, AMEND, NOTICE, AMENDED), "2025-01-28", "amended_plan_sent"),
        ((MADE, MET, AMEND, NOTICE, "amended_plan_sent=2025-01-20;to=setting"), None, ""),
        ((MADE, MET, AMEND, NOTICE, "decided_not_to_amend=2025-01-20"), "2025-01-20", "decided_not_to_amend"),
        ((MADE, AMEND, NOTICE, AMENDED), "2025-01-28", "amended_plan_sent"),
        ((MADE, MET, AMENDED), "2025-01-28", "amended_plan_sent"),
        ((MADE, MET, NOTICE, AMENDED), "2025-01-28", "amended_plan_sent"),
        # an amendment without a review ends nothing, whether or not a meeting was held meanwhile
        ((MADE, NOTICE, AMENDED), None, ""),
        ((MADE, "amendment_notice_sent=2024-10-01", MET, "amended_plan_sent=2024-11-20"), None, ""),
        ((MADE, NOTICE, "decided_not_to_amend=2025-01-20"), None, ""),
        # a meeting of the review before does not make it one of this review
        ((MADE, "last_review=2024-11-20", MET, "amendment_notice_sent=2025-02-03", "amended_plan_sent=2025-03-03"), None, ""),
        ((MADE, "transferred_out=2024-12-01"), "2024-12-01", "transferred_out"),
        ((MADE, "moved_away=2024-12-01"), "2024-12-01", "moved_away"),
        ((MADE, "died=2024-12-01"), "2024-12-01", "died"),
        ((MADE, "attained_26=2024-12-01"), "2024-12-01", "attained_26"),
        ((MADE, "opened_in_error=2024-12-01"), "2024-12-01", "opened_in_error"),
        ((MADE, "merged_into=2024-12-01"), "2024-12-01", "merged_into"),
        ((MADE, "plan_ceased=2024-12-01"), "2024-12-01", "plan_ceased"),
        # reopened: what closed it is undone, also the decision and its letter
        ((MADE, MET, MAINTAIN, "reopened=2024-12-10"), None, ""),
        ((MADE, MET, AMEND, NOTICE, AMENDED, "reopened=2025-02-10"), None, ""),
        ((MADE, MET, MAINTAIN, "reopened=2024-12-10", "died=2025-01-10"), "2025-01-10", "died"),
        ((MADE, NOTICE, AMENDED, "died=2025-02-01", "reopened=2025-02-10"), None, ""),
    ],
)  # fmt: skip
def test_how_a_review_ends(said: tuple[str, ...], on: str | None, by: str) -> None:
    found = at("2026-01-01", *said)
    assert (found.ended_on, found.ended_by) == (day(on) if on else None, by)


def test_a_reopening_leaves_an_amendment_that_closed_nothing_where_it_was() -> None:
    said = (MADE, NOTICE, AMENDED, "died=2025-02-01", "reopened=2025-02-10")
    assert state("2026-01-01", "reg22_final", *said) == "met"
    assert state("2025-02-15", "reg20_decision", MADE, MET, MAINTAIN, "reopened=2025-02-10") == "overdue"


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ((MADE, MET), None),
        ((MADE, MET, MAINTAIN), "decision_maintain"),
        ((MADE, MET, AMEND), "decision_amend"),
        ((MADE, MET, AMEND, NOTICE, AMENDED), "decision_amend"),
        ((MADE, MET, NOTICE, AMENDED), "amended_plan_sent"),
        ((MADE, NOTICE, AMENDED), None),
        # to cease: only where the plan goes on after all
        ((MADE, MET, CEASE), None),
        ((MADE, MET, CEASE, APPEAL, "appeal_determined=2025-06-10;outcome=dismissed"), None),
        ((MADE, MET, CEASE, APPEAL, "appeal_determined=2025-06-10;outcome=allowed"), "decision_cease"),
        ((MADE, MET, CEASE, APPEAL, "appeal_determined=2025-06-10;outcome=conceded"), "decision_cease"),
        ((MADE, MET, CEASE, "decision_maintain=2025-01-10"), "decision_maintain"),
        ((MADE, MET, CEASE, "plan_ceased=2025-02-10"), None),
        ((MADE, MET, MAINTAIN, "opened_in_error=2025-02-10"), None),
        ((MADE, "died=2024-12-01"), None),
        # not on a later day than the one asked about, not after a retraction, not of the review before
        ((MADE, MET, "decision_maintain=2026-01-02"), None),
        ((MADE, MET, MAINTAIN, "retracted:decision_maintain=2024-12-03"), None),
        ((MADE, "last_review=2024-12-03", MET, MAINTAIN), None),
    ],
)
def test_what_completes_a_review(said: tuple[str, ...], by: str | None) -> None:
    found: Fact | None = completed_by(facts(*said), LATER)
    assert (None if found is None else found.kind) == by


@pytest.mark.parametrize(
    ("said", "planned", "held"),
    [
        ((MADE,), None, None),
        ((MADE, "review_invited=2024-10-01"), None, None),
        ((MADE, "review_invited=2024-10-01;meeting=2024-11-05"), "2024-11-05", None),
        ((MADE, "review_papers_sent=2024-10-01;meeting=2024-11-05"), "2024-11-05", None),
        (
            (MADE, "review_invited=2024-10-01;meeting=2024-11-05", "review_invited=2024-10-20;meeting=2024-12-05"),
            "2024-12-05",
            None,
        ),
        ((MADE, MET, "review_meeting=2024-11-20"), None, "2024-11-05"),
        ((MADE, MET, "corrected:review_meeting=2024-11-06"), None, "2024-11-06"),
        ((MADE, "last_review=2024-11-20", "review_invited=2024-10-01;meeting=2024-11-05", MET), None, None),
    ],
)
def test_the_meeting_that_is_planned_and_the_one_that_was_held(
    said: tuple[str, ...], planned: str | None, held: str | None
) -> None:
    assert planned_meeting(facts(*said)) == (day(planned) if planned else None)
    assert held_meeting(facts(*said)) == (day(held) if held else None)


def test_two_reviews_in_one_are_told_apart_and_said_to_be() -> None:
    found = at("2026-01-01", MADE, MET, MAINTAIN, "review_meeting=2025-10-10", "decision_maintain=2025-11-01")
    assert found.ended_on == day("2024-12-03")
    assert any(
        "This review ended on Tuesday 3 December 2024 (decision maintain)" in warning
        and "Review meeting and decision maintain lie after that and belong to the next review" in warning
        for warning in found.warnings
    )


@pytest.mark.parametrize("end", ["died", "moved_away", "transferred_out", "plan_ceased"])
def test_after_the_end_of_the_plan_there_is_no_next_review_to_belong_to(end: str) -> None:
    said = (MADE, f"{end}=2024-10-10", MET)
    told = [warning for warning in at("2025-03-01", *said).warnings if "This review ended" in warning]
    assert len(told) == 1 and told[0].endswith("Review meeting lies after that and does not count.")
    assert not any("next review" in warning for warning in judged(*said).warnings)


def test_what_belongs_to_the_review_before_does_not_count_and_is_said_not_to() -> None:
    found = at("2025-03-01", MADE, "last_review=2024-12-03;meeting=2024-11-05", MET, MAINTAIN)
    assert found.ended_on is None
    assert state("2025-03-01", "s44_review", MADE, "last_review=2024-12-03", MET, MAINTAIN) == "running"
    assert state("2025-03-01", "reg20_decision", MADE, "last_review=2024-12-03", MET, MAINTAIN) == "not_started"
    assert any("belong to that review: they do not count here" in warning for warning in found.warnings)


def test_an_amended_plan_that_not_everybody_has_been_sent_is_told_of() -> None:
    said = (MADE, MET, AMEND, NOTICE, "amended_plan_sent=2025-01-20;to=family,setting")
    assert any("the amended plan went to the health commissioner" in each for each in at("2025-02-01", *said).warnings)
    assert at("2025-02-01", MADE, MET, AMEND, NOTICE, AMENDED).warnings == ()


def test_a_reg_28_amendment_before_the_meeting_and_the_review_after_it_are_two_amendments() -> None:
    before = ("amendment_notice_sent=2024-06-03", "amended_plan_sent=2024-07-01;names_setting=yes")
    found = at("2026-01-01", MADE, *before, MET, AMEND, NOTICE, AMENDED)
    final = found.get("reg22_final")
    assert final is not None
    assert (final.start, final.met_on, final.citation) == (
        day("2024-12-03"),
        day("2025-01-28"),
        "SI 2014/1530 reg 22(3)-(4)",
    )
