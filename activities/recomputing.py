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
        """Work until cancelled. Outlives the database being away, and goes on where it was."""
        pause = self.idle
        while True:
            try:
                held = await asyncio.to_thread(self.step)
            except Exception as error:
                # Its message might quote a row.
                log.warning(self.failed, reason=type(error).__name__)
                pause = min(pause * 2, self.longest_pause)
                await asyncio.sleep(pause)
                continue
            pause = self.idle
            if not held:
                await asyncio.sleep(pause)


def recomputing_of(db: Engine) -> Recomputing:
    """What works out the cases in `db`."""
    return Recomputing(lambda: step(db, utc_now()))
