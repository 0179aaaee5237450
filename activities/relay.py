"""Delivering the wakes that Temporal has not had yet.

Every command writes a wake row in the transaction that records its facts, and tries to deliver it. When
Temporal is away the row waits; this relay, in every worker, delivers it within seconds of Temporal's return.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import Engine
from temporalio.client import Client

from casework.relay import UndeliveredWake, mark_delivered, undelivered_wakes
from config.clock import utc_now
from config.log import get_log
from engine.messages import ProcessRef
from engine.waking import wake_each

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Relay:
    """Reads rows with `read(limit)`, and ticks off those that were delivered with `tick_off(row ids)`.

    Both block and run in a thread. Two relays at work on the same rows do no harm: a wake may be repeated.
    """

    read: Callable[[int], Sequence[UndeliveredWake]]
    tick_off: Callable[[Sequence[int]], None]
    task_queue: str
    batch: int = 200
    idle: float = 1.0
    longest_pause: float = 10.0

    async def run(self, client: Client) -> None:
        """Deliver until cancelled. Outlives Temporal and the database being away."""
        pause = self.idle
        while True:
            try:
                delivered, found = await self.once(client)
            except Exception as error:
                # The database is away, or worse; its message might quote a row.
                log.warning("relay_failed", reason=type(error).__name__)
                delivered, found = 0, 1
            if found and delivered == found:
                pause = self.idle
                continue
            pause = min(pause * 2, self.longest_pause) if found else self.idle
            await asyncio.sleep(pause)

    async def once(self, client: Client) -> tuple[int, int]:
        """Deliver one batch; returns how many were delivered and how many had been waiting."""
        waiting = await asyncio.to_thread(self.read, self.batch)
        if not waiting:
            return 0, 0
        newest = _newest(waiting)
        refs, opened = list(newest), _only_opened(waiting)
        taken = set(await wake_each(client, refs, just_opened=opened, task_queue=self.task_queue))
        done = [row for ref in taken for row in newest[ref]]
        if done:
            await asyncio.to_thread(self.tick_off, done)
        return len(done), len(waiting)


def _newest(waiting: Sequence[UndeliveredWake]) -> dict[ProcessRef, list[int]]:
    """One wake for each process, its newest, with all the rows that it answers."""
    newest: dict[object, ProcessRef] = {}
    rows: dict[object, list[int]] = {}
    for one in waiting:
        key = one.ref.process_id
        rows.setdefault(key, []).append(one.row)
        known = newest.get(key, one.ref)
        newest[key] = max(known, one.ref, key=lambda ref: (ref.run, ref.version))
    return {newest[key]: rows[key] for key in newest}


def _only_opened(waiting: Sequence[UndeliveredWake]) -> set[UUID]:
    """Processes of which nothing waits but their opening: they are started. Any other might run, and must be told."""
    told = {one.ref.process_id for one in waiting if not one.opens}
    return {one.ref.process_id for one in waiting} - told


def relay_of(db: Engine, task_queue: str) -> Relay:
    """The relay of the wake rows in `db`."""
    return Relay(
        read=partial(undelivered_wakes, db),
        tick_off=lambda rows: mark_delivered(db, rows, utc_now()),
        task_queue=task_queue,
    )
