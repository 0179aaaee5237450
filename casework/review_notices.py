"""What a letter about a review says: the limit that wants it, in the words of the post room, and the days."""

from datetime import date
from typing import Any

from statute.ladder import Kind, Step
from statute.review_situation import Review
from statute.review_steps import FINALS, NOTICE, WINDOW, row_of
from statute.situation import Situation
from statute.timeline import Deadline

# Where the authority arranges the review itself regulation 21 says what regulation 20 says elsewhere.
_BY_AUTHORITY = {"reg20_papers": "reg21_papers", "reg20_report": "reg21_report", "reg20_decision": "reg21_decision"}
_WITHOUT_REVIEW = "reg28_final"


def about_review(situation: Situation, step: Step) -> dict[str, Any]:
    """The limit and the days that the letter names: `due` is the day to act by, `legal_due` the law's beyond it."""
    if step.kind is Kind.STOP:
        return {}
    review, row = Review(situation), row_of(situation, step)
    due, legal = step.due_day, row.legal_due if row else None
    days = {
        "start": row.start if row else due,
        "due": due,
        "working_due": situation.calendar.operational_due(due),
        "norm_due": row.norm_due if row and legal == due else None,
        "legal_due": None if legal == due else legal,
        "meeting": review.held or review.planned,
        "final": _final(review) if step.limit in (NOTICE, WINDOW) else None,
    }
    return {"limit": _words(review, step, row), **{name: day.isoformat() for name, day in days.items() if day}}


def _words(review: Review, step: Step, row: Deadline | None) -> str:
    if step.limit == FINALS[0] and row and "reg 28" in row.citation:
        return _WITHOUT_REVIEW
    return _BY_AUTHORITY.get(step.limit, step.limit) if review.by_authority else step.limit


def _final(review: Review) -> date | None:
    """The last lawful day for the amended plan."""
    return min((due for _, due in review.binding(*FINALS)), default=None)
