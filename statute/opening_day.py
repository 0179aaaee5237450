"""On which day the clock of a review is opened: early enough to arrange the meeting, no earlier than it is needed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.phase_transfer import backward
from statute.policy import Policy
from statute.policy_reviews import Reviews
from statute.processes import timeline_of
from statute.review_situation import EARLY_YEARS, REVIEW_DUE, TRANSFER
from statute.timeline import OPEN, Deadline

_MOVE_IN = "reg15_inform"
_AT_ANY_TIME = "post16_move"


def opens_on(facts: Sequence[Fact], today: date, policy: Policy) -> date:
    """The day from which the review that those facts begin is to be worked on; it may have passed.

    So many weeks before the review is due, or a child under five has gone six months without one; before a
    phase transfer on the policy's day of the year before; at once for a plan that moved in and whose family
    has not been told (reg 15). What has passed already opens nothing. `today` where nothing is due.
    """
    timeline = timeline_of(ANNUAL_REVIEW, facts, today, due_soon_days=policy.due_soon_days)
    rows = [row for row in timeline.deadlines if row.state in OPEN]
    return min((day for row in rows for day in _days(row, today, policy.reviews)), default=today)


def _days(row: Deadline, today: date, reviews: Reviews) -> Iterator[date]:
    early, due = timedelta(weeks=reviews.open_weeks), row.legal_due
    if due is None or row.start is None:
        return
    if row.limit in REVIEW_DUE:
        yield due - early
    elif due < today:
        return
    elif row.limit == EARLY_YEARS:
        yield due - early
    elif row.limit == _MOVE_IN:
        yield row.start
    elif row.limit == TRANSFER:
        yield reviews.transfers_open_on(row.start.year - 1)
        # A move at another time of the year may be due before that day.
        if row.subject == _AT_ANY_TIME:
            yield backward(due).decision - early
