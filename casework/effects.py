"""What follows from the facts of a case outside the clocks: requests, the plan and its reviews, the end, the run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework.cases import Case
from casework.final_plans import keep_plan
from casework.plans import NewPlan
from casework.requests import keep_requests
from casework.running import keep_end, keep_opening
from casework.secure_links.keeping import keep_links
from casework.succession import follow
from records.tables import Process, Review
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Settled:
    """Sentences for the caseworker, the processes whose clocks have something to look at (that of the case itself
    first), and the plans that are to be opened now (`casework.final_plans.open_made`)."""

    warnings: tuple[str, ...]
    wakes: tuple[Process, ...]
    plans: tuple[NewPlan, ...] = ()


def settle(session: Session, case: Case, new: Sequence[Fact], now: datetime) -> Settled:
    """Bring everything that follows from the facts of a case in step with them; `new` are those just added."""
    if case.process.kind == ANNUAL_REVIEW:
        return _settle_review(session, case, new, now)
    stands, was_open = standing(case.facts), case.process.ended_on is None
    warnings = keep_requests(session, case, stands, new, now)
    kept = keep_plan(session, case, stands, now)
    own = (case.process,) if keep_end(session, case, new, now) else ()
    keep_links(session, case, new, now, was_open=was_open)
    return Settled((*warnings, *kept.warnings), (*own, *kept.wakes), kept.new)


def _settle_review(session: Session, case: Case, new: Sequence[Fact], now: datetime) -> Settled:
    review, was_open = session.get_one(Review, case.process.id), case.process.ended_on is None
    own = (case.process,) if keep_end(session, case, new, now) else ()
    keep_links(session, case, new, now, was_open=was_open)
    keep_opening(session, case, review, new, now)
    session.add(review)
    followed = follow(session, case, review, new, now)
    wakes = {process.id: process for process in (*own, *followed.wakes)}
    return Settled(tuple(followed.warnings), tuple(wakes.values()))
