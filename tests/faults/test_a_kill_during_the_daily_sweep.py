"""The worker is killed while it opens the reviews that fall due: another goes on, and each is opened exactly once."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session
from temporalio.client import Client, WorkflowHandle

from casework.opening_form import Opening
from casework.people import add_person
from casework.plans import NewPlan, open_plans
from casework.sweep import BATCH
from config.clock import london_day, utc_now
from engine.messages import ReviewsOpened
from statute.facts import Fact
from tests.casework.chasing.council import ACTOR
from tests.support.database import Database
from tests.support.temporal import QUEUE, real_server
from tests.support.workers import address_of, worker

pytestmark = [pytest.mark.timeout(120)]

PLANS = BATCH + 100
# A database so slow that there is a middle of the sweep to be killed in: some seconds for the first batch.
SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END $$;
CREATE TRIGGER slowly BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION slowly();
"""


def fill(database: Database) -> None:
    """Plans that were made ten months ago: their reviews should have opened weeks ago."""
    now = utc_now()
    made = Fact("plan_made", london_day(now) - timedelta(days=300))
    with Session(database.engine) as session, session.begin():
        people = [
            add_person(session, Opening(received=made.day, surname=f"S{number}", forename="F"), ACTOR)
            for number in range(PLANS)
        ]
        plans = [NewPlan(person, f"P-{number}", [made]) for number, person in enumerate(people)]
        open_plans(session, plans, ACTOR, now)
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(SLOWLY)
    owner.dispose()


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
