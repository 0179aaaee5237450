"""The worker is killed while it opens the reviews that fall due: another goes on, and each is opened exactly once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from temporalio.client import Client, WorkflowHandle

from casework.sweep import BATCH
from engine.messages import ReviewsOpened
from tests.faults.slow_plans import slow_plans
from tests.support.database import Database
from tests.support.temporal import QUEUE, real_server
from tests.support.workers import address_of, worker

pytestmark = [pytest.mark.timeout(120)]

PLANS = BATCH + 100


def fill(database: Database) -> None:
    """Plans made ten months ago: their reviews should have opened weeks ago. The first batch takes some seconds."""
    slow_plans(database, PLANS, 300, 0.005)


def ask(database: Database, query: str) -> int:
    with database.engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()


def opened(database: Database) -> int:
    return ask(database, "SELECT count(*) FROM review WHERE opens_on IS NULL AND opened_at IS NOT NULL")


async def runs_of_reviews(client: Client, number: int) -> Counter[str]:
    """Every run of every clock of a review that there ever was, once Temporal's list shows so many."""
    async with asyncio.timeout(40):
        while True:
            found = client.list_workflows("WorkflowType = 'AnnualReviewWorkflow'", page_size=1000)
            runs = Counter([run.id async for run in found])
            if runs.total() >= number:
                return runs
            await asyncio.sleep(0.2)


async def attempts(sweep: WorkflowHandle) -> int:
    """How often the sweep was begun."""
    history = await sweep.fetch_history()
    started = [event.activity_task_started_event_attributes.attempt for event in history.events]
    return max(started)


async def test_every_review_is_opened_once_though_the_worker_is_killed_in_the_middle(
    database: Database, tmp_path: Path
) -> None:
    await asyncio.to_thread(fill, database)
    async with real_server() as env:
        async with worker(database, address_of(env.client), tmp_path) as first:
            sweep = await env.client.start_workflow("ReviewsDueWorkflow", id="sweep", task_queue=QUEUE)
            async with asyncio.timeout(30):
                while not opened(database):
                    await asyncio.sleep(0.02)
            first.kill()
            await first.wait()
        assert opened(database) == BATCH, "it was killed between the first batch and the last"
        async with worker(database, address_of(env.client), tmp_path):
            report = ReviewsOpened.model_validate(await asyncio.wait_for(sweep.result(), 40))
            runs = await runs_of_reviews(env.client, PLANS)
        assert await attempts(sweep) > 1
    assert report.opened == PLANS - BATCH
    assert opened(database) == PLANS
    assert ask(database, "SELECT count(*) FROM wake") == ask(database, "SELECT count(DISTINCT process_id) FROM wake")
    assert set(runs.values()) == {1}
    assert len(runs) == PLANS
