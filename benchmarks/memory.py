"""A worker's memory when 10,000 cases are open and their workflows sleep."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
from sqlalchemy import text

from benchmarks.cases import people_and_processes
from benchmarks.measure import Figure
from benchmarks.place import Town, temporal, town
from casework.rebuild import should_be_running
from engine.waking import wake_many

CASES, PATIENCE = 10_000, 900


def _seen(place: Town) -> int:
    with place.db.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM process WHERE seen_version IS NOT NULL")).scalar_one()


async def _measured(place: Town) -> float:
    async with temporal(place.folder) as client:
        address = client.service_client.config.target_host
        settings = {
            "EHCP_DATABASE_URL": place.urls.app_url,
            "EHCP_TEMPORAL_ADDRESS": address,
            "EHCP_LOG_LEVEL": "ERROR",
            "EHCP_SIGNING_KEY": "b" * 64,
        }
        worker = subprocess.Popen([sys.executable, "-m", "worker"], env={**os.environ, **settings})
        try:
            assert await wake_many(client, should_be_running(place.db)) == CASES
            until = time.monotonic() + PATIENCE
            while _seen(place) < CASES and time.monotonic() < until:
                await asyncio.sleep(1)
            assert _seen(place) == CASES
            await asyncio.sleep(5)
            return psutil.Process(worker.pid).memory_info().rss / 1e6
        finally:
            worker.terminate()
            worker.wait(timeout=60)


def measure() -> Iterator[Figure]:
    """Resident memory in megabytes."""
    with town() as place:
        people_and_processes(place, CASES)
        yield Figure("worker memory with 10,000 open cases", asyncio.run(_measured(place)), 300, "MB")
