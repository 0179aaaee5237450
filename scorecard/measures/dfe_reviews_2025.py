"""Annual reviews of calendar year 2024, as the Department for Education counted them in its release of 2025 alone."""

from dataclasses import replace

from scorecard.measure import Better, LeftOut, Measure, Shape
from scorecard.measures.dfe_reviews import EXPECTED, HELD, NOT_HELD

_DECISIONS = (
    "Counted is the last decision of each plan, of whatever year, up to the school census in January; a decision "
    "without a meeting on record is in no such column and has an outcome all the same, so that the department's own "
    "“no outcome” can fall below nothing. Of a review that met more than once the first meeting counts."
)
_NO_MEETING = LeftOut("met_on IS NULL", "no review meeting is recorded")
_NOT_DECIDED = (
    LeftOut("decided_on IS NULL AND outcome IS NOT NULL", "decided without a meeting on record before it"),
    LeftOut("met_on IS NULL", "no review meeting is recorded"),
    LeftOut("decided_on IS NULL", "no decision is recorded"),
)
_FOUR_WEEKS = ("number_decsion_4weeks", "number_decision_gt_4weeks")
_OUTCOMES = ("outcome_amend", "outcome_cease", "outcome_maintan")
MET_IN_YEAR = "met_on BETWEEN p.first_day AND p.last_day"

_MET = replace(
    HELD,
    id="reviews_met_2025",
    name="Review meetings held in the year",
    definition="Of the plans whose review was expected, those whose last review meeting was held in the year.",
    shape=Shape.SHARE,
    among="expected",
    counted=MET_IN_YEAR,
    better=Better.HIGHER,
    verified=False,
    reading=EXPECTED,
    left_out=NOT_HELD,
    columns=("review_meeting_24", "review_expected"),
    until=2025,
)
_NOT_MET = replace(
    _MET,
    id="reviews_not_met_2025",
    name="Plans without a review meeting",
    definition="Of the plans whose review was expected, those of which no review meeting is on record.",
    counted="met_on IS NULL",
    better=Better.LOWER,
    columns=("no_review_meeting", "review_expected"),
)
_OUTSTANDING = replace(
    _MET,
    id="reviews_outstanding_2025",
    name="Review decisions outstanding",
    definition="Of the plans with a review meeting, those where more than four weeks after the last meeting no "
    "decision on it had been sent.",
    among="expected AND met_on IS NOT NULL",
    counted="undecided AND met_on < p.as_at - 28",
    better=Better.LOWER,
    left_out=(*NOT_HELD, _NO_MEETING),
    columns=("review_decision_outstanding", "total_review_meeting"),
)
_NOT_DUE = replace(
    _OUTSTANDING,
    id="reviews_not_due_2025",
    name="Review decisions not yet due",
    definition="Of the plans with a review meeting, those that wait for the decision on a last meeting of the four "
    "weeks before the day of looking.",
    counted="undecided AND met_on >= p.as_at - 28",
    better=Better.NEITHER,
    columns=("review_decision_not_due", "total_review_meeting"),
)
_DECIDED = replace(
    _MET,
    id="reviews_four_weeks_2025",
    name="Last decision within four weeks",
    definition="Of the plans whose last review decision followed a recorded meeting, those where it was sent within "
    "four weeks of that meeting (regulation 20(10)).",
    among="expected AND decided_on IS NOT NULL",
    counted="days <= 28",
    reading=f"{EXPECTED} {_DECISIONS}",
    left_out=(*NOT_HELD, *_NOT_DECIDED),
    columns=(_FOUR_WEEKS[0], *_FOUR_WEEKS),
)
_DECIDED_LATE = replace(
    _DECIDED,
    id="reviews_over_four_weeks_2025",
    name="Last decision after four weeks",
    definition="Of the plans whose last review decision followed a recorded meeting, those where it was sent later "
    "than four weeks after that meeting.",
    counted="days > 28",
    better=Better.LOWER,
    columns=(_FOUR_WEEKS[1], *_FOUR_WEEKS),
)
_OF_EXPECTED = replace(
    _DECIDED,
    id="reviews_expected_four_weeks_2025",
    name="Expected reviews with a last decision within four weeks",
    definition="Of all plans whose review was expected, those whose last decision was sent within four weeks of its "
    "meeting. Unlike the published rate it counts the plans without a meeting or a decision.",
    among="expected",
    left_out=NOT_HELD,
    columns=(_FOUR_WEEKS[0], "review_expected"),
)


def _outcome(name: str, words: str, column: str) -> Measure:
    return replace(
        _DECIDED,
        id=f"reviews_{name}_2025",
        name=f"Last outcome: {words}",
        definition=f"Of the plans with an outcome of a review on record, those where the last one was {words}.",
        among="expected AND outcome IS NOT NULL",
        counted=f"outcome = '{name}'",
        better=Better.NEITHER,
        left_out=(*NOT_HELD, LeftOut("outcome IS NULL", "no outcome of a review is recorded")),
        columns=(column, *_OUTCOMES),
    )


REVIEWS_2025 = (
    _MET,
    _NOT_MET,
    _OUTSTANDING,
    _NOT_DUE,
    _DECIDED,
    _DECIDED_LATE,
    _OF_EXPECTED,
    _outcome("amend", "to amend the plan", "outcome_amend"),
    _outcome("cease", "to cease the plan", "outcome_cease"),
    _outcome("maintain", "to keep the plan as it is", "outcome_maintan"),
)
"""Meetings, decisions and outcomes of reviews by the release of 2025."""
