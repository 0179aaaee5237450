"""The waits of the council's own cases, read from the counted rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority

_ASSESSMENTS = text(
    "SELECT process_id, began, inherited, first_decision, first_decided_on, changed_on, agreed_on, outcome, "
    "outcome_on, draft_on, plan_on, ended_on FROM counted_assessment "
    "WHERE authority = :authority AND NOT void AND began <= :day "
    "AND (ended_on IS NULL OR ended_on >= :first OR plan_on >= :first)"
)
_REVIEWS = text(
    "SELECT r.process_id, r.met_on AS began, FALSE AS inherited, r.decided_on, l.ceased_on "
    "FROM counted_review r JOIN plan l ON l.id = r.plan_id "
    "WHERE r.authority = :authority AND NOT r.void AND r.place = 1 AND r.met_on <= :day "
    "AND (r.decided_on IS NULL OR r.decided_on >= :first) AND (l.ceased_on IS NULL OR l.ceased_on >= :first)"
)
_CASES = text(
    "SELECT c.id, c.mail_ref, c.case_ref, c.officer, c.team, "
    "n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to) AS seen "
    "FROM process c JOIN person n ON n.id = c.person_id WHERE c.id = ANY(:ids)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A case by its references, for somebody who may see it."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    officer: str | None
    team: str | None


def assessments(db: Engine, first: date, day: date) -> Sequence[Any]:
    """Every assessment that was open at some time from `first` to `day`, with its days (those after `day` too)."""
    return _rows(db, _ASSESSMENTS, first, day)


def reviews(db: Engine, first: date, day: date) -> Sequence[Any]:
    """Every review whose meeting was held by `day` and that was not decided before `first`."""
    return _rows(db, _REVIEWS, first, day)


def named(db: Engine, ids: Sequence[UUID], actor: Actor) -> tuple[dict[UUID, Named], int]:
    """The cases of these ids that the actor may see, and how many more there are."""
    with db.connect() as connection:
        rows = connection.execute(_CASES, {"ids": list(ids), "viewer": actor.name}).all()
    seen = {row.id: Named(row.id, row.mail_ref, row.case_ref, row.officer, row.team) for row in rows if row.seen}
    return seen, len(rows) - len(seen)


def _rows(db: Engine, statement: Any, first: date, day: date) -> Sequence[Any]:
    with db.connect() as connection:
        return connection.execute(statement, {"authority": authority(), "first": first, "day": day}).all()
