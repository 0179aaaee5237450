"""Wakes that Temporal has not had yet: written with every fact, delivered when Temporal can be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.clocks import has_clock
from engine.messages import ProcessRef
from records.tables import Process, Wake


@dataclass(frozen=True, slots=True)
class UndeliveredWake:
    """A wake that waits: the id of its row and what it tells. It always tells the newest version and run.

    `opens`: it is of the opening itself, so that there is no workflow to be told, only one to be started.
    """

    row: int
    ref: ProcessRef
    opens: bool = False


def ref_of(process: Process) -> ProcessRef:
    """What a process's clock is told: where its ledger stands."""
    return ProcessRef(process_id=process.id, version=process.version, run=process.run, kind=process.kind)


def undelivered_wakes(db: Engine, limit: int) -> list[UndeliveredWake]:
    """The oldest wakes that are still to be delivered, at most `limit`."""
    query = (
        select(Wake.id, Wake.opens, Process)
        .join(Process, col(Process.id) == col(Wake.process_id))
        .where(col(Wake.delivered_at).is_(None))
        .order_by(col(Wake.id))
        .limit(limit)
    )
    with Session(db) as session:
        found = session.exec(query).all()
        return [UndeliveredWake(row, ref_of(process), opens) for row, opens, process in found if row is not None]


def mark_delivered(db: Engine, rows: Sequence[int], now: datetime) -> None:
    """Tick off wakes that Temporal took."""
    with Session(db) as session, session.begin():
        taken = col(Wake.id).in_(rows) & col(Wake.delivered_at).is_(None)
        session.connection().execute(update(Wake).where(taken).values(delivered_at=now))


def all_seen(db: Engine) -> bool:
    """Whether the workflow of every open, armed process has read its ledger as it is now; a review has one once it
    has been opened."""
    unseen = col(Process.seen_version).is_(None) | (col(Process.seen_version) < col(Process.version))
    query = select(Process.id).where(has_clock(), col(Process.armed_from).is_not(None), unseen)
    with Session(db) as session:
        return session.exec(query.limit(1)).first() is None
