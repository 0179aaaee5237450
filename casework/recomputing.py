"""Working out every case anew when a policy was adopted: asked for together with it, done by a worker in batches.

Thousands of cases take minutes, and nobody should wait for them on a page. Word is left in the transaction that puts
the policy in force, so that neither is there without the other. Each batch is a transaction of its own that also puts
down how far it came: whoever is killed, the next goes on from there, and a batch that is done again changes nothing.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, func, select

from casework.cases import authority
from casework.rebuild import BATCH, recompute_held
from records.tables import Process, Recomputation

PAUSE = 0.2
"""Seconds after which one looks again whether somebody else has done the rest."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the last one is: `done` of the `total` processes that there were when `policy` was adopted.

    `changed`: in how many days differed. `moved_at` is when its last batch was done, `finished_at` when it came to its
    end; None as long as that has not been.
    """

    policy: int
    asked_at: datetime
    total: int
    done: int
    changed: int
    moved_at: datetime | None
    finished_at: datetime | None


def ask(session: Session, policy: int, kinds: Collection[str], now: datetime) -> int:
    """Leave word that all processes of these kinds are to be worked out anew; returns how many there are.

    Within the transaction that adopts the policy, which is the only one to do so. What an earlier policy asked for and
    nobody has finished is asked for again with it: the newest word is the only one that counts.
    """
    if not kinds:
        return 0
    last = _last(session)
    unfinished = last.kinds if last is not None and last.finished_at is None else ()
    wanted = sorted({*kinds, *unfinished})
    total = session.exec(select(func.count(col(Process.id))).where(*_of(wanted))).one()
    session.add(Recomputation(policy=policy, kinds=wanted, asked_at=now, total=total))
    return total


def step(db: Engine, now: datetime, batch: int = BATCH) -> int:
    """Work out the next batch of what was asked for last, as of `now` (aware); returns how many processes it held.

    None of them when nothing is left to do, or when somebody else is at it at this moment.
    """
    with Session(db) as session, session.begin():
        asked = _last(session, to_do=True)
        if asked is None:
            return 0
        processes = _next(session, asked, batch)
        # The policy is read once they are held: were it read before, one adopted meanwhile could be written over.
        asked.changed += recompute_held(session, processes, now)
        asked.done += len(processes)
        asked.moved_at = now
        if len(processes) < batch:
            asked.finished_at = now
        else:
            asked.reached = processes[-1]
        session.add(asked)
        return len(processes)


def finish(db: Engine, clock: Callable[[], datetime]) -> Progress | None:
    """Work out whatever is left, beside the workers if any are at it; returns how it stands then."""
    while (found := progress(db)) is not None and found.finished_at is None:
        if not step(db, clock()):
            time.sleep(PAUSE)
    return found


def progress(db: Engine) -> Progress | None:
    """How far the last one is; None when no policy ever asked for one."""
    with Session(db) as session:
        last = _last(session)
        if last is None:
            return None
        return Progress(
            last.policy, last.asked_at, last.total, last.done, last.changed, last.moved_at, last.finished_at
        )


def _last(session: Session, *, to_do: bool = False) -> Recomputation | None:
    """The newest word, whatever became of it; with `to_do` only if it is unfinished and nobody else is at it."""
    newest = select(func.max(Recomputation.id)).scalar_subquery()
    query = select(Recomputation).where(col(Recomputation.id) == newest)
    if to_do:
        query = query.where(col(Recomputation.finished_at).is_(None)).with_for_update(skip_locked=True)
    return session.exec(query).first()


def _next(session: Session, asked: Recomputation, batch: int) -> Sequence[UUID]:
    query = select(Process.id).where(*_of(asked.kinds)).order_by(col(Process.id)).limit(batch)
    if asked.reached is not None:
        query = query.where(col(Process.id) > asked.reached)
    return session.exec(query).all()


def _of(kinds: Collection[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Process.authority) == authority(), col(Process.kind).in_(kinds)
