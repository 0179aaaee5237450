"""Keeping the schedules in step for as long as a worker runs."""

import asyncio

from sqlalchemy import Engine
from temporalio.client import Client

from config.log import get_log
from config.settings import Settings
from scheduler.apply import apply

log = get_log(__name__)

# A schedule cannot notice that it is gone; only something outside Temporal can.
EVERY = 3600.0
AGAIN = 30.0


async def keep_schedules(client: Client, settings: Settings, db: Engine) -> None:
    """Apply the schedules now and every hour, until cancelled.

    So the hour of a newly adopted policy is followed, and a Temporal that lost everything has its schedules
    again.
    """
    while True:
        try:
            changed = await apply(client, settings, db)
        except Exception as error:
            log.warning("schedules_not_applied", reason=type(error).__name__)
            await asyncio.sleep(AGAIN)
            continue
        if any(changed.values()):
            log.info("schedules_applied", **{kind: ",".join(ids) for kind, ids in changed.items()})
        await asyncio.sleep(EVERY)
