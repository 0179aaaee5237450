"""The EHC needs assessment: every limit from the request to the final plan.

To be read beside the Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulations 4 to
13, and Part 3 of the Children and Families Act 2014.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from statute import rows
from statute.calendar import ENGLAND, Calendar
from statute.case import Case, read_case
from statute.facts import Fact
from statute.finishing import finish
from statute.kind import ASSESSMENT
from statute.limit import Limit
from statute.limits_of_assessments import LIMITS, LOCAL_DRAFT_PLAN
from statute.norms import NO_NORMS, check_norms
from statute.row import Row, doubtful
from statute.timeline import Timeline
from statute.warnings import timeline_warnings

_ROWS: tuple[tuple[Limit, Callable[[Limit, Case], Iterator[Row]]], ...] = (
    (LIMITS["reg4_refuse_assessment"], rows.refuse_assessment),
    (LIMITS["reg5_decide"], rows.decide),
    (LIMITS["reg8_advice"], rows.advice),
    (LIMITS["code_advice"], rows.advice),
    (LIMITS["reg10_refuse_plan"], rows.refuse_plan),
    (LIMITS["reg13_representations"], rows.representations),
    (LIMITS["reg13_final_plan"], rows.final_plan),
    (LIMITS["code_consultation"], rows.consultation),
)


def work_out(case: Case) -> list[Row]:
    """Every limit of a case worked out, before it is made into what the rest of the house reads."""
    made = [row for limit, rows_of in _ROWS for row in rows_of(limit, case)]
    for row in made:
        row.notes.extend(doubtful(row))
    return made


def timeline(
    facts: Sequence[Fact],
    today: date,
    *,
    norms: Mapping[str, int] = NO_NORMS,
    due_soon_days: int = 14,
    calendar: Calendar = ENGLAND,
) -> Timeline:
    """Every limit of an assessment as it stands on `today`.

    Only facts of a day on or before `today` count. `norms` are local norms in weeks from the start of the limit
    (raises NormError when one is looser than the law); `due_soon_days` are calendar days. Raises FactError when
    an attribute that should be a day is none, which `judge` would have refused.
    """
    if norms:
        check_norms(norms, LIMITS, LOCAL_DRAFT_PLAN)
    case = read_case(facts, today, calendar, norms, due_soon_days)
    made = work_out(case)
    if LOCAL_DRAFT_PLAN.id in norms:
        made.extend(rows.local_draft(LOCAL_DRAFT_PLAN, case))
    return Timeline(
        process=ASSESSMENT,
        as_of=today,
        deadlines=tuple([finish(row) for row in made]),
        started_on=case.started.day if case.started else None,
        ended_on=case.ended.day if case.ended else None,
        ended_by=case.ended.kind if case.ended else "",
        warnings=timeline_warnings(case, made),
    )
