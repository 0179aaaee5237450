"""Plans issued within twenty weeks, with and without exceptions, as the Department for Education counts them."""

from dataclasses import replace

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source

_WHOLE_DAYS = (
    "Whole calendar days from the day of the request to the day the final plan was sent to the family: twenty weeks "
    "end on day 140, fifty-two on day 364. How part weeks are rounded is not published. A plan that was sent counts "
    "also where the assessment is recorded as over before; where it was reopened later, in the period in which it was "
    "sent."
)
_NOT_COUNTED = (
    LeftOut("FALSE", "opened in error or merged into another: counted nowhere"),
    LeftOut("FALSE", "decided to issue, and the plan not sent by the end of the period: counted when it is sent"),
    LeftOut("FALSE", "a plan sent to the setting alone, or a later final plan of the same assessment"),
    LeftOut("FALSE", "a plan that came from another authority, or without its assessment: no request to count from"),
)
_FLAGGED = LeftOut("excepted", "an exception of the twenty weeks applies: a relief lifts their limit")


def _twice(measure: Measure, *without: str) -> tuple[Measure, Measure]:
    """The measure with exceptions, and without them in either part (`without`: the department's columns for that)."""
    definition = f"{measure.definition} Plans with an exception of the twenty weeks are left out, in time or late."
    return replace(measure, definition=f"{measure.definition} Exceptions included."), replace(
        measure,
        id=f"{measure.id}_ex",
        name=f"{measure.name}, without exceptions",
        definition=definition,
        among="NOT excepted",
        left_out=(_FLAGGED, *_NOT_COUNTED),
        columns=without,
    )


_PLANS = Measure(
    id="plans_issued",
    name="Plans issued",
    definition="Final plans that were sent to the family in the period, the first of each assessment.",
    group=Group.PLANS,
    shape=Shape.COUNT,
    population="plans",
    source=Source.DFE,
    reading=_WHOLE_DAYS,
    left_out=_NOT_COUNTED,
    columns=("plans_issued_den",),
)
_IN_TIME = replace(
    _PLANS,
    id="plans_twenty_weeks",
    name="Plans within twenty weeks",
    definition="Of the plans issued in the period, those sent within twenty weeks of the request (regulation 13(2)).",
    shape=Shape.SHARE,
    counted="days <= 140",
    better=Better.HIGHER,
    columns=("plans_issued_within_20_weeks", "plans_issued_den"),
)
_LATE = replace(
    _IN_TIME,
    id="plans_to_a_year",
    name="Plans after 20 and within 52 weeks",
    definition="Of the plans issued in the period, those sent after twenty and within fifty-two weeks of the request.",
    counted="days BETWEEN 141 AND 364",
    better=Better.LOWER,
    columns=("plans_issued_gt20weeks_ltYear", "plans_issued_den"),
)
_VERY_LATE = replace(
    _LATE,
    id="plans_over_a_year",
    name="Plans after 52 weeks",
    definition="Of the plans issued in the period, those sent later than fifty-two weeks after the request.",
    counted="days > 364",
    columns=("plans_issued_gt_1_year", "plans_issued_den"),
)
_MEAN = replace(
    _PLANS,
    id="weeks_to_plan",
    name="Weeks to a plan, on average",
    definition="The mean of the weeks from the request to the plan, of the plans issued in the period.",
    shape=Shape.MEAN,
    amount="days / 7.0",
    unit="weeks",
    better=Better.LOWER,
    columns=("avg_weeks_issue_plan",),
)
_MEDIAN = replace(
    _MEAN,
    id="median_weeks_to_plan",
    name="Weeks to a plan, median",
    definition="Of the plans issued in the period, half were sent within so many weeks of the request.",
    shape=Shape.MEDIAN,
    verified=False,
    reading=f"{_WHOLE_DAYS} The department publishes the mean alone; the median is counted of the same plans.",
    columns=(),
)

PLANS = (
    *_twice(_PLANS, "plans_issued_den_ex"),
    *_twice(_IN_TIME, "plans_issued_20_weeks_ex", "plans_issued_den_ex"),
    *_twice(_LATE, "plans_issued_gt20weeks_ltYear_ex", "plans_issued_den_ex"),
    *_twice(_VERY_LATE, "plans_issued_gt_1_year_ex", "plans_issued_den_ex"),
    *_twice(_MEAN, "avg_weeks_issue_plan_exc"),
    *_twice(_MEDIAN),
)
"""Plans issued, how soon, and how many weeks they took: each with exceptions and without."""
