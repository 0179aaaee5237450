"""One case through its months: the real clock, the real law and records, on a server that skips time.

The request is received on the first Wednesday of the next September that the server will reach, so that the days
below fall the same whenever the tests run: day 42 the decision, day 140 the plan, both Wednesdays.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session
from temporalio.client import WorkflowHandle
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment

from activities.cases import CaseActivities
from activities.mail import Mail
from activities.rounds import RoundActivities
from engine.messages import Ended, RoundOrder
from engine.waking import wake
from post.courier import Courier
from post.letters import Letter
from records.tables import Process
from statute.mornings import LONDON, morning
from tests.casework.chasing.council import HOUSE, ONLY_HEALTH, Council
from tests.support.database import Database
from tests.support.temporal import events, sleep_to, working


def september(now: datetime) -> date:
    """The first Wednesday of September that is at least two days away."""
    for year in (now.year, now.year + 1):
        first = date(year, 9, 1)
        wednesday = first + timedelta(days=(2 - first.weekday()) % 7)
        if wednesday > now.date() + timedelta(days=2):
            return wednesday
    raise AssertionError("there is a September every year")


@dataclass
class Journey:
    """A case, its clock, and the days that pass."""

    env: WorkflowEnvironment
    council: Council
    rounds: RoundActivities
    received: date
    process_id: UUID | None = None
    handles: list[WorkflowHandle[Any, Any]] = field(default_factory=list[WorkflowHandle[Any, Any]])

    def day(self, number: int) -> date:
        """The so-manieth day after the request."""
        return self.received + timedelta(days=number)

    async def now(self) -> datetime:
        """The server's time."""
        return (await self.env.get_current_time()).astimezone(UTC)

    async def to(self, number: int, clock: str = "08:30") -> None:
        """Let the days pass until that hour in London; whatever wakes on the way has done its work."""
        await sleep_to(self.env, morning(self.day(number), time.fromisoformat(clock)))
        await self.settled()

    async def open(self, **more: object) -> None:
        """The request is opened on the morning it was received."""
        await sleep_to(self.env, morning(self.received, time(9)))
        now = await self.now()
        self.process_id = self.council.open(opened=now, received=self.received, **more)
        await self.told()

    async def say(self, *facts: str) -> None:
        """Record facts of this moment; `{28}` stands for the twenty-eighth day."""
        self.council.say(self._id, await self.now(), *map(self.written, facts))
        await self.told()

    def written(self, fact: str) -> str:
        """A fact with its days: `{28}` stands for the twenty-eighth."""
        return fact.format(*(self.day(number) for number in range(800)))

    async def told(self) -> None:
        """Wake the clock, as every command does after its commit, and let it do its work."""
        process = self.process
        self.handles.append(await wake(self.env.client, process.id, process.version, process.run))
        await self.settled()

    async def post(self) -> None:
        """This morning's post round."""
        await ActivityEnvironment().run(asyncio.to_thread, self.rounds.post_round, RoundOrder(now=await self.now()))

    async def until(self, number: int) -> None:
        """Let the working mornings pass, each with its post round, up to and including a day."""
        today = ((await self.now()).astimezone(LONDON).date() - self.received).days
        for each in range(today + 1, number + 1):
            if self.day(each).weekday() < 5:
                await self.to(each)
                await self.post()
        if self.day(number).weekday() >= 5:
            await self.to(number)

    async def settled(self) -> None:
        """Wait until the clock has seen the newest fact and sleeps until an instant to come."""
        async with asyncio.timeout(15):
            while not self._has_settled(await self.now()):
                await asyncio.sleep(0.02)

    def _has_settled(self, now: datetime) -> bool:
        if self.process_id is None:
            return True
        process = self.process
        asleep = process.next_wake is None or process.next_wake > now
        return process.seen_version == process.version and asleep and not self._unsent()

    def _unsent(self) -> bool:
        return any(
            message.urgent and message.recipient
            for message in self.council.messages(self.process_id, "queued", "sending")
        )

    @property
    def _id(self) -> UUID:
        assert self.process_id is not None, "open the case first"
        return self.process_id

    @property
    def process(self) -> Process:
        """The process as it is recorded."""
        with Session(self.council.db) as session:
            return session.get_one(Process, self._id)

    async def ended(self) -> Ended:
        """How the latest run of the clock ended."""
        return Ended.model_validate(await asyncio.wait_for(self.handles[-1].result(), 30))

    async def events(self) -> list[str]:
        """The events of the first run."""
        return await events(self.handles[0])

    def letters(self, address: str) -> Sequence[Letter]:
        """The letters that an address received."""
        return self.council.box.of(address)

    def rungs(self, kind: str, role: str, *statuses: str) -> list[int]:
        """The rungs of one kind of message to one role, in days from the legal day."""
        found = self.council.messages(self.process_id, *(statuses or ("sent",)))
        about = [m.rung for m in found if (m.kind, m.role) == (kind, role)]
        return sorted(int(rung) for rung in about if rung.lstrip("-").isdecimal())

    def due(self, limit: str, *statuses: str) -> list[str]:
        """The rungs put down for one limit, in one of these statuses."""
        return sorted(m.rung for m in self.council.messages(self.process_id, *statuses) if m.limit_id == limit)

    async def asked_of_health(self) -> None:
        """On day 28 an assessment is decided on and health, only, is asked: six weeks, to day 70."""
        await self.to(28, "14:00")
        await self.say(f"decision_to_assess={{28}};{ONLY_HEALTH}")
        await self.say("advice_requested:health={28}")


@asynccontextmanager
async def journey(
    env: WorkflowEnvironment, database: Database, courier: Courier | None = None
) -> AsyncIterator[Journey]:
    """A furnished council, a worker with the real activities, a letter box (or a `courier`); no case yet."""
    council = Council(database.engine)
    council.furnish()
    mail = Mail(courier or council.box, HOUSE)
    cases, rounds = CaseActivities(database.engine, mail), RoundActivities(database.engine, mail, env.client)
    async with working(env.client, cases.carry_out, cases.send_at_once, rounds.post_round):
        yield Journey(env, council, rounds, september(await env.get_current_time()))
