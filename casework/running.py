"""Whether a process runs: its end, its run, and whether the clock of a review has been opened."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from casework.calendars import calendar_in_force
from casework.cases import Case
from casework.policies import policy_in_force
from casework.spells import may_lie_ahead
from config.clock import london_day
from records.tables import Review
from statute.asks import GO_ON_AGAIN
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.kinds import KINDS, STARTS
from statute.opening_day import opens_on
from statute.processes import timeline_of

_BEGIN_A_REVIEW = ("review_", "decision_", "amendment_", "amended_", "decided_", "appeal_")

OPENING = frozenset(
    kind.name for kind in KINDS.values() if ANNUAL_REVIEW in kind.processes and kind.name.startswith(_BEGIN_A_REVIEW)
) - {"review_arranged_by"}
"""What happens in a review, as against what is known of the plan, like who arranges its reviews for years: a review in
which it happens has begun."""


def keep_end(session: Session, case: Case, new: Sequence[Fact], now: datetime) -> bool:
    """Bring end and run of a process in step with its facts, `new` just added; whether its clock has to look.

    Closed before and after, it has no clock to wake. A case that comes closed has its clock run once, to its end,
    so that Temporal tells of every process how it ended. What lets a process go on starts its clock again, under a
    higher run, even where it had not closed.
    """
    process = case.process
    is_new = len(case.facts) == len(new)
    was_closed = process.ended_on is not None
    process.ended_on = _end(session, case, london_day(now))
    if (was_closed and process.ended_on is None) or any(fact.kind in GO_ON_AGAIN for fact in new):
        process.run += 1
    return is_new or not was_closed or process.ended_on is None


def keep_opening(session: Session, case: Case, review: Review, new: Sequence[Fact], now: datetime) -> None:
    """Open a review in which something happened; else bring the day on which it opens in step with its facts.

    A day that has passed already is today: the next sweep opens it.
    """
    if review.opened_at is not None:
        return
    today = london_day(now)
    if any(fact.kind in OPENING for fact in new):
        review.opens_on, review.opened_at = None, now
    elif case.process.ended_on is not None:
        review.opens_on = None
    else:
        review.opens_on = max(opens_on(case.facts, today, policy_in_force(session)), today)


def _end(session: Session, case: Case, today: date) -> date | None:
    """The day on which the process ended, as far as anybody knows."""
    if len(case.facts) == 1 and case.facts[0].kind in STARTS:
        return None  # It has only just begun: no need to ask the law, which takes its time.
    last = max([today, *(fact.day for fact in case.facts if not may_lie_ahead(fact))])
    return timeline_of(case.process.kind, case.facts, last, calendar=calendar_in_force(session)).ended_on
