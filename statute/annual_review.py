"""The annual review of an EHC plan: every limit from the making of the plan to the end of one review.

To be read beside the Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulations 15, 18,
20 to 22, 27, 28 and 31, and sections 44 and 45 of the Children and Families Act 2014. One timeline is one review: it
begins with the plan and the review before, and ends with the decision or with the final amended plan.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from statute import amending, ceasing, phase_transfer, review_due, review_meeting
from statute import limits_of_plans as plans
from statute import limits_of_reviews as reviews
from statute.calendar import ENGLAND, Calendar
from statute.facts import Fact
from statute.finishing import finish
from statute.kind import ANNUAL_REVIEW
from statute.limit import Limit
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.limits_of_assessments import LOCAL_DRAFT_PLAN
from statute.norms import ADVICE_NORM, NO_NORMS, check_norms
from statute.review_case import ReviewCase, read_review
from statute.review_warnings import review_warnings
from statute.row import Row, doubtful
from statute.term_list import term_list
from statute.timeline import Timeline

_ROWS: tuple[tuple[Limit, Callable[[Limit, ReviewCase], Iterator[Row]]], ...] = (
    (plans.S44_REVIEW, review_due.section_44),
    (plans.REG27_REVIEW, review_due.after_reassessment),
    (plans.REG15_INFORM, review_due.inform_after_transfer),
    (plans.REG15_REVIEW, review_due.after_transfer),
    (plans.REG18, phase_transfer.phase_transfers),
    (reviews.REG20_NOTICE, review_meeting.notice),
    (reviews.REG20_PAPERS, review_meeting.papers),
    (reviews.REG20_REPORT, review_meeting.report),
    (reviews.LOCAL_REPORT_DECISION, review_meeting.local_decision),
    (reviews.REG20_DECISION, review_meeting.decision),
    (reviews.REG22_REPRESENTATIONS, amending.representations),
    (reviews.REG22_FINAL, amending.final_plan),
    (reviews.DEVON_FINAL, amending.devon_final),
    (plans.S45_HOLD, ceasing.hold),
    (plans.CODE_EARLY_YEARS, review_due.early_years),
)

LIMITS: Mapping[str, Limit] = MappingProxyType(
    {limit.id: limit for limit in (*(limit for limit, _ in _ROWS), plans.CODE_TERM_LIST)}
)


def work_out(case: ReviewCase, terms: Sequence[date] = ()) -> list[Row]:
    """Every limit of a case worked out, before it is made into what the rest of the house reads."""
    made = [row for limit, rows_of in _ROWS for row in rows_of(limit, case)]
    made.extend(term_list(plans.CODE_TERM_LIST, case, terms))
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
    terms: Sequence[date] = (),
) -> Timeline:
    """Every limit of a plan and its present review as it stands on `today`.

    Only facts of a day on or before `today` count, and phase transfers whatever their day. `norms` are local norms
    in weeks from the start of the limit (those of assessments are left aside; raises NormError for one that is
    unknown or looser than the law); `terms` the first days of terms, for the list before the next one. Before the
    latest beginning nothing is owed: another review was running, or the plan was another authority's. Raises
    FactError when an attribute that should be a day is none, which `judge` would have refused.
    """
    own = {name: weeks for name, weeks in norms.items() if not _of_assessments(name)}
    if own:
        check_norms(own, LIMITS, LOCAL_DRAFT_PLAN)
    case = read_review(facts, today, calendar, own, due_soon_days)
    made = work_out(case, terms)
    return Timeline(
        process=ANNUAL_REVIEW,
        as_of=today,
        deadlines=tuple([finish(row) for row in made]),
        started_on=case.cycle_start,
        ended_on=case.ended.day if case.ended else None,
        ended_by=case.ended.kind if case.ended else "",
        warnings=review_warnings(case, made),
    )


def _of_assessments(norm: str) -> bool:
    return norm in OF_ASSESSMENTS or norm == LOCAL_DRAFT_PLAN.id or norm.startswith(ADVICE_NORM)
