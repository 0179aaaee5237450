"""When the plan must next be reviewed: the twelve months, and what takes their place.

A review is complete when its decision is sent, not when the meeting is held (section 44(1)(b), regulation 20(10)).
"""

from collections.abc import Iterator
from datetime import date

from statute.attributes import day_of
from statute.counting import months_beginning_with
from statute.facts import Fact
from statute.limit import Limit
from statute.review_case import ReviewCase
from statute.row import Row, settle
from statute.timeline import State

_TWELVE_MONTHS = months_beginning_with(12)
_THREE_MONTHS = months_beginning_with(3)
_BY_TRANSFER = "The plan was transferred to the authority, so regulation 15(5) gives the day in the place of this one."
_BY_REASSESSMENT = "A re-assessment followed, so regulation 27(4) gives the day in the place of this one."


_NOT_REASSESSED = "No re-assessment has followed since the plan was last reviewed, so this limit does not bind."
_NOT_TRANSFERRED = "The plan has not come from another authority since it was last reviewed, so this does not bind."
_NOT_UNDER_FIVE = "It is not recorded that the child was under five, so this does not apply."


def section_44(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """S.44(1): twelve months starting with the making or the last review, unless another rule gives the day."""
    row = _from(limit, case, case.reviewed)
    if case.last is not None and (meeting := day_of(case.last, "meeting")) is not None:
        row.norm = limit.rule.last_day(meeting)
    if case.transferred is not None:
        yield _replaced(row, _BY_TRANSFER)
    elif case.reassessed is not None:
        yield _replaced(row, _BY_REASSESSMENT)
    else:
        yield settle(row)


def after_reassessment(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Reg 27(4): twelve months of the day on which the plan was sent after a re-assessment."""
    row = _from(limit, case, case.reassessed, _NOT_REASSESSED)
    yield settle(row) if case.transferred is None else _replaced(row, _BY_TRANSFER)


def inform_after_transfer(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Reg 15(4): the family is told within six weeks of the transfer."""
    row = _from(limit, case, case.transferred, _NOT_TRANSFERRED)
    row.met, row.done = None, "The family was told"
    if case.transferred is not None and (told := day_of(case.transferred, "family_told_on")) and told <= case.today:
        row.met = Fact(case.transferred.kind, told, sequence=case.transferred.sequence)
    yield settle(row)


def after_transfer(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Reg 15(5): the later of the twelve months that were running and three months from the transfer."""
    row = _from(limit, case, case.transferred, _NOT_TRANSFERRED)
    before = case.reviewed
    if row.due is not None and case.transferred is not None:
        if before is None:
            row.notes.append("The day on which the plan was made or last reviewed is not recorded.")
        elif (twelve := _TWELVE_MONTHS.last_day(before.day)) > row.due:
            row.event, row.start, row.due, row.also = before, before.day, twelve, case.transferred
        else:
            row.also = before
    yield settle(row)


def early_years(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Code 9.178: a child under five, every three to six months."""
    since = case.reviewed
    under_five = since is not None and since.attributes.get("early_years") == "yes"
    row = _from(limit, case, since if under_five else None, _NOT_UNDER_FIVE)
    if row.start is not None:
        row.norm = _THREE_MONTHS.last_day(row.start)
    yield settle(row)


def _from(limit: Limit, case: ReviewCase, event: Fact | None, unless: str = "") -> Row:
    """The row counted from an event; `unless` says why it does not bind where there was none."""
    start: date | None = None if event is None else event.day
    row = Row(limit, case, event, start, None if start is None else limit.rule.last_day(start))
    if event is not None:
        row.met = case.completed
    elif case.started is not None:
        row.because = unless
    return row


def _replaced(row: Row, why: str) -> Row:
    """Another limit gives the day; the day of this one stays to be seen."""
    if row.case.void or row.due is None:
        return settle(row)
    row.state, row.because = State.REPLACED, why
    return row
