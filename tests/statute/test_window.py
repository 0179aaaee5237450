"""The family's fifteen days: a minimum for them, never an overdue item."""

import pytest

from tests.statute.saying import at, day, one

OPENED = ("request_received=2024-09-02", "decision_to_assess=2024-10-11")
LIMIT = "reg13_representations"


@pytest.mark.parametrize(
    ("drafts", "opens", "closes"),
    [
        (("draft_plan_sent=2024-12-18",), "2024-12-18", "2025-01-01"),
        (("draft_plan_sent=2024-12-18;method=email",), "2024-12-18", "2025-01-01"),
        (("draft_plan_sent=2024-12-18;method=hand",), "2024-12-18", "2025-01-01"),
        (("draft_plan_sent=2024-12-18;method=post",), "2024-12-20", "2025-01-03"),
        (("draft_plan_sent=2024-12-23;method=post",), "2024-12-27", "2025-01-10"),  # over Christmas
        (("draft_plan_sent=2025-04-17;method=post",), "2025-04-23", "2025-05-07"),  # over Easter
        (("draft_plan_sent=2024-12-16;method=post;served=2024-12-17",), "2024-12-17", "2024-12-31"),
        (("draft_plan_sent=2024-12-16;served=2024-12-18;reps_until=2025-01-06",), "2024-12-18", "2025-01-06"),
        (("draft_plan_sent=2024-12-16;reps_until=2024-12-20",), "2024-12-16", "2024-12-30"),  # too short a notice
        (("draft_plan_sent=2024-12-02", "draft_plan_sent=2024-12-16"), "2024-12-16", "2024-12-30"),
        (("draft_plan_sent=2024-12-02;served=2024-12-20", "draft_plan_sent=2024-12-16"), "2024-12-20", "2025-01-03"),
    ],
)
def test_the_window_opens_with_the_latest_service(drafts: tuple[str, ...], opens: str, closes: str) -> None:
    row = one("2025-04-17", LIMIT, *OPENED, *drafts)
    assert (row.start, row.legal_due) == (day(opens), day(closes))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2024-12-18", "window_open"), ("2025-01-01", "window_open"), ("2025-01-02", "window_closed")],
)
def test_the_window_is_open_up_to_and_including_its_last_day(as_of: str, expected: str) -> None:
    assert one(as_of, LIMIT, *OPENED, "draft_plan_sent=2024-12-18").state == expected


def test_service_by_post_is_said_to_be_assumed() -> None:
    found = at("2024-12-30", *OPENED, "draft_plan_sent=2024-12-18;method=post")
    assert "Service on Friday 20 December 2024 is assumed" in found.warnings[0]


@pytest.mark.parametrize(
    ("final", "breach"), [("2025-01-01", True), ("2024-12-20", True), ("2025-01-02", False), ("2025-01-20", False)]
)
def test_a_final_plan_inside_the_window_shows_as_a_breach(final: str, breach: bool) -> None:
    found = at("2025-02-01", *OPENED, "draft_plan_sent=2024-12-18", f"final_plan_sent={final}")
    row, plan = found.get(LIMIT), found.get("reg13_final_plan")
    assert row is not None and plan is not None
    assert bool(row.breach) is breach
    assert (row.state, plan.state) == ("window_closed", "met")
    assert any(row.breach in warning for warning in found.warnings if row.breach) is breach


@pytest.mark.parametrize(
    ("end", "expected"),
    [("withdrawn=2024-12-20", "not_applicable"), ("withdrawn=2025-01-10", "window_closed")],
)
def test_when_the_process_ends_an_open_window_falls_away(end: str, expected: str) -> None:
    assert one("2025-02-01", LIMIT, *OPENED, "draft_plan_sent=2024-12-18", end).state == expected


def test_without_a_draft_there_is_no_window() -> None:
    assert one("2025-02-01", LIMIT, *OPENED).state == "not_started"
    assert one("2025-02-01", LIMIT, *OPENED, "withdrawn=2025-01-02").state == "not_applicable"
