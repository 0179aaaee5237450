"""Making again from the ledger everything that is derived from it: the read model, and what Temporal should run."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import Case, authority
from casework.policies import norms_of, policy_in_force
from casework.refresh import refresh
from casework.relay import ref_of
from engine.messages import ProcessRef
from records.ledger import facts_of
from records.tables import Person, Process

# Cases recomputed in one transaction: a recording person waits for so many at most.
BATCH = 50


def should_be_running(db: Engine) -> list[ProcessRef]:
    """Every process whose clock should run in Temporal: those that have not ended, oldest first."""
    with Session(db) as session:
        query = (
            select(Process)
            .where(Process.authority == authority(), col(Process.ended_on).is_(None), Process.version > 0)
            .order_by(col(Process.opened_at), col(Process.id))
        )
        return [ref_of(process) for process in session.exec(query)]


def recompute(db: Engine, now: datetime) -> int:
    """Recompute the deadlines of every case from its facts; returns how many cases had others than they should.

    Needed after a new release, calendar or policy; harmless at any other time.
    """
    with Session(db) as session:
        norms = norms_of(policy_in_force(session))
        ids = session.exec(select(Process.id).where(Process.authority == authority())).all()
    changed = 0
    for batch in _batches(ids):
        with Session(db) as session, session.begin():
            changed += sum(refresh(session, case, now, norms) for case in _held(session, batch))
    return changed


def _held(session: Session, ids: Sequence[UUID]) -> Iterator[Case]:
    # In the order of their ids, so that two recomputations never wait for each other in a ring.
    query = select(Process).where(col(Process.id).in_(ids)).order_by(col(Process.id)).with_for_update()
    for process in session.exec(query).all():
        person = session.get_one(Person, process.person_id)
        yield Case(process, person, facts_of(session, process.id))


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
