"""The worker's counting, in a process of its own as in earnest: it shares the machine, not the client's process."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing import get_context

from sqlalchemy import create_engine

from activities.counting import counting_of
from benchmarks.place import Town


@contextmanager
def counting(place: Town) -> Generator[None]:
    """What was recorded, the scorecard and the forecast are counted every few minutes until the block is left."""
    # Begun anew, not forked: this process has threads and connections.
    worker = get_context("spawn").Process(target=_count, args=(place.urls.app_url,), daemon=True)
    worker.start()
    try:
        yield
        if not worker.is_alive():
            raise RuntimeError(f"the counting ended by itself (exit code {worker.exitcode})")
    finally:
        worker.terminate()
        worker.join(timeout=30)


def _count(url: str) -> None:
    asyncio.run(counting_of(create_engine(url)).run())
