"""When a plan must next be reviewed: twelve months, and what takes their place."""

import pytest

from statute.review_standing import review_due
from tests.statute.saying import day
from tests.statute.saying_reviews import AMEND, CEASE, MADE, MAINTAIN, MET, at, one, state

LAST = "last_review=2025-02-10;meeting=2025-01-20"
REASSESSED = "plan_made=2024-03-01;after=reassessment"
MOVED_IN = "transferred_in=2024-12-10"


@pytest.mark.parametrize(
    ("made", "due"),
    [
        # "in the period of 12 months starting with": the day before the same date, never the date itself
        ("2024-03-01", "2025-02-28"),
        ("2023-03-01", "2024-02-29"),  # the year between holds a leap day
        ("2024-02-29", "2025-02-28"),  # made on a leap day
        ("2023-02-28", "2024-02-27"),
        ("2024-01-01", "2024-12-31"),
        ("2024-12-26", "2025-12-25"),  # on Christmas Day, and it stays there
        ("2025-03-31", "2026-03-30"),  # across the change of the clocks
        ("2025-10-27", "2026-10-26"),
    ],
)
def test_the_first_review_is_due_in_the_twelve_months_starting_with_the_day_the_plan_was_made(
    made: str, due: str
) -> None:
    found = one(made, "s44_review", f"plan_made={made}")
    assert (found.start, found.legal_due, found.norm_due) == (day(made), day(due), None)


def test_a_limit_on_christmas_day_has_an_earlier_working_day_beside_it() -> None:
    found = one("2025-01-10", "s44_review", "plan_made=2024-12-26")
    assert (found.legal_due, found.operational_due) == (day("2025-12-25"), day("2025-12-24"))


def test_later_reviews_count_from_the_decision_and_the_norm_from_the_meeting() -> None:
    found = one("2025-03-01", "s44_review", MADE, LAST)
    assert (found.start, found.legal_due, found.norm_due) == (day("2025-02-10"), day("2026-02-09"), day("2026-01-19"))
    assert "Counted from the last review meeting instead it would be Monday 19 January 2026" in found.explain()


@pytest.mark.parametrize(
    ("as_of", "said", "expected", "days"),
    [
        ("2024-02-29", (MADE,), "not_started", None),
        ("2024-03-01", (MADE,), "running", -364),
        ("2025-02-14", (MADE,), "due_soon", -14),
        ("2025-02-28", (MADE,), "due_today", 0),
        ("2025-03-01", (MADE,), "overdue", 1),
        # the meeting alone completes nothing; the decision does, whichever way
        ("2025-03-10", (MADE, MET), "overdue", 10),
        ("2025-03-10", (MADE, MET, MAINTAIN), "met", -87),
        ("2025-03-10", (MADE, MET, CEASE), "met", -87),
        ("2025-03-10", (MADE, MET, AMEND), "met", -87),
        ("2025-03-10", (MADE, "review_meeting=2025-02-20", "decision_maintain=2025-03-05"), "met_late", 5),
        ("2025-02-28", (MADE, MET, "decision_maintain=2025-02-28"), "met", 0),
        # an amended plan with no decision recorded shows that there was one
        ("2025-03-10", (MADE, MET, "amended_plan_sent=2025-01-28"), "met", -31),
        # ends
        ("2025-03-10", (MADE, "died=2025-02-28"), "not_applicable", 0),
        ("2025-03-10", (MADE, "moved_away=2025-03-01"), "ended_overdue", 1),
        ("2025-03-10", (MADE, "attained_26=2025-01-05"), "not_applicable", -54),
        ("2025-03-10", (MADE, "transferred_out=2025-03-05"), "ended_overdue", 5),
        ("2025-03-10", (MADE, "plan_ceased=2025-02-05"), "not_applicable", -23),
        ("2025-03-10", (MADE, "opened_in_error=2025-03-05"), "not_applicable", 5),
        ("2025-03-10", (MADE, MOVED_IN), "replaced", 10),
        ("2025-03-10", (REASSESSED,), "replaced", 10),
        ("2025-03-10", (MADE, "plan_amended=2025-01-05;after=reassessment"), "replaced", 10),
        ("2025-03-10", (MADE, "plan_amended=2025-01-05;after=review"), "overdue", 10),
    ],
)
def test_the_twelve_months_in_every_state(as_of: str, said: tuple[str, ...], expected: str, days: int | None) -> None:
    found = one(as_of, "s44_review", *said)
    assert (found.state.value, found.days) == (expected, days)


@pytest.mark.parametrize(
    ("said", "start", "due"),
    [
        # "within 12 months of": one day more than section 44
        ((REASSESSED,), "2024-03-01", "2025-03-01"),
        (("plan_made=2024-02-29;after=reassessment",), "2024-02-29", "2025-02-28"),
        ((MADE, "plan_amended=2024-06-10;after=reassessment"), "2024-06-10", "2025-06-10"),
        ((MADE, LAST, "plan_amended=2025-03-03;after=reassessment"), "2025-03-03", "2026-03-03"),
        # a review since then puts section 44 back in its place
        ((REASSESSED, LAST), None, None),
        ((MADE,), None, None),
    ],
)
def test_after_a_re_assessment_twelve_months_of_the_plan_count(
    said: tuple[str, ...], start: str | None, due: str | None
) -> None:
    found = one("2025-03-05", "reg27_review", *said)
    assert found.start == (day(start) if start else None)
    assert found.legal_due == (day(due) if due else None)


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2025-02-01", (REASSESSED,), "running"),
        ("2025-02-20", (REASSESSED,), "due_soon"),
        ("2025-03-01", (REASSESSED,), "due_today"),
        ("2025-03-02", (REASSESSED,), "overdue"),
        ("2025-03-02", (REASSESSED, MET, MAINTAIN), "met"),
        ("2025-03-09", (REASSESSED, MET, "decision_maintain=2025-03-08"), "met_late"),
        ("2025-03-09", (REASSESSED, "died=2025-03-08"), "ended_overdue"),
        ("2025-03-09", (REASSESSED, "died=2025-02-08"), "not_applicable"),
        ("2025-03-09", (REASSESSED, MOVED_IN), "replaced"),
        ("2025-03-09", (MADE,), "not_started"),
    ],
)
def test_the_review_after_a_re_assessment_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg27_review", *said) == expected


@pytest.mark.parametrize(
    ("as_of", "told", "expected"),
    [
        ("2024-12-09", "", "not_started"),
        ("2024-12-20", "", "running"),
        ("2025-01-10", "", "due_soon"),
        ("2025-01-21", "", "due_today"),
        ("2025-01-22", "", "overdue"),
        ("2025-01-22", ";family_told_on=2025-01-21", "met"),
        ("2025-01-20", ";family_told_on=2025-01-21", "due_soon"),
        ("2025-01-25", ";family_told_on=2025-01-25", "met_late"),
    ],
)
def test_the_family_is_told_of_a_transfer_within_six_weeks(as_of: str, told: str, expected: str) -> None:
    assert state(as_of, "reg15_inform", MADE, MOVED_IN + told) == expected


@pytest.mark.parametrize(
    ("said", "start", "due"),
    [
        # three months after the transfer are later than the rest of the twelve
        ((MADE, MOVED_IN), "2024-12-10", "2025-03-09"),
        # the rest of the twelve months is later
        ((MADE, "transferred_in=2024-06-10"), "2024-03-01", "2025-02-28"),
        (("plan_made=2022-03-01", "last_review=2024-10-01", MOVED_IN), "2024-10-01", "2025-09-30"),
        (("plan_made=2022-03-01", "last_review=2023-02-01", MOVED_IN), "2024-12-10", "2025-03-09"),
        # nobody knows when it was made: the three months are what is sure
        ((MOVED_IN,), "2024-12-10", "2025-03-09"),
        # reviewed since by this authority: an ordinary year again
        ((MADE, MOVED_IN, LAST), None, None),
    ],
)
def test_a_plan_that_came_from_elsewhere_is_reviewed_by_the_later_day(
    said: tuple[str, ...], start: str | None, due: str | None
) -> None:
    found = one("2025-02-15", "reg15_review", *said)
    assert found.start == (day(start) if start else None)
    assert found.legal_due == (day(due) if due else None)


def test_a_transfer_before_the_last_review_leaves_nothing_behind() -> None:
    found = at("2025-06-01", MADE, MOVED_IN, LAST)
    assert {d.limit: d.state.value for d in found.deadlines if d.limit.startswith("reg15")} == {
        "reg15_inform": "not_started",
        "reg15_review": "not_started",
    }
    assert state("2025-06-01", "s44_review", MADE, MOVED_IN, LAST) == "running"


@pytest.mark.parametrize(
    ("as_of", "more", "expected"),
    [
        ("2024-12-20", (), "running"),
        ("2025-03-01", (), "due_soon"),
        ("2025-03-09", (), "due_today"),
        ("2025-03-10", (), "overdue"),
        ("2025-03-10", ("review_meeting=2025-02-01", "decision_maintain=2025-03-09"), "met"),
        ("2025-03-12", ("review_meeting=2025-02-01", "decision_maintain=2025-03-11"), "met_late"),
        ("2025-03-12", ("moved_away=2025-03-11",), "ended_overdue"),
        ("2025-03-12", ("moved_away=2025-03-01",), "not_applicable"),
    ],
)
def test_the_review_after_a_transfer_in_every_state(as_of: str, more: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg15_review", MADE, MOVED_IN, *more) == expected


UNDER_FIVE = "plan_made=2024-03-01;early_years=yes"


@pytest.mark.parametrize(
    ("as_of", "said", "due", "expected"),
    [
        ("2024-04-01", (UNDER_FIVE,), "2024-08-31", "running"),
        ("2024-08-31", (UNDER_FIVE,), "2024-08-31", "due_today"),
        ("2024-09-01", (UNDER_FIVE,), "2024-08-31", "overdue"),
        ("2024-09-01", (UNDER_FIVE, "decision_maintain=2024-08-01"), "2024-08-31", "met"),
        ("2025-04-01", (MADE, "last_review=2025-02-10;early_years=yes"), "2025-08-09", "running"),
        ("2025-04-01", (UNDER_FIVE, LAST), None, "not_started"),
        ("2024-09-01", ("plan_made=2024-03-01;early_years=no",), None, "not_started"),
    ],
)
def test_the_code_asks_for_a_look_at_the_plan_of_a_child_under_five_every_six_months(
    as_of: str, said: tuple[str, ...], due: str | None, expected: str
) -> None:
    found = one(as_of, "code_early_years", *said)
    assert (found.legal_due, found.state.value) == (day(due) if due else None, expected)


def test_three_months_are_the_norm_for_a_child_under_five() -> None:
    assert one("2024-04-01", "code_early_years", UNDER_FIVE).norm_due == day("2024-05-31")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ((), None),
        ((MADE,), "2025-02-28"),
        ((REASSESSED,), "2025-03-01"),
        ((MADE, "transferred_in=2024-12-10"), "2025-03-09"),
        ((REASSESSED, "transferred_in=2024-12-10"), "2025-03-09"),
        ((MADE, MET, MAINTAIN), "2025-02-28"),
    ],
)
def test_one_of_three_limits_says_when_the_review_is_due(said: tuple[str, ...], due: str | None) -> None:
    assert review_due(at("2025-02-01", *said)) == (day(due) if due else None)


@pytest.mark.parametrize("as_of", ["2025-02-09", "2024-06-01"])
def test_before_the_last_review_was_decided_another_process_was_running(as_of: str) -> None:
    found = at(as_of, MADE, LAST, MET)
    assert {d.state.value for d in found.deadlines} == {"not_started"}
    assert found.started_on is None


def test_a_plan_owes_nothing_here_before_it_came_here() -> None:
    assert {d.state.value for d in at("2024-12-09", MADE, MOVED_IN).deadlines} == {"not_started"}
    assert at("2024-12-10", MADE, MOVED_IN).started_on == day("2024-12-10")
