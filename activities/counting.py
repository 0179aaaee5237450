"""Counting what was recorded, the scorecard and the forecast before anybody looks: nobody need wait for it.

Beside every worker. Whoever looks counts the rest in, so that it does no harm when this is behind or away.
"""

from collections.abc import Callable

from sqlalchemy import Engine

from activities.recomputing import Recomputing
from config.clock import utc_now
from scorecard.counted.keeping import BATCH, bring_one_batch, try_unread_again
from scorecard.forecast.kept import keep_forecast_ready
from scorecard.kept import keep_ready

MINUTE = 60.0


def counting_of(db: Engine, idle: float = MINUTE) -> Recomputing:
    """What brings the counted rows of `db` up to date, a batch at a time; then scorecard and forecast are kept ready.

    It looks every `idle` seconds whether there is anything to do.
    """
    return Recomputing(_steps(db), idle, longest_pause=5 * MINUTE, failed="counting_failed")


def _steps(db: Engine) -> Callable[[], int]:
    begun = False

    def step() -> int:
        nonlocal begun
        if not begun:
            try_unread_again(db)
            begun = True
        done = bring_one_batch(db)
        if done == BATCH:
            return done
        keep_ready(db, utc_now())
        keep_forecast_ready(db, utc_now())
        return 0

    return step
