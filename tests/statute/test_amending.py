"""Amending a plan: the family's 15 days, eight weeks from the notice, twelve from the meeting."""

import pytest

from tests.statute.saying import day
from tests.statute.saying_reviews import AMEND, AMENDED, CEASE, MADE, MAINTAIN, MET, NOTICE, at, one, state

AMENDING = (MADE, MET, AMEND, NOTICE)
NOT_AMENDED = "decided_not_to_amend=2025-01-20"


@pytest.mark.parametrize(
    ("notice", "due", "assumed"),
    [
        ("amendment_notice_sent=2024-12-03", "2024-12-17", False),
        ("amendment_notice_sent=2024-12-03;served=2024-12-05", "2024-12-19", False),
        ("amendment_notice_sent=2024-12-03;method=email", "2024-12-17", False),
        ("amendment_notice_sent=2024-12-03;method=post", "2024-12-19", True),
        ("amendment_notice_sent=2024-12-24;method=post", "2025-01-13", True),  # two working days over Christmas
        ("amendment_notice_sent=2024-12-03;reps_until=2025-01-10", "2025-01-10", False),
        ("amendment_notice_sent=2024-12-03;reps_until=2024-12-10", "2024-12-17", False),
        ("amendment_notice_sent=2024-02-15", "2024-02-29", False),
    ],
)
def test_the_family_has_fifteen_days_beginning_with_service(notice: str, due: str, assumed: bool) -> None:
    found = at("2024-12-24", "plan_made=2023-03-01", notice)
    row = found.get("reg22_representations")
    assert row is not None
    assert row.legal_due == day(due)
    assert any("is assumed: the notice went by post" in warning for warning in found.warnings) is assumed


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-12-01", (MADE, MET), "not_started"),
        ("2024-12-03", AMENDING, "window_open"),
        ("2024-12-17", AMENDING, "window_open"),
        ("2024-12-18", AMENDING, "window_closed"),
        # the latest service governs
        ("2024-12-20", (*AMENDING, "amendment_notice_sent=2024-12-10"), "window_open"),
        ("2025-02-01", (*AMENDING, AMENDED), "window_closed"),
        ("2025-02-01", (*AMENDING, "amended_plan_sent=2024-12-10"), "window_closed"),
        ("2025-02-01", (*AMENDING, "died=2024-12-10"), "not_applicable"),
        ("2025-02-01", (MADE, MET, MAINTAIN), "not_applicable"),
    ],
)
def test_the_familys_time_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg22_representations", *said) == expected


@pytest.mark.parametrize(("sent", "breach"), [("2024-12-17", True), ("2024-12-18", False)])
def test_an_amended_plan_inside_the_familys_time_is_a_breach(sent: str, breach: bool) -> None:
    found = one("2025-02-01", "reg22_representations", *AMENDING, f"amended_plan_sent={sent}")
    assert bool(found.breach) is breach
    assert ("inside the family's time to answer the notice" in found.explain()) is breach


@pytest.mark.parametrize(
    ("as_of", "said", "final", "devon"),
    [
        ("2024-02-01", (MADE, MET), "not_started", "not_started"),
        # conditional until it is decided to amend, and never overdue
        ("2024-10-01", (MADE,), "conditional", "conditional"),
        ("2025-06-01", (MADE, MET), "conditional", "conditional"),
        ("2025-06-01", (MADE, MET, MAINTAIN), "not_applicable", "not_applicable"),
        ("2025-06-01", (MADE, MET, CEASE), "not_applicable", "not_applicable"),
        ("2025-06-01", (MADE, "died=2025-01-01"), "not_applicable", "not_applicable"),
        # decided, but the notice has not gone: only the twelve weeks run
        ("2024-12-10", (MADE, MET, AMEND), "not_started", "running"),
        ("2025-02-10", (MADE, MET, AMEND), "not_started", "overdue"),
        ("2024-12-10", AMENDING, "running", "running"),
        ("2025-01-14", AMENDING, "due_soon", "due_soon"),
        ("2025-01-28", AMENDING, "due_today", "due_today"),
        ("2025-01-29", AMENDING, "overdue", "overdue"),
        ("2025-02-01", (*AMENDING, AMENDED), "met", "met"),
        ("2025-02-01", (*AMENDING, NOT_AMENDED), "met", "met"),
        ("2025-02-01", (*AMENDING, "amended_plan_sent=2025-01-29"), "met_late", "met_late"),
        # not to the family: not sent
        ("2025-02-01", (*AMENDING, "amended_plan_sent=2025-01-20;to=setting"), "overdue", "overdue"),
        # a notice after the meeting shows the decision
        ("2024-12-10", (MADE, MET, NOTICE), "running", "running"),
        # early: eight weeks end before the twelve; late: the twelve are over first
        ("2025-01-20", (MADE, MET, "decision_amend=2024-11-12", "amendment_notice_sent=2024-11-12"), "overdue", "due_soon"),
        ("2025-02-01", (MADE, MET, AMEND, "amendment_notice_sent=2025-01-07"), "running", "overdue"),
        # ends of another kind
        ("2025-03-01", (*AMENDING, "died=2025-01-29"), "ended_overdue", "ended_overdue"),
        ("2025-03-01", (*AMENDING, "moved_away=2025-01-28"), "not_applicable", "not_applicable"),
        ("2025-03-01", (*AMENDING, "opened_in_error=2025-02-20"), "not_applicable", "not_applicable"),
        # to cease after all
        ("2025-03-01", (*AMENDING, "decision_cease=2025-01-20"), "not_applicable", "not_applicable"),
        ("2025-03-01", (*AMENDING, "decision_cease=2025-02-20"), "ended_overdue", "ended_overdue"),
        # an amended plan with nothing before it but the meeting
        ("2025-02-01", (MADE, MET, "amended_plan_sent=2025-01-20"), "not_applicable", "met"),
    ],
)  # fmt: skip
def test_the_two_limits_of_the_final_plan_in_every_state(
    as_of: str, said: tuple[str, ...], final: str, devon: str
) -> None:
    assert (state(as_of, "reg22_final", *said), state(as_of, "devon_final", *said)) == (final, devon)


@pytest.mark.parametrize(
    ("meeting", "notice", "eight", "twelve"),
    [
        ("2024-11-05", "2024-12-03", "2025-01-28", "2025-01-28"),
        ("2024-11-05", "2024-11-12", "2025-01-07", "2025-01-28"),
        ("2025-12-01", "2025-12-29", "2026-02-23", "2026-02-23"),
        ("2024-01-04", "2024-02-01", "2024-03-28", "2024-03-28"),  # over the leap day
        ("2025-09-01", "2025-09-15", "2025-11-10", "2025-11-24"),  # the clocks change between
    ],
)
def test_eight_weeks_from_the_notice_and_twelve_from_the_meeting(
    meeting: str, notice: str, eight: str, twelve: str
) -> None:
    said = ("plan_made=2023-06-01", f"review_meeting={meeting}", f"decision_amend={notice}")
    found = at(notice, *said, f"amendment_notice_sent={notice}")
    final, devon = found.get("reg22_final"), found.get("devon_final")
    assert final is not None and devon is not None
    assert (final.start, final.legal_due) == (day(notice), day(eight))
    assert (devon.start, devon.legal_due) == (day(meeting), day(twelve))


def test_a_notice_sent_again_leaves_the_eight_weeks_where_they_were() -> None:
    found = one("2024-12-20", "reg22_final", *AMENDING, "amendment_notice_sent=2024-12-19")
    assert (found.start, found.legal_due) == (day("2024-12-03"), day("2025-01-28"))


def test_a_notice_by_post_starts_the_eight_weeks_on_the_day_it_was_sent() -> None:
    said = (MADE, MET, AMEND, "amendment_notice_sent=2024-12-03;method=post")
    assert one("2024-12-20", "reg22_final", *said).start == day("2024-12-03")
    assert one("2024-12-20", "reg22_representations", *said).start == day("2024-12-05")


WITHOUT_REVIEW = (MADE, "amendment_notice_sent=2024-06-03")


@pytest.mark.parametrize(
    ("as_of", "said", "final", "devon"),
    [
        ("2024-06-10", WITHOUT_REVIEW, "running", "not_applicable"),
        ("2024-07-30", WITHOUT_REVIEW, "overdue", "not_applicable"),
        ("2024-08-01", (*WITHOUT_REVIEW, "amended_plan_sent=2024-07-29"), "met", "not_applicable"),
        ("2024-08-01", (*WITHOUT_REVIEW, "decided_not_to_amend=2024-07-30"), "met_late", "not_applicable"),
        # a meeting is held while it is still open: its eight weeks go on, the twelve wait for a decision
        ("2024-11-10", (*WITHOUT_REVIEW, MET), "overdue", "conditional"),
        # it was ended before the meeting: the review begins anew
        ("2024-11-10", (*WITHOUT_REVIEW, "amended_plan_sent=2024-07-29", MET), "conditional", "conditional"),
        ("2024-12-10", (*WITHOUT_REVIEW, "amended_plan_sent=2024-07-29", MET, AMEND, NOTICE), "running", "running"),
        ("2024-11-10", (*WITHOUT_REVIEW, "died=2024-11-09"), "ended_overdue", "not_applicable"),
    ],
)
def test_an_amendment_without_a_review_has_eight_weeks_and_no_meeting_to_count_from(
    as_of: str, said: tuple[str, ...], final: str, devon: str
) -> None:
    assert (state(as_of, "reg22_final", *said), state(as_of, "devon_final", *said)) == (final, devon)


def test_an_amendment_without_a_review_is_one_under_regulation_28_and_leaves_the_review_to_be_done() -> None:
    found = at("2024-08-01", *WITHOUT_REVIEW, "amended_plan_sent=2024-07-29")
    final, review = found.get("reg22_final"), found.get("s44_review")
    window = found.get("reg22_representations")
    assert final is not None and review is not None and window is not None
    assert final.citation.startswith("SI 2014/1530 reg 28")
    assert window.citation.startswith("SI 2014/1530 reg 28")
    assert (review.state.value, found.ended_on) == ("running", None)
    devon = found.get("devon_final")
    assert devon is not None and devon.met_on is None


def test_after_a_decision_to_amend_it_is_regulation_22_again() -> None:
    assert one("2024-12-20", "reg22_final", *AMENDING).citation == "SI 2014/1530 reg 22(3)-(4)"


def test_under_regulation_21_the_twelve_weeks_rest_on_its_four() -> None:
    said = (MADE, "review_arranged_by:authority=2024-09-01", MET, AMEND, NOTICE)
    assert "regs 21(9) and 22(3)" in one("2024-12-20", "devon_final", *said).citation
