"""The API over real HTTP: cases opened with 16 in flight, and facts recorded."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from benchmarks.cases import people_and_processes
from benchmarks.measure import Figure, percentile
from benchmarks.place import Town, town
from benchmarks.served import Answered, Line, served
from casework.tokens import make_token
from config.clock import london_day, utc_now

THERE_ALREADY, WARMING, CASES, IN_FLIGHT = 3_000, 100, 1_000, 16
PACE, PACED = 40, 400
RECORDING = 4
RECORDING_PACE, RECORDING_PACED = 10, 200

OFFICER = (
    "INSERT INTO officer (authority, username, name, role, active) VALUES ('000', 'bench', 'B', 'caseworker', true)"
)

Ask = Callable[[Line], Awaitable[Answered]]


class Program:
    """A program with a token; what it opened is kept, to record on."""

    def __init__(self, place: Town) -> None:
        self.token = make_token(place.db, "bench", "bench", 1, utc_now())
        self.today = london_day(utc_now())
        self.opened: list[str] = []

    async def write(self, line: Line, path: str, body: object) -> Answered:
        """One write under a new key."""
        headers = {
            "authorization": f"Bearer {self.token}",
            "content-type": "application/json",
            "idempotency-key": str(uuid4()),
        }
        answer = await line.ask("POST", f"/api/v1{path}", headers, json.dumps(body).encode())
        assert answer.status == 201, answer.body
        return answer

    async def open(self, line: Line) -> Answered:
        """A case of a child that nobody knows."""
        born = self.today - timedelta(days=random.randrange(1000, 6000))
        child = {"surname": f"S{uuid4()}", "forename": "F", "date_of_birth": str(born)}
        received = str(self.today - timedelta(days=3))
        answer = await self.write(line, "/cases", {"received": received, "source": 1, **child})
        self.opened.append(json.loads(answer.body)["mail_ref"])
        return answer

    async def record(self, line: Line) -> Answered:
        """The decision on one of them."""
        ref = self.opened.pop()
        return await self.write(line, f"/cases/{ref}/facts", {"facts": [f"decision_to_assess={self.today}"]})


async def _in_flight(port: int, count: int, lines: int, ask: Ask) -> tuple[float, list[float]]:
    """So many, on so many lines, one after another on each; how many a second, and the seconds of each."""
    numbers, times = iter(range(count)), list[float]()

    async def one_after_another() -> None:
        line = await Line.to(port)
        for _ in numbers:
            times.append((await ask(line)).seconds)
        line.close()

    begin = perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(lines)))
    return count / (perf_counter() - begin), times


async def _paced(port: int, count: int, a_second: float, ask: Ask) -> list[float]:
    """So many at an even pace, on a free line each; a late answer keeps none of the others waiting."""
    free = [await Line.to(port) for _ in range(IN_FLIGHT)]
    times: list[float] = []

    async def one(at: float) -> None:
        line = free.pop() if free else await Line.to(port)
        await ask(line)
        times.append(perf_counter() - at)
        free.append(line)

    begin, under_way = perf_counter(), set[asyncio.Task[None]]()
    for number in range(count):
        at = begin + number / a_second
        await asyncio.sleep(max(0.0, at - perf_counter()))
        under_way.add(asyncio.create_task(one(at)))
    await asyncio.gather(*under_way)
    for line in free:
        line.close()
    return times


def _p95(times: Sequence[float]) -> float:
    return percentile(list(times), 0.95) * 1000


async def _measured(port: int, program: Program) -> Iterator[Figure]:
    await _in_flight(port, WARMING, IN_FLIGHT, program.open)
    rate, times = await _in_flight(port, CASES, IN_FLIGHT, program.open)
    paced = await _paced(port, PACED, PACE, program.open)
    recorded_paced = await _paced(port, RECORDING_PACED, RECORDING_PACE, program.record)
    _, recorded = await _in_flight(port, CASES, RECORDING, program.record)
    return iter(
        (
            Figure(
                "opening cases through the API, 16 in flight, as fast as it can",
                rate,
                40,
                "a second",
                more_is_better=True,
            ),
            Figure("opening a case so, 16 in flight, until the answer, p95", _p95(times), 100, "ms"),
            Figure("opening 40 cases a second through the API, p95", _p95(paced), 100, "ms"),
            Figure("recording 10 facts a second through the API, p95", _p95(recorded_paced), 100, "ms"),
            Figure("recording a fact through the API, 4 in flight, as fast as it can, p95", _p95(recorded), 100, "ms"),
        )
    )


def measure() -> Iterator[Figure]:
    """Cases a second, and 95th percentiles in milliseconds."""
    with town() as place:
        place.fill(OFFICER)
        people_and_processes(place, THERE_ALREADY)
        with served(place) as port:
            yield from asyncio.run(_measured(port, Program(place)))
