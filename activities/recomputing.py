"""Working out the cases that an adopted policy has left to the workers.

Beside every worker, like the relay: it needs the database alone, so that it goes on while Temporal is away, and no
workflow's history hears of it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from casework.recomputing import step
from config.clock import utc_now
from config.log import get_log

log = get_log(__name__)

LONGEST_BATCH = 20.0
"""Seconds after which a worker that is to stop waits for its batch no longer."""


@dataclass(frozen=True, slots=True)
class Recomputing:
    """Does one batch after the other with `step()`, which says how many cases it held: none when nothing is to do.

    It blocks and runs in a thread. Two workers at it do no harm: one of them finds nothing to do.
    """

    step: Callable[[], int]
    idle: float = 1.0
    longest_pause: float = 30.0
    failed: str = "recomputation_failed"

    async def run(self) -> None:
        """Work until cancelled, and then to the end of the batch in hand.

        Outlives the database being away, and goes on where it was.
        """
        pause = self.idle
        while True:
            try:
                held = await _to_its_end(self.step)
            except Exception as error:
                # Its message might quote a row.
                log.warning(self.failed, reason=type(error).__name__)
                pause = min(pause * 2, self.longest_pause)
                await asyncio.sleep(pause)
                continue
            pause = self.idle
            if not held:
                await asyncio.sleep(pause)


async def _to_its_end(step: Callable[[], int]) -> int:
    """One batch in a thread; whoever cancels it waits for it, for a thread goes on with a connection that it has."""
    working = asyncio.ensure_future(asyncio.to_thread(step))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working], timeout=LONGEST_BATCH)
        working.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody is left to be told
        raise


def recomputing_of(db: Engine) -> Recomputing:
    """What works out the cases in `db`."""
    return Recomputing(lambda: step(db, utc_now()))
