"""Opening 5,000 reviews (swept up, wakes delivered, workflows started) against bare starts, in turns in one run."""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from datetime import timedelta
from uuid import uuid4

from temporalio.client import Client

from activities.relay import relay_of
from benchmarks.measure import Figure
from benchmarks.place import Town, temporal, town
from benchmarks.plans import plans_with_reviews
from casework.sweep import open_due
from config.clock import london_day, utc_now
from engine.messages import ANNUAL_REVIEW, ProcessRef
from engine.waking import TASK_QUEUE, wake_many

REVIEWS, TURNS = 5_000, 10
EACH = REVIEWS // TURNS

# So many fall due on each of the coming days, one day a turn.
IN_TURNS = """
UPDATE review SET opens_on = CAST(:today AS date) + CAST(place / :each AS int)
FROM (SELECT process_id, row_number() OVER (ORDER BY process_id) - 1 AS place FROM review) numbered
WHERE review.process_id = numbered.process_id
"""


async def _bare(client: Client) -> None:
    refs = [ProcessRef(process_id=uuid4(), version=1, kind=ANNUAL_REVIEW) for _ in range(EACH)]
    assert await wake_many(client, refs) == EACH


async def _opened(place: Town, client: Client, turn: int) -> None:
    opened = await asyncio.to_thread(open_due, place.db, utc_now() + timedelta(days=turn))
    relay, delivered, found = relay_of(place.db, TASK_QUEUE), 0, 1
    while found:
        taken, found = await relay.once(client)
        delivered += taken
    assert opened.count == delivered == EACH


async def _seconds(work: Awaitable[None]) -> float:
    begin = time.perf_counter()
    await work
    return time.perf_counter() - begin


async def _measured(place: Town) -> tuple[float, float]:
    bare = opened = 0.0
    async with temporal(place.folder) as client:
        await _bare(client)
        for turn in range(TURNS):
            bare += await _seconds(_bare(client))
            opened += await _seconds(_opened(place, client, turn))
    return REVIEWS / bare, REVIEWS / opened


def measure() -> Iterator[Figure]:
    """The share of the bare rate that is left when the reviews are opened as well."""
    today = london_day(utc_now())
    with town() as place:
        plans_with_reviews(place, REVIEWS, 0, today)
        place.fill(IN_TURNS, today=today, each=EACH)
        bare, opened = asyncio.run(_measured(place))
    print(f"   bare start {bare:.0f}/s, opened and started {opened:.0f}/s")
    what = "opening 5,000 reviews, as a share of bare workflow starts"
    yield Figure(what, opened / bare, 0.7, "", more_is_better=True)
