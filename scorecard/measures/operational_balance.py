"""What keeps the others honest: nobody improves by refusing, by letting go, or by starving the oldest."""

from dataclasses import replace

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span
from scorecard.measures.operational_open import BEFORE, REPLACED, VOID
from scorecard.measures.wording import worded

_WHY = {
    "own_accord": "of its own accord",
    "mediation_agreement": "agreed in mediation",
    "reg45_notice": "conceded in an appeal",
    "tribunal_order": "ordered by the Tribunal",
    "consent_order": "ordered by consent",
}
_EXCEPTED = LeftOut("excepted", "an exception of the twenty weeks applies: a relief lifts their limit")

_WENT_LATE = Measure(
    id="went_late",
    name="Assessments that went late",
    definition="Assessments whose twenty weeks ended in the period without a plan, an exception or another end: what "
    "was added to those that are late.",
    group=Group.BALANCE,
    shape=Shape.COUNT,
    population="cohort",
    among="NOT ended_before AND NOT replaced AND over AND NOT excepted",
    counted="NOT in_time",
    source=Source.LOCAL,
    better=Better.LOWER,
    left_out=(_EXCEPTED, *BEFORE),
)
_LATE_ISSUED = replace(
    _WENT_LATE,
    id="late_plans_issued",
    name="Late plans issued",
    definition="Plans that were sent in the period after their twenty weeks, without an exception: what was taken from "
    "those that are late. It lowers the share within twenty weeks, and has to be done. As in that share, a plan "
    "that an order or agreement gave other days is among them.",
    population="plans",
    among="NOT excepted",
    counted="days > 140",
    better=Better.NEITHER,
    left_out=(_EXCEPTED, VOID),
)
_STILL_LATE = replace(
    _WENT_LATE,
    id="still_late",
    name="Still open past their day",
    definition="Assessments under way on the day of looking whose twenty weeks are over and to which no exception "
    "applies: the stock beside the flow of plans issued.",
    population="open",
    among="NOT excepted AND NOT replaced",
    counted="days > 140",
    span=Span.DAY,
    left_out=(_EXCEPTED, REPLACED, VOID),
)
_REFUSED = Measure(
    id="refusals_to_assess",
    name="Refusals to assess",
    definition="Of the first decisions whether to assess that were sent in the period, those not to assess.",
    group=Group.BALANCE,
    shape=Shape.SHARE,
    population="decisions",
    counted="first_decision = 'not_assess'",
    source=Source.LOCAL,
    left_out=(VOID, LeftOut("FALSE", "withdrawn, or still without a decision")),
)
_WITHDRAWN = replace(
    _REFUSED,
    id="withdrawals_after_six_weeks",
    name="Withdrawals after week six",
    definition="Of the requests withdrawn in the period, those withdrawn more than six weeks after they came: when the "
    "decision was overdue, or the assessment agreed.",
    population="ended",
    among="ended_as = 'withdrawn'",
    counted="days > 42",
    left_out=(LeftOut("TRUE", "ended otherwise than by a withdrawal"), VOID),
)
_OVERTURNED = replace(
    _REFUSED,
    id="refusals_overturned",
    name="Refusals overturned",
    definition="Refusals to assess, or to issue a plan, that were changed in the period, by why they were. An "
    "assessment that was refused twice counts for each.",
    shape=Shape.COUNT,
    population="changed",
    counted="TRUE",
    parts=worded("changed_why", _WHY),
    better=Better.LOWER,
    left_out=(VOID,),
)
_APPEALS = Measure(
    id="review_appeals",
    name="Appeals registered after a review",
    definition="Appeals against what was decided in a review, of those on record, that were registered in the period, "
    "by the sections of the plan that they are about. Other appeals are not kept in cases: they are brought in from "
    "outside.",
    group=Group.BALANCE,
    shape=Shape.COUNT,
    population="appeals",
    parts="sections",
    source=Source.LOCAL,
    better=Better.LOWER,
    left_out=(VOID, LeftOut("FALSE", "a further appeal registered in the same review")),
)

BALANCE = (_WENT_LATE, _LATE_ISSUED, _STILL_LATE, _REFUSED, _WITHDRAWN, _OVERTURNED, _APPEALS)
"""Stock beside flow, refusals and what came of them, withdrawals, appeals."""
