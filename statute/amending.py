"""The limits of an amendment: the family's 15 days, eight weeks from the notice, twelve from the meeting.

Regulation 22 after a review; regulation 28 applies it to an amendment without one, where there is no meeting.
"""

from collections.abc import Iterator
from datetime import date

from statute.endings import ends_a_review
from statute.facts import Fact
from statute.limit import Limit
from statute.limits_of_reviews import REG28_FINAL, REG28_REPRESENTATIONS
from statute.review_case import ReviewCase
from statute.review_meeting import first_notice, of_regulation_21
from statute.row import Row, settle
from statute.standing import in_order
from statute.timeline import State
from statute.window import representations_row

_KEPT = "The authority decided to keep the plan as it is, so nothing is amended."
_CEASING = "The authority decided to cease the plan, so nothing is amended."
_WAITS = "It binds only if the authority decides to amend the plan, which it has not done."
_NO_MEETING = "The plan is amended without a review (regulation 28), so there is no meeting to count from."
_NO_NOTICE = "The authority decided to amend the plan, but no amendment notice has been sent yet."
_NEVER_NOTIFIED = "No amendment notice is recorded from before the amendment was ended, so its eight weeks never began."


def under_regulation_28(case: ReviewCase) -> bool:
    """Whether the amendment in hand was proposed without a review: its notices went before any meeting."""
    notices = case.amendment.notices
    if not notices or case.first("decision_amend") is not None:
        return False
    return case.meeting is None or notices[-1].day < case.meeting.day


def representations(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Reg 22(2)(c): the family's own time to answer the notice; an amended plan sent inside it is a breach."""
    bound = REG28_REPRESENTATIONS if under_regulation_28(case) else limit
    yield representations_row(bound, case, case.amendment.notices, case.amendment.plan)


def final_plan(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Reg 22(3)-(4): eight weeks from first sending the notice."""
    notices = case.amendment.notices
    if not notices:
        yield _without_notice(Row(limit, case, None, None, None), case)
        return
    under_28 = under_regulation_28(case)
    row = _from(REG28_FINAL if under_28 else limit, case, notices[0])
    row.closed = None if under_28 else dropped(case)
    yield _no_more(settle(row))


def devon_final(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Twelve weeks from the meeting: four for the notice and eight more (R (L, M and P) v Devon)."""
    row = _from(of_regulation_21(limit, case), case, case.meeting)
    under_28 = under_regulation_28(case)
    if under_28 and case.meeting is None and not case.void and case.ended is None:
        row.met, row.state, row.because = None, State.NOT_APPLICABLE, _NO_MEETING
    elif not under_28 and amends(case) is not None:
        row.closed = dropped(case)
        _no_more(settle(row))
    else:
        row.met = None
        _until_decided(row)
    yield row


def _from(limit: Limit, case: ReviewCase, event: Fact | None) -> Row:
    start: date | None = None if event is None else event.day
    due = None if start is None else limit.rule.last_day(start)
    return Row(limit, case, event, start, due, met=case.amendment.ended)


def _without_notice(row: Row, case: ReviewCase) -> Row:
    if case.amendment.ended is not None and not case.void:
        row.state, row.because = State.NOT_APPLICABLE, _NEVER_NOTIFIED
        return row
    if case.first("decision_amend") is not None and case.ended is None:
        row.because = _NO_NOTICE
        return row
    return _until_decided(row)


def amends(case: ReviewCase) -> Fact | None:
    """What first says that the review leads to an amendment: the decision, its notice or what ended it."""
    ended = case.amendment.ended
    shown = (
        case.first("decision_amend"),
        ended if ended is not None and ends_a_review(ended, case.facts) else None,
        first_notice(case) if case.meeting is not None else None,
    )
    return min((fact for fact in shown if fact is not None), key=in_order, default=None)


def dropped(case: ReviewCase) -> Fact | None:
    """A later decision to keep or cease the plan, which leaves nothing to amend."""
    if case.amendment.ended is not None:
        return None
    amend = case.first("decision_amend")
    since = amend.day if amend else date.min
    cease = [fact for fact in case.all("decision_cease") if fact.day > since]
    return cease[0] if cease else None


def _no_more(row: Row) -> Row:
    if row.closed is not None and row.state is State.NOT_APPLICABLE:
        row.because = _CEASING
    return row


def _until_decided(row: Row) -> Row:
    """Before a decision it is conditional; after one that amends nothing it does not apply."""
    if row.case.started is None and not row.case.void:
        return row
    kept, ceasing = row.case.first("decision_maintain"), row.case.first("decision_cease")
    if kept is not None or ceasing is not None:
        row.state, row.because = State.NOT_APPLICABLE, _KEPT if kept is not None else _CEASING
    elif row.case.ended is not None or row.case.void:
        row.state = State.NOT_APPLICABLE
    else:
        row.state, row.because = State.CONDITIONAL, _WAITS
    return row
