"""The worker as a process of its own, so that it can be stopped, lost and killed."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from temporalio.client import Client

from tests.support.database import Database

ROOT = Path(__file__).parents[2]


def environment(database: Database, address: str, folder: Path) -> dict[str, str]:
    """What a worker is told: where its database and Temporal are, and nothing of this machine's own settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("EHCP_", "TEMPORAL_"))}
    return ours | {
        "EHCP_DATABASE_URL": database.app_url,
        "EHCP_TEMPORAL_ADDRESS": address,
        "EHCP_DATA_DIR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }


@asynccontextmanager
async def process(*line: str, env: Mapping[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A program that is killed at the end if it still runs."""
    with log.open("ab") as out:
        running = await asyncio.create_subprocess_exec(*line, env=env, cwd=ROOT, stdout=out, stderr=out)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


def worker(database: Database, address: str, folder: Path) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """A worker on that database and that Temporal; what it says is in `folder`/worker.log."""
    line = (sys.executable, "-P", "-m", "worker")
    return process(*line, env=environment(database, address, folder), log=folder / "worker.log")


def address_of(client: Client) -> str:
    """Where the server of a client listens."""
    return client.service_client.config.target_host.replace("localhost", "127.0.0.1")
