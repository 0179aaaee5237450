"""Beside every worker: what an adopted policy has left to be worked out is taken up within a second, and finished."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from time import sleep

import pytest

from activities.recomputing import Recomputing, recomputing_of
from casework.adopting import adopt_policy
from casework.recomputing import progress
from tests.casework.chasing.council import ACTOR, Council, at
from tests.support.database import Database
from tests.support.temporal import until

DAY = at("2026-11-20")


@dataclass
class Batches:
    """Batches that are left, and how often somebody looked."""

    left: int
    broken: bool = False
    looks: int = 0

    def step(self) -> int:
        self.looks += 1
        if self.broken:
            raise ConnectionError("the database is away")
        self.left -= bool(self.left)
        return self.left


async def stopped(running: "asyncio.Task[None]") -> None:
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


async def test_what_is_left_is_worked_out_without_anybody_asking(council: Council) -> None:
    await asyncio.to_thread(council.asked)
    working = asyncio.create_task(recomputing_of(council.db).run())
    adopted = await asyncio.to_thread(adopt_policy, council.db, "[services.health]\nnorm_weeks = 5\n", ACTOR, DAY)
    assert adopted.to_work_out == 1

    def is_done() -> bool:
        found = progress(council.db)
        return found is not None and found.finished_at is not None

    await until(is_done)
    await stopped(working)
    done = progress(council.db)
    assert done is not None
    assert (done.done, done.changed) == (1, 1)


async def test_batches_follow_each_other_without_a_pause() -> None:
    batches = Batches(100)
    working = asyncio.create_task(Recomputing(batches.step, idle=60).run())
    await until(lambda: batches.left == 0)
    await stopped(working)


async def test_it_outlives_a_database_that_is_away() -> None:
    batches = Batches(3, broken=True)
    working = asyncio.create_task(Recomputing(batches.step, idle=0.01, longest_pause=0.02).run())
    await until(lambda: batches.looks >= 3)
    batches.broken = False
    await until(lambda: batches.left == 0)
    await stopped(working)


async def test_with_nothing_to_do_it_looks_once_in_a_while() -> None:
    batches = Batches(0)
    working = asyncio.create_task(Recomputing(batches.step, idle=0.2).run())
    await asyncio.sleep(0.5)
    await stopped(working)
    assert 2 <= batches.looks <= 4


async def test_whoever_stops_it_waits_for_the_batch_in_hand() -> None:
    begun, ended = Event(), Event()

    def step() -> int:
        begun.set()
        sleep(0.3)
        ended.set()
        raise RuntimeError("it has nobody to tell")

    working = asyncio.create_task(Recomputing(step).run())
    await until(begun.is_set)
    await stopped(working)
    assert ended.is_set()
