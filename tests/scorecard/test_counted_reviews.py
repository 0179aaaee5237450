"""How a review is counted from its facts, and the review before it from what its facts say of that."""

from datetime import date
from typing import Any

import pytest

from scorecard.counted.reviews import counted_reviews
from tests.statute.saying import facts

MADE = "plan_made=2022-03-01"
MET, DECIDED = "review_meeting=2024-06-03", "decision_amend=2024-06-24"


def own(*said: str) -> dict[str, Any]:
    """The process's own review."""
    return next(each for each in counted_reviews(facts(*said)) if each["place"] == 1)


def test_every_day_of_a_review_is_counted() -> None:
    row = own(
        MADE,
        f"{MET};aligned=looked_after",
        "review_report_received=2024-06-17",
        DECIDED,
        "amendment_notice_sent=2024-06-25",
        "amended_plan_sent=2024-08-19",
        "appeal_registered=2024-09-20;sections=B,F",
    )
    assert row == {
        "place": 1,
        "void": False,
        "began": date(2022, 3, 1),
        "met_on": date(2024, 6, 3),
        "report_on": date(2024, 6, 17),
        "decided_on": date(2024, 6, 24),
        "outcome": "amend",
        "came_on": None,
        "told_on": date(2024, 6, 25),
        "amends_on": date(2024, 6, 24),
        "completed_on": date(2024, 6, 24),
        "notice_on": date(2024, 6, 25),
        "finished_on": date(2024, 8, 19),
        "aligned": "looked_after",
        "appeal_on": date(2024, 9, 20),
        "appeal_sections": "B,F",
    }


def test_a_plan_without_a_review_yet_has_one_row_without_days() -> None:
    (row,) = counted_reviews(facts(MADE))
    assert (row["place"], row["met_on"], row["decided_on"], row["outcome"]) == (1, None, None, None)


def test_the_review_before_is_told_by_the_facts_of_this_one() -> None:
    before, row = counted_reviews(facts(MADE, "last_review=2023-10-02;meeting=2023-09-04", MET))
    assert (before["place"], before["met_on"], before["decided_on"]) == (0, date(2023, 9, 4), date(2023, 10, 2))
    assert before["outcome"] is None
    assert (row["began"], row["met_on"], row["decided_on"]) == (date(2023, 10, 2), date(2024, 6, 3), None)


def test_what_belongs_to_the_review_before_is_not_this_review_s() -> None:
    row = own(MADE, "review_meeting=2023-09-04", "decision_maintain=2023-10-02", "last_review=2023-10-02")
    assert (row["met_on"], row["decided_on"], row["outcome"]) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            [MET, "review_meeting=2024-06-20", DECIDED],
            {"met_on": date(2024, 6, 3)},
            id="the four weeks count from the first of two meetings",
        ),
        pytest.param(
            [MET, DECIDED, "corrected:decision_amend=2024-06-26"],
            {"decided_on": date(2024, 6, 26)},
            id="a correction is counted in",
        ),
        pytest.param(
            [MET, DECIDED, "retracted:decision_amend=2024-06-24"],
            {"met_on": date(2024, 6, 3), "decided_on": None, "outcome": None},
            id="a decision that is taken back never was",
        ),
        pytest.param(
            [MET, "decision_amend=2024-06-24;to=setting"],
            {"decided_on": None},
            id="a decision that went to the setting alone is not sent",
        ),
        pytest.param(
            ["decision_cease=2024-06-24"],
            {"met_on": None, "decided_on": date(2024, 6, 24), "outcome": "cease"},
            id="a decision without a meeting has an outcome",
        ),
        pytest.param(
            ["transferred_in=2024-01-08;from_authority=330"],
            {"began": date(2024, 1, 8), "came_on": date(2024, 1, 8)},
            id="a plan from another authority begins here",
        ),
        pytest.param(
            ["amendment_notice_sent=2024-05-01", "amended_plan_sent=2024-05-28", MET, DECIDED],
            {"notice_on": None, "finished_on": None, "told_on": None, "amends_on": date(2024, 6, 24)},
            id="an amendment without a review, before it, is not this review's",
        ),
        pytest.param(
            [MET, DECIDED, "amendment_notice_sent=2024-06-24", "decision_cease=2024-07-15"],
            {"finished_on": date(2024, 7, 15), "completed_on": date(2024, 6, 24)},
            id="a later decision to cease leaves nothing to amend",
        ),
        pytest.param(
            [MET, "amendment_notice_sent=2024-06-24", "amended_plan_sent=2024-08-05", "opened_in_error=2024-09-01"],
            {"void": True, "completed_on": date(2024, 8, 5)},
            id="what the next review took from one that was opened in error stays to be known",
        ),
        pytest.param(["opened_in_error=2024-06-24"], {"void": True}, id="a review opened in error is void"),
    ],
)
def test_what_is_counted(said: list[str], expected: dict[str, Any]) -> None:
    row = own(MADE, *said)
    assert {name: row[name] for name in expected} == expected


def test_with_a_review_that_is_void_what_it_says_of_the_one_before_is_void_too() -> None:
    rows = counted_reviews(facts(MADE, "last_review=2023-10-02", "opened_in_error=2024-06-24"))
    assert [row["void"] for row in rows] == [True, True]
