"""The worker as a process: it waits for what it needs, outlives it, and goes when told."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from sqlmodel import Session
from temporalio import workflow

from engine.clocks import CLOCKS
from engine.running import describe
from records.tables import Process
from scheduler.schedules import declared
from tests.casework.chasing.council import Council, at
from tests.support.database import Database
from tests.support.temporal import BIN, real_server
from tests.support.workers import address_of, process, worker
from worker import WORKFLOWS


async def seen(database: Database, case: UUID, seconds: float = 30) -> None:
    """Wait until a clock has read the newest fact of a case."""
    async with asyncio.timeout(seconds):
        while True:
            with Session(database.engine) as session:
                found = session.get_one(Process, case)
                if found.seen_version == found.version:
                    return
            await asyncio.sleep(0.1)


async def test_a_recorded_case_is_timed_without_anybody_waking_it_and_sigterm_ends_the_worker(
    database: Database, tmp_path: Path
) -> None:
    council = Council(database.engine)
    council.furnish()
    async with real_server() as env, worker(database, address_of(env.client), tmp_path) as running:
        case = council.open()
        await seen(database, case)
        found = await describe(env.client, case)
        running.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(running.wait(), 25) == 0
    assert found is not None
    assert found.status == "running"
    assert "Testing" not in (tmp_path / "worker.log").read_text()


async def test_the_worker_keeps_the_schedules(database: Database, tmp_path: Path) -> None:
    async with real_server() as env, worker(database, address_of(env.client), tmp_path):
        async with asyncio.timeout(30):
            wanted = {one.id for one in declared()}
            while {one.id async for one in await env.client.list_schedules()} != wanted:
                await asyncio.sleep(0.2)


async def test_a_worker_that_is_there_first_waits_for_temporal_and_delivers_what_was_recorded_meanwhile(
    database: Database, tmp_path: Path, unused_tcp_port: int
) -> None:
    """And once more, when Temporal is killed and comes back with its data."""
    council = Council(database.engine)
    council.furnish()
    case = council.open()
    server = (str(BIN / "temporal"), "server", "start-dev", "--headless", "--port", str(unused_tcp_port),
              "--db-filename", str(tmp_path / "temporal.db"), "--log-level", "error")  # fmt: skip
    async with worker(database, f"127.0.0.1:{unused_tcp_port}", tmp_path) as running:
        await asyncio.sleep(2)
        async with process(*server, env=os.environ, log=tmp_path / "temporal.log") as temporal:
            await seen(database, case)
            temporal.kill()
            await temporal.wait()
        council.say(case, at("2026-09-03", "10:00"), "family_views=2026-09-02;from=parent")
        async with process(*server, env=os.environ, log=tmp_path / "temporal.log"):
            await seen(database, case, 60)
        assert running.returncode is None


async def test_a_worker_without_a_database_says_what_to_set(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EHCP_")}
    env["EHCP_DATA_DIR"] = str(tmp_path)
    async with process(sys.executable, "-P", "-m", "worker", env=env, log=tmp_path / "log") as running:
        assert await asyncio.wait_for(running.wait(), 20) == 1
    assert "EHCP_DATABASE_URL" in (tmp_path / "log").read_text()


def test_the_worker_serves_every_workflow_that_anything_starts() -> None:
    served = {workflow._Definition.must_from_class(one).name for one in WORKFLOWS}
    assert served == {*(clock.workflow for clock in CLOCKS.values()), *(one.workflow for one in declared())}
