"""Which reviews a term list is of: those whose meeting has to be held before the next term begins."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from casework.cases import authority
from casework.term_dates import list_due
from statute.phase_transfer import backward
from statute.terms import LONGEST_HOLIDAY, Term, Terms
from statute.timeline import OPEN, Timeline

# How long before its last day a list is prepared, so that somebody has time to send it.
LEAD = timedelta(weeks=2)
# Where that falls into holidays: so long before the school breaks up, while somebody is there to read of it.
BEFORE_HOLIDAYS = timedelta(weeks=1)
# Reg 20(10): the decision that completes a review may take four weeks from its meeting.
TO_DECIDE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Span:
    """A term that a list is for: its first day, the last day for the list, and the last day before the next term.

    A review belongs to it when its meeting is wanted by `until`: one that is due in the holidays after the term, or
    a few days into the next, has to be held in this.
    """

    start: date
    due: date
    until: date


# Literals, not parameters: a prepared statement would not find the partial indexes otherwise.
REVIEWS, MOVE, DECISION = ("s44_review", "reg27_review", "reg15_review"), "reg18_phase_transfer", "reg20_decision"
REVIEW = str(REVIEWS)
TRANSFER = f"'{MOVE}'"
# Of spells `d` of processes `p`.
ON_A_LIST = (
    "d.authority = :authority AND d.to_day IS NULL AND d.standing = 'open' AND p.ended_on IS NULL "
    f"AND (d.limit_id IN {REVIEW} AND d.legal_due <= :review_by "
    f"OR d.limit_id = {TRANSFER} AND d.legal_due <= :transfer_by) "
    "AND NOT EXISTS (SELECT FROM met WHERE met.process_id = d.process_id)"
)
# The read model always holds the next review of every plan; once its meeting was held it is on no list any more. They
# are read at once: Postgres looked at one review after another, for it does not know how few pages that needs.
MET = (
    f"WITH met AS MATERIALIZED (SELECT process_id FROM deadline WHERE limit_id = '{DECISION}' "  # noqa: S608 - as below
    "AND to_day IS NULL "
    "AND start IS NOT NULL)"
)
_COUNTED = text(
    f"{MET} SELECT n.setting_urn, count(DISTINCT d.process_id) AS number "  # noqa: S608 - nothing in it was typed
    "FROM deadline d JOIN process p ON p.id = d.process_id JOIN person n ON n.id = p.person_id "
    f"WHERE {ON_A_LIST} AND p.armed_from IS NOT NULL AND NOT d.restricted GROUP BY n.setting_urn"
)


def span_of(terms: Terms, today: date) -> Span | None:
    """The next term, once its list is to be prepared; None while it is too early and where no term is recorded."""
    start = terms.next_start(today)
    if start is None:
        return None
    span = _span(terms, start)
    return span if today >= _ready(terms, span) else None


def next_span(terms: Terms, today: date, term: date | None) -> Span | None:
    """The term that begins on that day or holds it; without a day the next."""
    starts = [each.first for each in terms.spans if term and each.first <= term <= each.last]
    start = max(starts, default=None) if term else terms.next_start(today)
    return _span(terms, start) if start else None


def counted(session: Session, span: Span) -> dict[str | None, int]:
    """How many reviews of that term each setting has; None: children at no setting.

    Of armed plans, and without children who are restricted to named staff: those tell the setting themselves.
    """
    rows = session.connection().execute(_COUNTED, bound_to(span))
    return {row.setting_urn: row.number for row in rows}


@dataclass(frozen=True, slots=True)
class Owed:
    """The legal days, if there are any, by which the review of a plan and its move to another phase are owed."""

    review: date | None = None
    move: date | None = None


def owed_by(timeline: Timeline) -> Owed:
    """What is owed of a review whose meeting is still to be held: what `ON_A_LIST` looks for, of one process."""
    decision = timeline.get(DECISION)
    if timeline.ended_on is not None or (decision is not None and decision.start is not None):
        return Owed()
    days = {each.limit: each.legal_due for each in timeline.deadlines if each.state in OPEN and each.legal_due}
    return Owed(min((days[limit] for limit in REVIEWS if limit in days), default=None), days.get(MOVE))


def is_on_list(owed: Owed, span: Span) -> bool:
    """Whether that belongs to the list of that term."""
    bounds = bound_to(span)
    by_review = owed.review is not None and owed.review <= bounds["review_by"]
    return by_review or (owed.move is not None and owed.move <= bounds["transfer_by"])


def to_move(day: date) -> timedelta:
    """How long before `day`, the legal day of a move to another phase, its meeting has to be held."""
    return day - backward(day).meeting


def bound_to(span: Span) -> dict[str, Any]:
    """What `ON_A_LIST` binds for a term."""
    return {
        "authority": authority(),
        "review_by": span.until + TO_DECIDE,
        "transfer_by": span.until + to_move(span.until),
    }


def _span(terms: Terms, start: date) -> Span:
    last = max(term.last for term in terms.spans if term.first == start)
    following = terms.next_start(start)
    soon = following is not None and following - last <= LONGEST_HOLIDAY
    return Span(start, list_due(start), following - timedelta(days=1) if following and soon else last)


def _ready(terms: Terms, span: Span) -> date:
    """Two weeks before its last day; earlier where the school would be on holiday."""
    ready = span.due - LEAD
    before = _term_before(terms, span.start)
    if before is None or terms.in_term(ready):
        return ready
    return min(ready, before.last - BEFORE_HOLIDAYS)


def _term_before(terms: Terms, start: date) -> Term | None:
    return max((term for term in terms.spans if term.last < start), key=lambda term: term.last, default=None)
