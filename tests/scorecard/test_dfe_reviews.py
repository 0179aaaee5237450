"""Plans and their annual reviews at the border of each definition, worked by hand.

The year is 2024, as the release of 2025 counts it; the census after it is on Thursday 16 January 2025. References say
what each plan is.
"""

from collections.abc import Iterator

import pytest

from scorecard.as_published import as_published
from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import OFFICER, Council
from tests.scorecard.worked import Made, council_with, counted_in, names
from tests.support.database import Cluster

MADE = "plan_made=2022-03-01"
PLANS = {
    "MADE-31-DEC": Made(["plan_made=2023-12-31"]),
    "MADE-1-JAN": Made(["plan_made=2024-01-01"]),
    "MADE-AFTER-CENSUS": Made(["plan_made=2025-01-17"]),
    "CEASED-BEFORE": Made([MADE, "plan_ceased=2025-01-10"]),
    "CEASED-ON-CENSUS": Made([MADE, "plan_ceased=2025-01-16"]),
    "CEASED-AFTER": Made([MADE, "plan_ceased=2025-01-17"]),
    "DECIDED-28": Made([MADE], ["review_meeting=2024-06-03", "decision_maintain=2024-07-01"]),
    "DECIDED-29": Made([MADE], ["review_meeting=2024-06-03", "decision_amend=2024-07-02"]),
    "CORRECTED-28": Made(
        [MADE], ["review_meeting=2024-06-03", "decision_maintain=2024-07-02", "corrected:decision_maintain=2024-07-01"]
    ),
    "MET-TWICE": Made(
        [MADE], ["review_meeting=2024-06-03", "review_meeting=2024-06-24", "decision_maintain=2024-07-02"]
    ),
    "TO-CEASE": Made([MADE], ["review_meeting=2024-10-01", "decision_cease=2024-10-15"]),
    "WAITS-28": Made([MADE], ["review_meeting=2024-12-19"]),
    "WAITS-29": Made([MADE], ["review_meeting=2024-12-18"]),
    "MET-IN-JANUARY": Made([MADE], ["review_meeting=2025-01-07"]),
    "MET-AFTER-CENSUS": Made([MADE], ["review_meeting=2025-01-17"]),
    "DECIDED-IN-JANUARY": Made([MADE], ["review_meeting=2024-12-10", "decision_maintain=2025-01-16"]),
    "DECIDED-AFTER-CENSUS": Made([MADE], ["review_meeting=2024-12-10", "decision_maintain=2025-01-17"]),
    "LAST-YEAR": Made([MADE], ["review_meeting=2023-11-01", "decision_maintain=2023-12-31"]),
    "NO-MEETING": Made([MADE], ["decision_maintain=2024-05-07"]),
    "MET-AGAIN": Made(
        [MADE], ["review_meeting=2024-02-05", "decision_maintain=2024-02-26"], ["review_meeting=2024-11-04"]
    ),
    "NO-MEETING-THEN-MET": Made([MADE], ["decision_maintain=2024-02-26"], ["review_meeting=2024-12-30"]),
    "NO-DECISION": Made([MADE], ["review_meeting=2024-06-03", "amended_plan_sent=2024-08-05"]),
    "BROUGHT": Made([MADE, "last_review=2023-10-02;meeting=2023-09-04"]),
    "BROUGHT-NO-MEETING": Made([MADE, "last_review=2023-10-02"]),
    "BROUGHT-THEN-DECIDED": Made(
        [MADE, "last_review=2023-10-02;meeting=2023-08-01"],
        ["review_meeting=2024-09-02", "decision_maintain=2024-09-30"],
    ),
    "IN-ERROR": Made([MADE], ["review_meeting=2024-06-03", "opened_in_error=2024-07-01"]),
}
NEVER_MET = "MADE-31-DEC, CEASED-AFTER, MET-AFTER-CENSUS, NO-MEETING, BROUGHT-NO-MEETING"
WITHIN = "DECIDED-28, CORRECTED-28, TO-CEASE, MET-AGAIN, BROUGHT, BROUGHT-THEN-DECIDED"
OVER = "DECIDED-29, MET-TWICE, NO-DECISION, DECIDED-IN-JANUARY, LAST-YEAR"
MET_THIS_YEAR = (
    "DECIDED-28, DECIDED-29, CORRECTED-28, MET-TWICE, NO-DECISION, TO-CEASE, WAITS-28, WAITS-29, DECIDED-IN-JANUARY, "
    "DECIDED-AFTER-CENSUS, MET-AGAIN, NO-MEETING-THEN-MET, BROUGHT-THEN-DECIDED"
)
EXPECTED = f"{MET_THIS_YEAR}, {NEVER_MET}, MET-IN-JANUARY, LAST-YEAR, BROUGHT"


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), {}, PLANS) as council:
        yield council


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plans_held", f"{EXPECTED}, MADE-1-JAN"),
        ("reviews_expected", EXPECTED),
        ("reviews_met_2025", MET_THIS_YEAR),
        ("reviews_not_met_2025", NEVER_MET),
        ("reviews_not_due_2025", "WAITS-28, MET-IN-JANUARY, NO-MEETING-THEN-MET"),
        ("reviews_outstanding_2025", "WAITS-29, DECIDED-AFTER-CENSUS, MET-AGAIN"),
        ("reviews_four_weeks_2025", WITHIN),
        ("reviews_over_four_weeks_2025", OVER),
        ("reviews_expected_four_weeks_2025", WITHIN),
        ("reviews_amend_2025", "DECIDED-29"),
        ("reviews_cease_2025", "TO-CEASE"),
        (
            "reviews_maintain_2025",
            "DECIDED-28, CORRECTED-28, MET-TWICE, DECIDED-IN-JANUARY, LAST-YEAR, NO-MEETING, MET-AGAIN, "
            "NO-MEETING-THEN-MET, BROUGHT-THEN-DECIDED",
        ),
        # By the release of 2026 a review is completed in the year in which its decision was sent.
        (
            "reviews_completed",
            "DECIDED-28, DECIDED-29, CORRECTED-28, MET-TWICE, NO-DECISION, TO-CEASE, MET-AGAIN, BROUGHT-THEN-DECIDED",
        ),
        ("reviews_completed_before", "LAST-YEAR, BROUGHT"),
        (
            "reviews_not_completed",
            f"{NEVER_MET}, WAITS-28, WAITS-29, MET-IN-JANUARY, DECIDED-IN-JANUARY, DECIDED-AFTER-CENSUS, "
            "NO-MEETING-THEN-MET",
        ),
        ("reviews_four_weeks", "DECIDED-28, CORRECTED-28, TO-CEASE, MET-AGAIN, BROUGHT-THEN-DECIDED"),
        ("reviews_over_four_weeks", "DECIDED-29, MET-TWICE, NO-DECISION"),
        ("reviews_expected_four_weeks", "DECIDED-28, CORRECTED-28, TO-CEASE, MET-AGAIN, BROUGHT-THEN-DECIDED"),
        ("reviews_completed_amend", "DECIDED-29"),
        ("reviews_completed_cease", "TO-CEASE"),
        ("reviews_completed_maintain", "DECIDED-28, CORRECTED-28, MET-TWICE, MET-AGAIN, BROUGHT-THEN-DECIDED"),
        # An amended plan says that there was a decision, and not on which day: nothing is invented.
        ("reviews_completed_no_outcome", "NO-DECISION"),
    ],
)
def test_who_is_counted(year: Council, name: str, expected: str) -> None:
    assert counted_in(year, name, 2024) == names(expected)


def test_a_plan_of_this_year_has_no_review_that_was_expected(year: Council) -> None:
    assert counted_in(year, "reviews_met_2025", 2024, Side.LEFT_OUT) == {"MADE-1-JAN"}


def test_a_plan_leads_to_its_latest_review(year: Council) -> None:
    found = behind(year.db, measure("plans_held"), year_of(2024), OFFICER, page=None)
    shown = {each.case_ref for each in found.cases}
    assert shown >= {"MET-AGAIN/R2", "BROUGHT-THEN-DECIDED/R2", "WAITS-28/R1"}
    assert "MET-AGAIN/R1" not in shown


def test_a_decision_without_a_meeting_is_left_out_and_said_so(year: Council) -> None:
    assert "NO-MEETING" in counted_in(year, "reviews_four_weeks_2025", 2024, Side.LEFT_OUT)


def test_a_review_that_was_brought_is_completed_without_an_outcome(year: Council) -> None:
    assert counted_in(year, "reviews_completed_no_outcome", 2023) == {"BROUGHT", "BROUGHT-THEN-DECIDED"}


def test_the_year_in_the_department_s_columns(year: Council) -> None:
    assert as_published(year.db, 2024).tables["annual_reviews"] == {
        "total_ehc_plans": 22,
        "review_expected": 21,
        "review_not_expected": 1,
        "review_meeting_25": 1,
        "review_meeting_24": 13,
        "review_meeting_prior_24": 2,
        "total_review_meeting": 16,
        "no_review_meeting": 5,
        "review_decision25": 1,
        "review_decision24": 8,
        "review_decision_prior24": 2,
        "review_decision_not_due": 3,
        "review_decision_outstanding": 3,
        "outcome_amend": 1,
        "outcome_cease": 1,
        "outcome_maintan": 9,
        "no_outcome": 5,
        "number_decsion_4weeks": 6,
        "number_decision_gt_4weeks": 5,
        "pc_decsion_4weeks": 54.5,
        "pc_decision_gt_4weeks": 45.5,
    }


def test_the_same_year_in_the_columns_of_the_release_of_2026(year: Council) -> None:
    reviews = as_published(year.db, 2025).tables["annual_reviews"] or {}
    assert (reviews["total_ehc_plans"], reviews["review_expected_2025"], reviews["review_not_expected"]) == (22, 21, 1)
    completed = [reviews[f"review_{name}"] for name in ("completed_2025", "completed_prior_2025", "not_completed")]
    assert completed == [2, 10, 9]
    assert (reviews["decision_4_weeks"], reviews["decision_over_4_weeks"]) == (0, 2)


def test_before_2024_the_department_published_no_reviews(year: Council) -> None:
    printed = as_published(year.db, 2023)
    assert printed.tables["annual_reviews"] is None
    assert "annual_reviews: the department published no such table for 2023" in printed.notes
