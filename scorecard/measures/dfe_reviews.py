"""Annual reviews as the Department for Education counts them since its release of 2026, and what has not changed."""

from dataclasses import replace

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span

EXPECTED = (
    "The department does not publish when a review is expected. We read: of every plan that is held on the day of "
    "looking and was made before 1 January of the year."
)
NOT_HELD = (
    LeftOut("FALSE", "the plan ended by the day of looking, came later, or never was: opened in error"),
    LeftOut("NOT expected", "made in the year itself: no review of it is expected yet"),
)
_COMPLETED = (
    "completed is a review whose decision was sent, by us or the authority before, by the end of the year and whose "
    "meeting is on record. The decisions within and over four weeks sum to the reviews completed in the year, so these "
    "are all in the year. Of a review that met more than once the first meeting counts."
)
_IN_TIME = "completed_on >= p.first_day"
_WHEN = (
    LeftOut("completed_on IS NULL AND outcome IS NOT NULL", "decided after the year, or without a meeting before it"),
    LeftOut("completed_on IS NULL", "no review is recorded as completed"),
    LeftOut("completed_on < p.first_day", "last completed before the year"),
)
_OUTCOMES = ("outcome_amended", "outcome_ceased", "outcome_maintained", "no_outcome_recorded")
_FOUR_WEEKS = ("decision_4_weeks", "decision_over_4_weeks")

HELD = Measure(
    id="plans_held",
    name="EHC plans",
    definition="Plans that the authority keeps on the day of looking.",
    group=Group.REVIEWS,
    shape=Shape.COUNT,
    population="held",
    source=Source.DFE,
    span=Span.YEAR,
    reading="A plan that came from another authority counts from its transfer, by the day on which it was first made.",
    left_out=NOT_HELD[:1],
    columns=("total_ehc_plans",),
)
_EXPECTED = replace(
    HELD,
    id="reviews_expected",
    name="Plans whose review was expected",
    definition="Of the plans held, those that were made before the year began: each is to be reviewed in it.",
    shape=Shape.SHARE,
    counted="expected",
    verified=False,
    reading=EXPECTED,
    columns=("review_expected", "total_ehc_plans"),
)
_COMPLETE = replace(
    _EXPECTED,
    id="reviews_completed",
    name="Reviews completed in the year",
    definition="Of the plans whose review was expected, those whose last review was completed in the year.",
    among="expected",
    counted=_IN_TIME,
    better=Better.HIGHER,
    reading=f"{EXPECTED} And {_COMPLETED}",
    left_out=NOT_HELD,
    columns=("review_completed_2025", "review_expected_2025"),
    since=2026,
)
_BEFORE = replace(
    _COMPLETE,
    id="reviews_completed_before",
    name="Reviews last completed before the year",
    definition="Of the plans whose review was expected, those whose last review was completed before the year began.",
    counted="completed_on < p.first_day",
    better=Better.LOWER,
    columns=("review_completed_prior_2025", "review_expected_2025"),
)
_NEVER = replace(
    _BEFORE,
    id="reviews_not_completed",
    name="Plans without a completed review",
    definition="Of the plans whose review was expected, those of which no completed review is on record.",
    counted="completed_on IS NULL",
    columns=("review_not_completed", "review_expected_2025"),
)
_DECIDED = replace(
    _COMPLETE,
    id="reviews_four_weeks",
    name="Reviews decided within four weeks",
    definition="Of the reviews completed in the year, those whose decision was sent within four weeks of the meeting "
    "(regulation 20(10)).",
    among=f"expected AND {_IN_TIME}",
    counted="completed_days <= 28",
    left_out=(*NOT_HELD, *_WHEN),
    columns=(_FOUR_WEEKS[0], *_FOUR_WEEKS),
)
_DECIDED_LATE = replace(
    _DECIDED,
    id="reviews_over_four_weeks",
    name="Reviews decided after four weeks",
    definition="Of the reviews completed in the year, those whose decision was sent later than four weeks after the "
    "meeting.",
    counted="completed_days > 28",
    better=Better.LOWER,
    columns=(_FOUR_WEEKS[1], *_FOUR_WEEKS),
)
_OF_EXPECTED = replace(
    _COMPLETE,
    id="reviews_expected_four_weeks",
    name="Expected reviews decided within four weeks",
    definition="Of all plans whose review was expected, those whose review was completed in the year with a decision "
    "within four weeks of the meeting. Unlike the published rate it counts those without a meeting or a decision.",
    counted=f"{_IN_TIME} AND completed_days <= 28",
    columns=("decision_4_weeks", "review_expected_2025"),
)


def _outcome(name: str, words: str, column: str, which: str) -> Measure:
    return replace(
        _DECIDED,
        id=f"reviews_completed_{name}",
        name=f"Reviews completed: {words}",
        definition=f"Of the reviews completed in the year, those where the outcome on record was {words}.",
        counted=f"completed_outcome {which}",
        better=Better.NEITHER,
        columns=(column, *_OUTCOMES),
    )


REVIEWS = (
    HELD,
    _EXPECTED,
    _COMPLETE,
    _BEFORE,
    _NEVER,
    _DECIDED,
    _DECIDED_LATE,
    _OF_EXPECTED,
    _outcome("amend", "to amend the plan", "outcome_amended", "= 'amend'"),
    _outcome("cease", "to cease the plan", "outcome_ceased", "= 'cease'"),
    _outcome("maintain", "to keep the plan as it is", "outcome_maintained", "= 'maintain'"),
    _outcome("no_outcome", "none", "no_outcome_recorded", "IS NULL"),
)
"""Plans, reviews expected and completed, decisions within four weeks and outcomes, by the release of 2026."""
