"""Assessments that came to their outcome, and decisions not to issue a plan, as the Department for Education counts."""

from collections.abc import Mapping

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source

_OUTCOMES = ("assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn")
_SIXTEEN_WEEKS = ("outcome_decision_within_time", "outcome_decision_over_time")
_NOT_COUNTED = (
    LeftOut("FALSE", "opened in error or merged into another: counted nowhere"),
    LeftOut("FALSE", "still under way, without a decision about a plan: counted in the period in which it comes"),
    LeftOut("FALSE", "never agreed: a refusal to assess, or a request withdrawn before the decision"),
)
_ENDS = (
    "The department does not say which assessments belong to a year. We count those that came to their outcome in the "
    "period: a decision about a plan (where none is on record, the final plan says that there was one), or, after it "
    "was agreed to assess, another end without one. That it was agreed is said by the decision, by the change of a "
    "refusal, or by a draft or plan where neither is on record. A case that was reopened later is what it was on the "
    "day of looking. The few hundred decisions that it calls outstanding "
    "in England cannot be every assessment under way."
)
_COLUMN: Mapping[str, str] = dict(zip(("issue", "not_issue", "not_made", "withdrawn"), _OUTCOMES, strict=True))


def _outcome(name: str, words: str, came: str, definition: str) -> Measure:
    return Measure(
        id=name,
        name=words,
        definition=definition,
        group=Group.PLANS,
        shape=Shape.SHARE,
        population="outcomes",
        counted=f"came = '{came}'",
        source=Source.DFE,
        verified=False,
        reading=_ENDS,
        left_out=_NOT_COUNTED,
        columns=(_COLUMN[came], *_OUTCOMES),
    )


def _no_plan(name: str, words: str, counted: str, definition: str, better: Better, column: str) -> Measure:
    return Measure(
        id=name,
        name=words,
        definition=definition,
        group=Group.PLANS,
        shape=Shape.SHARE,
        population="outcomes",
        among="came = 'not_issue'",
        counted=counted,
        source=Source.DFE,
        better=better,
        reading="Whole calendar days: sixteen weeks end on day 112 after the request. How part weeks are rounded is "
        "not published.",
        left_out=(
            LeftOut("came = 'issue'", "a plan is issued: twenty weeks are measured by themselves"),
            LeftOut("came IN ('withdrawn', 'not_made')", "ended without a decision about a plan"),
            *_NOT_COUNTED,
        ),
        columns=(column, *_SIXTEEN_WEEKS),
    )


ASSESSMENTS = (
    Measure(
        id="assessments_finished",
        name="Assessments that came to an outcome",
        definition="Assessments that came in the period to a decision about a plan, or ended without one after it was "
        "agreed to assess.",
        group=Group.PLANS,
        shape=Shape.COUNT,
        population="outcomes",
        source=Source.DFE,
        verified=False,
        reading=_ENDS,
        left_out=_NOT_COUNTED,
        columns=("assess_in_year",),
    ),
    _outcome(
        "assessments_issue",
        "Assessments that led to a plan",
        "issue",
        "Of the assessments that came to an outcome in the period, those where it was decided to issue a plan. The "
        "plan itself may be sent later: this is not the number of plans issued.",
    ),
    _outcome(
        "assessments_no_plan",
        "Assessments that led to no plan",
        "not_issue",
        "Of the assessments that came to an outcome in the period, those where it was decided not to issue a plan.",
    ),
    _outcome(
        "assessments_not_decided",
        "Assessments that ended without a decision",
        "not_made",
        "Of the assessments that came to an outcome in the period, those that ended without a decision about a plan: "
        "the family moved away, the young person died or turned 26.",
    ),
    _outcome(
        "assessments_withdrawn",
        "Assessments withdrawn",
        "withdrawn",
        "Of the assessments that came to an outcome in the period, those withdrawn after it was agreed to assess.",
    ),
    _no_plan(
        "no_plan_sixteen_weeks",
        "Told of no plan within sixteen weeks",
        "days <= 112",
        "Of the decisions of the period not to issue a plan, those sent within sixteen weeks of the request "
        "(regulation 10(1)).",
        Better.HIGHER,
        "outcome_decision_within_time",
    ),
    _no_plan(
        "no_plan_over_sixteen_weeks",
        "Told of no plan after sixteen weeks",
        "days > 112",
        "Of the decisions of the period not to issue a plan, those sent later than sixteen weeks after the request.",
        Better.LOWER,
        "outcome_decision_over_time",
    ),
)
"""What assessments came to, and decisions not to issue a plan within and over sixteen weeks."""
