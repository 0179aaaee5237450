"""The waits of the council's own cases, read from the counted rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from scorecard.forecast.rows import Moved, MovedIn, Requested, Reviewed, Rows

_ASSESSMENTS = text(
    "SELECT process_id, began, inherited, first_decision, first_decided_on, changed_on, replaced_on, agreed_on, "
    "outcome, outcome_on, draft_on, plan_on, ended_on FROM counted_assessment "
    "WHERE authority = :authority AND NOT void AND began <= :day "
    "AND (ended_on IS NULL OR ended_on >= :first OR plan_on >= :first)"
)
# The day by which the review of a plan that moved in, or that followed a re-assessment, is due (regs 15(5) and 27(4)).
_REVIEWS = text(
    "SELECT r.process_id, r.began, r.met_on, r.decided_on, r.outcome, r.notice_on, r.finished_on, l.ceased_on, "
    "d.due_on FROM counted_review r JOIN plan l ON l.id = r.plan_id LEFT JOIN (SELECT process_id, "
    "max(legal_due) AS due_on FROM deadline WHERE to_day IS NULL AND limit_id IN ('reg15_review', 'reg27_review') "
    "AND standing <> 'replaced' GROUP BY process_id) d ON d.process_id = r.process_id "
    "WHERE r.authority = :authority AND NOT r.void AND r.place = 1 AND r.began <= :day "
    "AND (r.decided_on IS NULL OR r.decided_on >= :first OR r.outcome = 'amend' "
    "AND (r.finished_on IS NULL OR r.finished_on >= :first)) AND (l.ceased_on IS NULL OR l.ceased_on >= :first)"
)
# One that is not met goes on with the next review of the plan: of each move the review that met it, or the latest.
_MOVES = text(
    "SELECT DISTINCT ON (r.plan_id, d.subject, d.legal_due) r.process_id, r.began, d.legal_due, "
    "r.met_on, r.notice_on, d.met_on, l.ceased_on "
    "FROM deadline d JOIN counted_review r ON r.process_id = d.process_id AND r.place = 1 "
    "JOIN plan l ON l.id = r.plan_id WHERE d.limit_id = 'reg18_phase_transfer' AND d.to_day IS NULL "
    "AND d.legal_due IS NOT NULL AND r.authority = :authority AND NOT r.void AND r.began <= :day "
    "AND (d.met_on IS NULL OR d.met_on >= :first) AND (l.ceased_on IS NULL OR l.ceased_on >= :first) "
    "ORDER BY r.plan_id, d.subject, d.legal_due, d.met_on NULLS LAST, r.cycle DESC"
)
# Whoever was not told when the review was over is told no more by it.
_TOLD = text(
    "SELECT r.process_id, d.start, d.legal_due, d.met_on, "
    "least(l.ceased_on, CASE WHEN d.standing IN ('not_applicable', 'ended_overdue') THEN d.from_day END) "
    "FROM deadline d JOIN counted_review r ON r.process_id = d.process_id AND r.place = 1 "
    "JOIN plan l ON l.id = r.plan_id WHERE d.limit_id = 'reg15_inform' AND d.to_day IS NULL "
    "AND d.legal_due IS NOT NULL AND r.authority = :authority AND NOT r.void AND d.start <= :day "
    "AND (d.met_on IS NULL OR d.met_on >= :first) AND (l.ceased_on IS NULL OR l.ceased_on >= :first)"
)
_CASES = text("SELECT id, mail_ref, case_ref, officer, team FROM process WHERE id = ANY(:ids)")
# Few are: they are looked for, not each case of thousands.
_UNSEEN = text(
    "SELECT c.id FROM process c JOIN person n ON n.id = c.person_id "
    "WHERE n.sensitivity = 'restricted' AND (:viewer = ANY (n.restricted_to)) IS NOT TRUE"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A case by its references, for somebody who may see it."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    officer: str | None
    team: str | None


def read(db: Engine, first: date, day: date) -> Rows:
    """Every wait that was open at some time from `first` to `day`, with its days (those after `day` too)."""
    bounds = {"authority": authority(), "first": first, "day": day}
    with db.connect() as connection:
        # As plain tuples: each is looked at dozens of times, and SQLAlchemy's own are slow at it.
        return Rows(
            [Requested._make(row) for row in connection.execute(_ASSESSMENTS, bounds)],
            [Reviewed._make(row) for row in connection.execute(_REVIEWS, bounds)],
            [Moved._make(row) for row in connection.execute(_MOVES, bounds)],
            [MovedIn._make(row) for row in connection.execute(_TOLD, bounds)],
        )


def unseen(db: Engine, actor: Actor) -> frozenset[UUID]:
    """The cases that the actor may not see: those of children who are restricted to others."""
    with db.connect() as connection:
        return frozenset(connection.execute(_UNSEEN, {"viewer": actor.name}).scalars())


def named(db: Engine, ids: Sequence[UUID]) -> dict[UUID, Named]:
    """The cases of these ids; `unseen` are to be left out before."""
    with db.connect() as connection:
        rows = connection.execute(_CASES, {"ids": list(ids)}).all()
    return {row.id: Named(*row) for row in rows}
