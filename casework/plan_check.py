"""The nightly look at plans: each that goes on has its review, each review its day, and none waits to be opened.

What is amiss is put right here: the cycle is begun, the deadlines are computed, the review is opened.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, TextClause, text
from sqlmodel import Session

from casework.cases import authority
from casework.rebuild import recompute
from casework.succession import close_gap
from casework.sweep import open_due
from config.clock import london_day
from records.tables import Plan
from statute.kind import ANNUAL_REVIEW
from statute.review_standing import GOVERNING

# The sweep opens a review on its day, or on the next where nothing ran; what waits longer was forgotten.
PATIENCE = timedelta(days=2)

_WITHOUT_REVIEW = text("""
SELECT plan.id FROM plan WHERE plan.authority = :authority AND plan.ceased_on IS NULL AND NOT EXISTS (
    SELECT FROM review JOIN process ON process.id = review.process_id
    WHERE review.plan_id = plan.id AND process.ended_on IS NULL
) ORDER BY plan.id
""")
_WITHOUT_DAY = text("""
SELECT process.id FROM process WHERE process.authority = :authority AND process.kind = :kind
AND process.ended_on IS NULL AND NOT EXISTS (
    SELECT FROM deadline WHERE deadline.process_id = process.id AND deadline.to_day IS NULL
    AND deadline.limit_id = ANY (:governing) AND deadline.legal_due IS NOT NULL
) ORDER BY process.id
""")


def check_plans(db: Engine, now: datetime) -> Iterator[str]:
    """Look at every plan and put right what is amiss, as of `now` (aware); sentences for a person, without names."""
    if begun := _close_gaps(db, now):
        yield f"{begun} plans that go on had no review under way; the next review of each was begun"
    if without := _asked(db, _WITHOUT_DAY, kind=ANNUAL_REVIEW, governing=list(GOVERNING)):
        recompute(db, now, without)
        still = len(_asked(db, _WITHOUT_DAY, kind=ANNUAL_REVIEW, governing=list(GOVERNING)))
        yield f"{len(without)} reviews had no review date; it was computed again, and {still} have none still"
    if opened := open_due(db, now, until=london_day(now) - PATIENCE).count:
        yield f"{opened} reviews should have been opened days ago and were opened now; is 'ehcp schedules apply' done?"


def _close_gaps(db: Engine, now: datetime) -> int:
    without = _asked(db, _WITHOUT_REVIEW)
    for plan_id in without:
        with Session(db) as session, session.begin():
            plan = session.get_one(Plan, plan_id, with_for_update=True)
            close_gap(session, plan, now)
    return len(without)


def _asked(db: Engine, query: TextClause, **bound: object) -> Sequence[UUID]:
    with db.connect() as connection:
        return connection.execute(query, {"authority": authority(), **bound}).scalars().all()
