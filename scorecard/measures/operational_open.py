"""Assessments as they stand: what fell due and was done, what can still be saved, and who waits how long."""

from dataclasses import replace

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span
from scorecard.measures.wording import banded

VOID = LeftOut("FALSE", "opened in error or merged into another: counted nowhere")
REPLACED = LeftOut(
    "replaced", "refused, and that was changed by an agreement, a notice or an order: the days of these bind instead"
)
_AGES = (
    (4, "up to 4 years"),
    (10, "5 to 10 years"),
    (15, "11 to 15 years"),
    (18, "16 to 18 years"),
    (25, "19 to 25 years"),
)
_WEEKS = (
    (42, "up to 6 weeks"),
    (112, "7 to 16 weeks"),
    (140, "17 to 20 weeks"),
    (364, "21 to 52 weeks"),
)
BEFORE = (
    LeftOut("ended_before", "ended before the day, without a plan: refused, not issued, withdrawn, moved away or died"),
    REPLACED,
    LeftOut("NOT over", "due today: the day is not over"),
    VOID,
)
_COHORT = "NOT ended_before AND NOT replaced AND over"

_DUE = Measure(
    id="due_in_time",
    name="Plans due, issued in time",
    definition="Of the assessments whose twenty weeks ended in the period and that were still to be finished then, "
    "those whose final plan was sent to the family by that day. Whatever is still open counts as missed, so that "
    "clearing old cases neither helps nor harms; so does a refusal changed of its own accord, which leaves the twenty "
    "weeks running. Exceptions included.",
    group=Group.OPEN,
    shape=Shape.SHARE,
    population="cohort",
    among=_COHORT,
    counted="in_time",
    source=Source.LOCAL,
    better=Better.HIGHER,
    left_out=BEFORE,
)
_DUE_EX = replace(
    _DUE,
    id="due_in_time_ex",
    name="Plans due, issued in time, without exceptions",
    definition="Of the assessments whose twenty weeks ended in the period and that were still to be finished then, "
    "those whose final plan was sent to the family by that day. Cases with an exception of the twenty weeks are left "
    "out, in time or late.",
    among=f"{_COHORT} AND NOT excepted",
    left_out=(LeftOut("excepted", "an exception of the twenty weeks applies: a relief lifts their limit"), *BEFORE),
)
_SAVEABLE = Measure(
    id="saveable_now",
    name="Plans that can still be in time",
    definition="Assessments whose twenty weeks are not over and can still be met: there is a day left for the draft "
    "plan that keeps the family's fifteen days, or those of a draft that is out end before the day.",
    group=Group.OPEN,
    shape=Shape.COUNT,
    population="running",
    counted="can",
    source=Source.LOCAL,
    span=Span.DAY,
    left_out=(LeftOut("FALSE", "the day is past, or an exception lifts it"), VOID),
)
_LOST = replace(
    _SAVEABLE,
    id="lost_already",
    name="Plans that can no longer be in time",
    definition="Of the assessments whose twenty weeks are not over, those that can no longer be met without cutting "
    "short the family's fifteen days to answer the draft plan (regulation 13(1)).",
    shape=Shape.SHARE,
    counted="NOT can",
    better=Better.LOWER,
)
_OPEN = Measure(
    id="open_assessments",
    name="Open assessments",
    definition="Assessments under way on the day of looking, from the request to the plan or another end, by the weeks "
    "since the request.",
    group=Group.OPEN,
    shape=Shape.COUNT,
    population="open",
    parts=banded("days", _WEEKS, "over 52 weeks"),
    source=Source.LOCAL,
    span=Span.DAY,
    left_out=(VOID,),
)
_BY_AGE = replace(
    _OPEN,
    id="open_by_age",
    name="Open assessments by age",
    definition="Assessments under way on the day of looking, by the age of the child or young person on that day.",
    population="children",
    parts=banded("age", _AGES, "over 25 years"),
)
_OVER_20 = replace(
    _OPEN,
    id="open_over_twenty_weeks",
    name="Open for more than twenty weeks",
    definition="Of the assessments under way, those whose request came more than twenty weeks ago. Exceptions "
    "included.",
    shape=Shape.SHARE,
    counted="days > 140",
    parts="",
    better=Better.LOWER,
)
_OVER_52 = replace(
    _OVER_20,
    id="open_over_a_year",
    name="Open for more than 52 weeks",
    definition="Of the assessments under way, those whose request came more than fifty-two weeks ago. Exceptions "
    "included.",
    counted="days > 364",
)
_LONGEST = replace(
    _OVER_20,
    id="longest_wait",
    name="Longest wait",
    definition="The weeks since the oldest request whose assessment is still under way. Exceptions included.",
    shape=Shape.MAX,
    counted="TRUE",
    amount="days / 7.0",
    unit="weeks",
)

OPEN = (_DUE, _DUE_EX, _SAVEABLE, _LOST, _OPEN, _BY_AGE, _OVER_20, _OVER_52, _LONGEST)
"""The month's cohort, what can be saved, and the waits."""
