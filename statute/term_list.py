"""The lists of reviews that fall due in a term: the Code, paragraph 9.172. They are kept by term, not by plan."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from statute.case import Case
from statute.facts import Fact
from statute.limit import Limit
from statute.row import Row, running_state
from statute.timeline import State

_TWO_WEEKS = timedelta(weeks=2)
_PAST = "That day has passed. Whether the list went out is recorded with the term, not with a plan."


def term_list(limit: Limit, case: Case, terms: Sequence[date]) -> Iterator[Row]:
    """The list before the next term that has not started; never overdue, because nothing here can meet it."""
    coming = min((day for day in terms if day > case.today), default=max(terms, default=None))
    if coming is None:
        yield Row(limit, case, None, None, None)
        return
    due = limit.rule.last_day(coming)
    row = Row(limit, case, Fact("term", coming), coming, due, practice=coming - _TWO_WEEKS)
    if case.void or case.today > due:
        row.state, row.because = State.NOT_APPLICABLE, _PAST
    else:
        row.state = running_state(case, due)
    yield row
