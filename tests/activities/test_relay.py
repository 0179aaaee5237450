"""Wakes that Temporal has not had are delivered as soon as it is there."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from activities.relay import Relay
from casework.relay import UndeliveredWake as Waiting
from engine.messages import ProcessRef
from engine.running import describe
from tests.support.temporal import QUEUE, real_server, until


@dataclass
class Rows:
    """The wake rows of a database."""

    waiting: list[Waiting] = field(default_factory=list)
    reads: int = 0
    broken: bool = False

    def read(self, limit: int) -> Sequence[Waiting]:
        self.reads += 1
        if self.broken:
            raise ConnectionError("the database is away")
        return self.waiting[:limit]

    def tick_off(self, rows: Sequence[int]) -> None:
        self.waiting = [one for one in self.waiting if one.row not in rows]

    def relay(self, **how: float) -> Relay:
        return Relay(self.read, self.tick_off, QUEUE, idle=how.get("idle", 0.01), longest_pause=0.1, batch=20)


def waiting(row: int, process: UUID, version: int, *, opens: bool = False) -> Waiting:
    return Waiting(row, ProcessRef(process_id=process, version=version), opens)


async def told(client: Client, process: UUID) -> list[bytes]:
    """What the clock of a process was told, signal by signal."""
    history = await client.get_workflow_handle(f"assessment/{process}").fetch_history()
    signals = [
        event.workflow_execution_signaled_event_attributes
        for event in history.events
        if event.HasField("workflow_execution_signaled_event_attributes")
    ]
    return [signal.input.payloads[0].data for signal in signals]


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    async with real_server() as env:
        yield env.client


async def test_every_waiting_wake_is_delivered_and_ticked_off(temporal: Client) -> None:
    processes = [uuid4() for _ in range(50)]
    rows = Rows([waiting(row, process, 1) for row, process in enumerate(processes)])
    relaying = asyncio.create_task(rows.relay().run(temporal))
    await until(lambda: not rows.waiting)
    relaying.cancel()
    found = [await describe(temporal, process) for process in processes]
    assert all(one is not None and one.status == "running" for one in found)


async def test_several_wakes_of_one_process_are_delivered_as_its_newest(temporal: Client) -> None:
    process = uuid4()
    rows = Rows([waiting(1, process, 1), waiting(2, process, 3), waiting(3, process, 2)])
    assert await rows.relay().once(temporal) == (3, 3)
    assert [b'"version":3' in signal for signal in await told(temporal, process)] == [True]


async def test_what_was_only_opened_is_started_and_what_was_recorded_on_since_is_told(temporal: Client) -> None:
    new, busy = uuid4(), uuid4()
    rows = Rows([waiting(1, new, 1, opens=True), waiting(2, busy, 2, opens=True), waiting(3, busy, 2)])
    assert await rows.relay().once(temporal) == (3, 3)
    assert (await told(temporal, new), len(await told(temporal, busy))) == ([], 1)


async def test_two_relays_with_the_same_opening_start_one_clock(temporal: Client) -> None:
    process = uuid4()
    relays = [Rows([waiting(1, process, 1, opens=True)]).relay() for _ in range(5)]
    assert await asyncio.gather(*(relay.once(temporal) for relay in relays)) == [(1, 1)] * 5
    found = await describe(temporal, process)
    assert (found is not None and found.status, await told(temporal, process)) == ("running", [])


async def test_the_relay_outlives_a_database_that_is_away(temporal: Client) -> None:
    rows = Rows([waiting(1, uuid4(), 1)], broken=True)
    relaying = asyncio.create_task(rows.relay().run(temporal))
    await until(lambda: rows.reads >= 2)
    rows.broken = False
    await until(lambda: not rows.waiting)
    relaying.cancel()


async def test_while_temporal_is_away_wakes_wait() -> None:
    async with real_server() as env:
        client = env.client
    rows = Rows([waiting(1, uuid4(), 1)])
    delivered, found = await asyncio.wait_for(rows.relay().once(client), 20)
    assert (delivered, found) == (0, 1)
    assert len(rows.waiting) == 1


async def test_with_nothing_to_do_it_looks_once_in_a_while(temporal: Client) -> None:
    rows = Rows()
    relaying = asyncio.create_task(rows.relay(idle=0.2).run(temporal))
    await asyncio.sleep(0.5)
    relaying.cancel()
    assert 2 <= rows.reads <= 4
