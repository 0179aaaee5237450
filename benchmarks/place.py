"""Real servers for benchmarks: the embedded Postgres in a folder of its own, and Temporal's development server."""

import os
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from casework.store import open_store
from config.settings import get_settings
from engine.plugin import ehcp_plugin
from local.postgres import Urls, borrow

# The fastest that the development server writes to a file, as `ehcp up` runs it.
PRAGMAS = ("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal")


@dataclass(frozen=True, slots=True)
class Town:
    """A database at this version: `db` is the application's, `owner` may do what the application may not."""

    folder: Path
    urls: Urls = field(repr=False)
    db: Engine
    owner: Engine

    def fill(self, *statements: str, **values: object) -> None:
        """Run statements as the owner, in one transaction."""
        with self.owner.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)


@contextmanager
def town() -> Generator[Town]:
    """A migrated, empty database; everything is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="ehcp-bench-") as folder:
        os.environ["EHCP_DATA_DIR"] = folder
        with borrow(get_settings()) as urls:
            db = open_store(urls.app_url, urls.owner_url)
            owner = create_engine(urls.owner_url)
            try:
                yield Town(Path(folder), urls, db, owner)
            finally:
                db.dispose()
                owner.dispose()


@asynccontextmanager
async def temporal(folder: Path) -> AsyncGenerator[Client]:
    """The development server on a file in `folder`, and a client of it."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(Path(sys.executable).with_name("temporal")),
        dev_server_database_filename=str(folder / "bench.db"),
        dev_server_extra_args=PRAGMAS,
        plugins=[ehcp_plugin()],
    ) as environment:
        yield environment.client
