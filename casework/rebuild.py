"""Making again from the ledger everything that is derived from it: the read model, and what Temporal should run."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy import select as pick
from sqlmodel import Session, col, select

from casework.cases import Case, authority
from casework.clocks import has_clock
from casework.refresh import refresh_all
from casework.running import keep_opening
from engine.messages import ProcessRef
from records.ledger import facts_of_many
from records.tables import Person, Process, Review
from statute.kind import ANNUAL_REVIEW

# Cases recomputed in one transaction: a recording person waits for so many at most.
BATCH = 50


def should_be_running(db: Engine) -> list[ProcessRef]:
    """Every process whose clock should run in Temporal: those that are open and have not ended, oldest first."""
    columns = pick(col(Process.id), col(Process.version), col(Process.run), col(Process.kind))
    query = columns.where(has_clock()).order_by(col(Process.opened_at), col(Process.id))
    with Session(db) as session:
        return [
            ProcessRef(process_id=process, version=version, run=run, kind=kind)
            for process, version, run, kind in session.connection().execute(query)
        ]


def recompute(db: Engine, now: datetime, processes: Sequence[UUID] | None = None) -> int:
    """Recompute the deadlines of every case (or of these) from its facts; returns how many had others than they should.

    So also the days on which reviews open. Needed after a new release, calendar or policy; harmless at any other
    time.
    """
    if processes is None:
        with Session(db) as session:
            processes = session.exec(select(Process.id).where(Process.authority == authority())).all()
    changed = 0
    for batch in _batches(processes):
        with Session(db) as session, session.begin():
            changed += recompute_held(session, batch, now)
    return changed


def recompute_held(session: Session, processes: Sequence[UUID], now: datetime) -> int:
    """Recompute a batch within a transaction, holding each process until it ends; returns how many had other deadlines.

    The policy is read when they are held, not before: while one waits for them, another policy can be adopted, and
    whoever holds them now may have written its norms.
    """
    cases = _held(session, processes)
    changed = refresh_all(session, cases, now)
    _keep_openings(session, cases, now)
    return changed


def _held(session: Session, ids: Sequence[UUID]) -> list[Case]:
    # In the order of their ids, so that two recomputations never wait for each other in a ring.
    query = select(Process, Person).join(Person, col(Person.id) == col(Process.person_id))
    held = query.where(col(Process.id).in_(ids)).order_by(col(Process.id)).with_for_update(of=Process)  # pyright: ignore[reportArgumentType]
    found = session.exec(held).all()
    facts = facts_of_many(session, [process.id for process, _ in found])
    return [Case(process, person, facts[process.id]) for process, person in found]


def _keep_openings(session: Session, cases: Sequence[Case], now: datetime) -> None:
    by_id = {case.process.id: case for case in cases if case.process.kind == ANNUAL_REVIEW}
    if not by_id:
        return
    query = select(Review).where(col(Review.process_id).in_(by_id), col(Review.opened_at).is_(None))
    for review in session.exec(query).all():
        keep_opening(session, by_id[review.process_id], review, (), now)
        session.add(review)


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
