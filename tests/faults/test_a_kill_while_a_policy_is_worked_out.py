"""The worker is killed while it works out what an adopted policy moves: another goes on where it was."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from casework.adopting import adopt_policy
from casework.opening_form import Opening
from casework.people import add_person
from casework.plans import NewPlan, open_plans
from casework.rebuild import BATCH, recompute
from casework.recomputing import Progress, progress
from config.clock import london_day, utc_now
from statute.facts import Fact
from tests.casework.chasing.council import ACTOR
from tests.support.database import Database
from tests.support.temporal import real_server
from tests.support.workers import address_of, worker

pytestmark = [pytest.mark.timeout(120)]

PLANS = 2 * BATCH + 20
EARLIER = "[reviews]\nopen_weeks = 30\n"
# A database so slow that there is a middle to be killed in: half a second and more for each batch.
SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$;
CREATE TRIGGER slowly BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION slowly();
"""


def fill(database: Database) -> None:
    """Plans made a month ago, then a policy under which their reviews open earlier; nobody works at it yet."""
    now = utc_now()
    made = Fact("plan_made", london_day(now) - timedelta(days=30))
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
    assert adopt_policy(database.engine, EARLIER, ACTOR, now).to_work_out == PLANS


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
