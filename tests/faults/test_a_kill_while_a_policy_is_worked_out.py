"""The worker is killed while it works out what an adopted policy moves: another goes on where it was."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.adopting import adopt_policy
from casework.rebuild import BATCH, recompute
from casework.recomputing import Progress, progress
from config.clock import utc_now
from tests.casework.chasing.council import ACTOR
from tests.faults.slow_plans import slow_plans
from tests.support.database import Database
from tests.support.temporal import real_server
from tests.support.workers import address_of, worker

pytestmark = [pytest.mark.timeout(120)]

PLANS = 2 * BATCH + 20
EARLIER = "[reviews]\nopen_weeks = 30\n"


def fill(database: Database) -> None:
    """Plans made a month ago, then a policy under which their reviews open earlier; nobody works at it yet.

    Each batch takes half a second and more.
    """
    slow_plans(database, PLANS, 30, 0.01)
    assert adopt_policy(database.engine, EARLIER, ACTOR, utc_now()).to_work_out == PLANS


def stands(database: Database) -> Progress:
    found = progress(database.engine)
    assert found is not None
    return found


def moved(database: Database) -> int:
    """In how many reviews the day of opening is the new one."""
    with database.engine.connect() as connection:
        newest = "SELECT count(*) FROM review WHERE opens_on = (SELECT min(opens_on) FROM review)"
        days = connection.execute(text("SELECT count(DISTINCT opens_on) FROM review")).scalar_one()
        done = connection.execute(text(newest)).scalar_one()
        return done if days == 2 or done == PLANS else 0


async def until_done(database: Database, cases: int) -> None:
    async with asyncio.timeout(30):
        while stands(database).done < cases:
            await asyncio.sleep(0.02)


async def test_every_case_is_worked_out_once_though_the_worker_is_killed_in_the_middle(
    database: Database, tmp_path: Path
) -> None:
    await asyncio.to_thread(fill, database)
    async with real_server() as env:
        async with worker(database, address_of(env.client), tmp_path) as first:
            await until_done(database, BATCH)
            first.kill()
            await first.wait()
        between = stands(database)
        assert (between.done, between.finished_at) == (BATCH, None)
        assert moved(database) == BATCH
        async with worker(database, address_of(env.client), tmp_path):
            await until_done(database, PLANS)
            async with asyncio.timeout(10):
                while stands(database).finished_at is None:
                    await asyncio.sleep(0.02)
    assert (stands(database).done, moved(database)) == (PLANS, PLANS)
    assert await asyncio.to_thread(recompute, database.engine, utc_now()) == 0
