"""Counting what was recorded before anybody looks: after an import the first viewer need not wait for all of it.

Beside every worker. Whoever looks counts the rest in, so that it does no harm when this is behind or away.
"""

from collections.abc import Callable

from sqlalchemy import Engine

from activities.recomputing import Recomputing
from scorecard.counted.keeping import BATCH, bring_one_batch, try_unread_again

MINUTE = 60.0


def counting_of(db: Engine, idle: float = MINUTE) -> Recomputing:
    """What brings the counted rows of `db` up to date, a batch at a time, every `idle` seconds."""
    return Recomputing(_steps(db), idle, longest_pause=5 * MINUTE, failed="counting_failed")


def _steps(db: Engine) -> Callable[[], int]:
    begun = False

    def step() -> int:
        nonlocal begun
        if not begun:
            try_unread_again(db)
            begun = True
        done = bring_one_batch(db)
        return done if done == BATCH else 0

    return step
