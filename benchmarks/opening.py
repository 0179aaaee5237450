"""Opening a case (command, commit, workflow started) against a bare `start_workflow`, in turns in one run."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from uuid import uuid4

from temporalio.client import Client

from benchmarks.measure import Figure
from benchmarks.place import Town, temporal, town
from casework.actor import Actor
from casework.opening import Opening, open_case
from config.clock import london_day, utc_now
from engine.messages import ProcessRef
from engine.waking import TASK_QUEUE, start

IN_FLIGHT, BATCH, TURNS = 16, 200, 8


async def _rate(work: Callable[[int], Awaitable[object]]) -> float:
    numbers = iter(range(BATCH))

    async def one_after_another() -> None:
        for number in numbers:
            await work(number)

    begin = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(IN_FLIGHT)))
    return BATCH / (time.perf_counter() - begin)


async def _turns(place: Town, client: Client) -> tuple[float, float]:
    now = utc_now()
    received = london_day(now) - timedelta(days=3)

    async def bare(_: int) -> None:
        ref = ProcessRef(process_id=uuid4(), version=1)
        await client.start_workflow("AssessmentWorkflow", ref, id=f"assessment/{ref.process_id}", task_queue=TASK_QUEUE)

    async def opened(number: int) -> None:
        born = received - timedelta(days=random.randrange(1000, 6000))
        opening = Opening(received=received, source=1, surname=f"S{uuid4()}", forename="F", date_of_birth=born)
        case = await asyncio.to_thread(open_case, place.db, opening, Actor("bench", "cli"), now)
        # What the relay does with a case that `ehcp open` has only just opened.
        await start(client, *case.wakes)

    await _rate(bare)
    await _rate(opened)
    rates = [(await _rate(bare), await _rate(opened)) for _ in range(TURNS)]
    return sum(rate for rate, _ in rates) / TURNS, sum(rate for _, rate in rates) / TURNS


async def _measured(place: Town) -> tuple[float, float]:
    async with temporal(place.folder) as client:
        return await _turns(place, client)


def measure() -> Iterator[Figure]:
    """The share of the bare rate that is left when a case is opened as well."""
    with town() as place:
        bare, opened = asyncio.run(_measured(place))
    print(f"   bare start {bare:.0f}/s, opened and started {opened:.0f}/s")
    yield Figure("opening a case, as a share of a bare workflow start", opened / bare, 0.7, "", more_is_better=True)
