"""Exceptions, by ground and by who approved them, and how cases are shared out. By officer: for line managers only."""

from dataclasses import replace

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span
from scorecard.measures.operational_open import VOID
from scorecard.measures.wording import worded

_GROUNDS = {
    "closed_school": "school closed for four weeks or more",
    "closed_early_years": "early years provider closed for four weeks or more",
    "personal": "exceptional personal circumstances",
    "absent_4w": "away from the area for four weeks or more",
    "coronavirus": "coronavirus",
    "exceptional": "exceptional circumstances",
    "missed_appointment": "missed appointment",
}
_NOT_COUNTED = (VOID, LeftOut("FALSE", "an exception of a service alone, or one that lifts no limit of the authority"))

_GRANTED = Measure(
    id="exceptions",
    name="Exceptions granted",
    definition="Exceptions that were granted in the period and lift a limit of the authority in an assessment, by "
    "their ground (regulations 5(4), 10(4) and 13(3)). One that lifts several limits is counted once.",
    group=Group.EXCEPTIONS,
    shape=Shape.COUNT,
    population="reliefs",
    parts=worded("ground", _GROUNDS),
    source=Source.LAW,
    left_out=_NOT_COUNTED,
)
_AFTERWARDS = replace(
    _GRANTED,
    id="exceptions_after_the_day",
    name="Exceptions granted after the day",
    definition="Of the exceptions granted in the period, those granted when the day of the twenty weeks (of an "
    "exception that does not lift these: of the last limit that it lifts) was already past.",
    shape=Shape.SHARE,
    counted="after_the_day",
    parts="",
    better=Better.LOWER,
)
_ON_PLANS = replace(
    _GRANTED,
    id="plans_with_exception",
    name="Plans issued with an exception",
    definition="Of the plans issued in the period, those with an exception of the twenty weeks: the authorities of "
    "England record them on none to nearly half of their plans.",
    shape=Shape.SHARE,
    population="plans",
    counted="excepted",
    parts="",
    left_out=(VOID,),
)
_APPROVERS = replace(
    _GRANTED,
    id="exceptions_by_approver",
    name="Exceptions by approver",
    definition="Exceptions that were granted in the period and lift a limit of the authority in an assessment, by who "
    "approved them.",
    parts="approver",
    for_managers=True,
)
_NOBODYS = Measure(
    id="cases_without_officer",
    name="Cases without an officer",
    definition="Of the assessments under way and the plans held on the day of looking, those that no officer has now.",
    group=Group.TEAM,
    shape=Shape.SHARE,
    population="caseload",
    counted="officer IS NULL",
    source=Source.LOCAL,
    span=Span.DAY,
    better=Better.LOWER,
    reading="It is not kept who had a case on which day: of a past month, too, the officer of today counts. So what "
    "was told of a month is not counted again, and never restated.",
    left_out=(VOID,),
    only_now=True,
)
_CASELOAD = replace(
    _NOBODYS,
    id="caseload",
    name="Cases of each officer",
    definition="Assessments under way and plans held on the day of looking, by the officer who has them now.",
    shape=Shape.COUNT,
    counted="TRUE",
    parts="officer",
    better=Better.NEITHER,
    for_managers=True,
)

EXCEPTIONS = (_GRANTED, _AFTERWARDS, _ON_PLANS, _APPROVERS)
"""Exceptions granted, when, on how many plans, and by whom."""

TEAM = (_NOBODYS, _CASELOAD)
"""Cases that nobody has, and those of each officer."""
