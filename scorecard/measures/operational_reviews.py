"""Annual reviews as they go: decided in time, told in time, acted on, and what waits."""

from dataclasses import replace
from decimal import Decimal

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span
from scorecard.measures.wording import banded, listed
from scorecard.populations.over import over

_VOID = LeftOut("FALSE", "opened in error: counted nowhere")
_OVERDUE = (
    (56, "4 to 8 weeks"),
    (84, "9 to 12 weeks"),
    (182, "13 to 26 weeks"),
    (364, "27 to 52 weeks"),
)
_KINDS = {
    "looked_after": "looked-after child",
    "continuing_care": "continuing care",
    "personal_education": "personal education plan",
}
_YEAR_AHEAD = "due_on >= p.as_at AND due_on < p.as_at + 366"

_FOUR_WEEKS = Measure(
    id="review_decisions_four_weeks",
    name="Review decisions within four weeks of the meeting",
    definition="Of the decisions after a review that were sent in the period, those sent within four weeks of the "
    "meeting (regulation 20(10)): one to amend together with its notice (Devon), one not on record by its plan.",
    group=Group.REVIEWS,
    shape=Shape.SHARE,
    population="review_decisions",
    among="met_on <= told_on",
    counted="days <= 28",
    source=Source.LAW,
    better=Better.HIGHER,
    target=Decimal(90),
    left_out=(
        LeftOut("met_on IS NULL", "decided without a meeting on record"),
        LeftOut("met_on > told_on", "decided before the meeting on record: one of the two days is wrong"),
        _VOID,
    ),
)
_OF_REPORT = replace(
    _FOUR_WEEKS,
    id="review_decisions_of_report",
    name="Review decisions within two weeks of the report",
    definition="Of the decisions that were sent in the period with the school's report at hand, those sent within two "
    "weeks of the day on which it arrived.",
    among="report_on <= told_on",
    counted="report_days <= 14",
    source=Source.LOCAL,
    target=None,
    left_out=(
        LeftOut("report_on IS NULL", "decided without the report, or its day is not on record"),
        LeftOut("report_on > told_on", "decided before the report arrived"),
        _VOID,
    ),
)
_ACTIONED = replace(
    _FOUR_WEEKS,
    id="reviews_actioned",
    name="Reviews decided and actioned in statutory time",
    definition="Of the reviews whose meeting was twelve weeks before a day of the period, those decided within four "
    "weeks of the meeting and, where the plan is amended, with the amendment notice by then and the final plan, or the "
    "decision not to amend, within eight weeks of it and the twelve weeks (regulations 20(10) and 22(3)). What is not "
    "decided counts as missed.",
    population="review_actions",
    among="NOT ended_before AND over",
    counted="actioned",
    left_out=(
        LeftOut("ended_before", "the plan ended while there was still time for what had not been done"),
        LeftOut("NOT over", "due today: the day is not over"),
        LeftOut("FALSE", "brought with its decision alone: what was done then is not on record"),
        _VOID,
    ),
)
_NO_REPORT = Measure(
    id="reports_missing",
    name="Review reports missing",
    definition="Reviews that wait for a decision and whose meeting was held more than two weeks before the day of "
    "looking without a report having come (regulation 20(9)).",
    group=Group.REVIEWS,
    shape=Shape.COUNT,
    population="review_waiting",
    among="days > 14",
    counted="no_report",
    source=Source.LAW,
    span=Span.DAY,
    better=Better.LOWER,
    left_out=(LeftOut("days <= 14", "met in the last two weeks: the report is not due"), _VOID),
)
_UNDECIDED = replace(
    _NO_REPORT,
    id="reviews_undecided",
    name="Reviews that wait for a decision past their day",
    definition="Reviews whose meeting was held more than four weeks before the day of looking and which are not "
    "decided, or to amend without the notice, by the weeks since the meeting.",
    among="days > 28",
    counted="TRUE",
    parts=banded("days", _OVERDUE, "over 52 weeks"),
    left_out=(LeftOut("days <= 28", "met in the last four weeks: the decision is not due"), _VOID),
)
_NAMED = Measure(
    id="transfers_named",
    name="Phase transfers named in time",
    definition="Of the moves to another phase of education whose last day fell in the year, those for which an "
    "amended plan that names the next school, institution or type was sent by that day (regulation 18).",
    group=Group.REVIEWS,
    shape=Shape.SHARE,
    population="moves",
    among=f"due_on BETWEEN p.first_day AND p.last_day AND {over('due_on')}",
    counted="coalesce(final_on <= due_on, FALSE)",
    source=Source.LAW,
    span=Span.YEAR,
    better=Better.HIGHER,
    target=Decimal(100),
    left_out=(LeftOut("TRUE", "the last day lies before the year or after the day of looking"),),
)
_TO_NAME = replace(
    _NAMED,
    id="transfers_to_name",
    name="Phase transfers still to be named",
    definition="Of the moves to another phase of education whose last day lies in the twelve months after the day of "
    "looking, those for which no amended plan names the next school, institution or type yet.",
    among=_YEAR_AHEAD,
    counted="final_on IS NULL",
    span=Span.DAY,
    better=Better.NEITHER,
    target=None,
    left_out=(LeftOut("TRUE", "the last day is past, or lies further ahead"),),
)
_ALIGNED = Measure(
    id="reviews_aligned",
    name="Reviews held together with another review",
    definition="Review meetings of the twelve months up to the end of the period that were held as one with the "
    "child's review in care, of continuing care or of the personal education plan. The local plan asks for 10 in six "
    "to twelve months, and 20 in twelve.",
    group=Group.REVIEWS,
    shape=Shape.COUNT,
    population="aligned_meetings",
    parts=listed("aligned", _KINDS),
    rolling=True,
    source=Source.LOCAL,
    better=Better.HIGHER,
    target=Decimal(20),
    left_out=(_VOID,),
)

REVIEW_FLOW = (_FOUR_WEEKS, _OF_REPORT, _ACTIONED, _NO_REPORT, _UNDECIDED, _NAMED, _TO_NAME, _ALIGNED)
"""Decisions, what follows them, what is missing, moves to another phase, and reviews held together."""
