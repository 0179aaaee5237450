"""Temporal servers, workers and fake activities for tests: no test downloads or patches anything."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from temporalio import activity
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from engine.deployment import deployment_from
from engine.messages import (
    CarriedOut,
    CarryOut,
    MonthsClosed,
    NightlyReport,
    PostReport,
    ReturnsRead,
    ReviewsOpened,
    RoundOrder,
    SendAtOnce,
    TermListsPrepared,
)
from engine.plugin import ehcp_plugin
from workflows.annual_review import AnnualReviewWorkflow
from workflows.assessment import AssessmentWorkflow
from workflows.returns import ReturnsWorkflow
from workflows.rounds import NightlyCheckWorkflow, PostRoundWorkflow
from workflows.sweeps import MonthEndWorkflow, ReviewsDueWorkflow, TermListsWorkflow

BIN = Path(sys.executable).parent
QUEUE = "ehcp"
WORKFLOWS: list[type] = [
    AssessmentWorkflow,
    AnnualReviewWorkflow,
    PostRoundWorkflow,
    NightlyCheckWorkflow,
    ReviewsDueWorkflow,
    TermListsWorkflow,
    MonthEndWorkflow,
    ReturnsWorkflow,
]


@asynccontextmanager
async def skipping_server() -> AsyncIterator[WorkflowEnvironment]:
    """A server on which weeks pass in a moment; one for each test, for its clock is never turned back."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(BIN / "temporal-test-server"), plugins=[ehcp_plugin()]
    ) as env:
        yield env


@asynccontextmanager
async def real_server(*extra: str) -> AsyncIterator[WorkflowEnvironment]:
    """The development server: schedules, lists and reuse of ids as in production, in real time."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(BIN / "temporal"), plugins=[ehcp_plugin()], dev_server_extra_args=extra
    ) as env:
        yield env


@asynccontextmanager
async def working(client: Client, *activities: Callable[..., Any], queue: str = QUEUE) -> AsyncIterator[Worker]:
    """A worker with these activities; a bug in a workflow fails it at once instead of trying for ever."""
    with ThreadPoolExecutor(4) as threads:
        async with Worker(
            client,
            task_queue=queue,
            workflows=WORKFLOWS,
            activities=activities,
            activity_executor=threads,
            deployment_config=deployment_from({}),
            workflow_failure_exception_types=[Exception],
        ) as worker:
            yield worker


@dataclass
class FakeCase:
    """A case whose law is a list of wakes: each time it is carried out it names the next one still to come.

    Wakes are instants; `ends` is the instant from which it answers that it is closed. What the workflow asked
    is kept, so that tests can read it.
    """

    wakes: Sequence[datetime] = ()
    ends: datetime | None = None
    version: int = 1
    urgent_at: frozenset[int] = frozenset()
    failures: int = 0
    letters_left: int = 0
    stuck_at: datetime | None = None
    outcome: str = "final_plan"
    during: Callable[["FakeCase"], None] | None = None
    carried_out: list[CarryOut] = field(default_factory=list)
    sent: list[SendAtOnce] = field(default_factory=list)

    @property
    def times(self) -> list[datetime]:
        """When it was carried out, by the workflow's clock."""
        return [order.now for order in self.carried_out]

    def of(self, process_id: UUID) -> list[CarryOut]:
        """What was carried out for one process: on a shared server earlier tests have left clocks that run here too."""
        return [order for order in self.carried_out if order.process_id == process_id]

    @activity.defn
    def carry_out(self, order: CarryOut) -> CarriedOut:
        """Stands for CaseActivities.carry_out."""
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        self.carried_out.append(order)
        answer = self.answer(order.now)
        if self.during:
            # What happens between reading the ledger and answering: a fact that this answer has not seen.
            self.during(self)
        return answer

    def answer(self, now: datetime) -> CarriedOut:
        """What the ledger says at this moment."""
        closed = self.ends is not None and now >= self.ends
        return CarriedOut(
            version=self.version,
            next_wake=None if closed else self.stuck_at or min((at for at in self.wakes if at > now), default=None),
            closed=closed,
            outcome=self.outcome if closed else "",
            summary=f"ledger version {self.version}",
            urgent=len(self.carried_out) in self.urgent_at,
        )

    @activity.defn
    def send_at_once(self, order: SendAtOnce) -> PostReport:
        """Stands for CaseActivities.send_at_once."""
        self.sent.append(order)
        if self.letters_left:
            raise ApplicationError("letters are left", type="MailServerAway")
        return PostReport(sent=1)

    @property
    def activities(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """For a worker."""
        return self.carry_out, self.send_at_once


@dataclass
class FakeRounds:
    """A post with so many letters left after each round, a check that finds nothing, sweeps that find some."""

    left: list[int] = field(default_factory=list)
    orders: list[RoundOrder] = field(default_factory=list)

    @activity.defn
    def post_round(self, order: RoundOrder) -> PostReport:
        """Stands for RoundActivities.post_round."""
        self.orders.append(order)
        return PostReport(sent=10, left=self.left.pop(0) if self.left else 0)

    @activity.defn
    def nightly_check(self, order: RoundOrder) -> NightlyReport:
        """Stands for RoundActivities.nightly_check."""
        self.orders.append(order)
        return NightlyReport(running=3, reviews=2, woken=1, findings=2)

    @activity.defn
    def open_due(self, order: RoundOrder) -> ReviewsOpened:
        """Stands for ReviewActivities.open_due."""
        self.orders.append(order)
        return ReviewsOpened(opened=7)

    @activity.defn
    def prepare_term_lists(self, order: RoundOrder) -> TermListsPrepared:
        """Stands for ReviewActivities.prepare_term_lists."""
        self.orders.append(order)
        return TermListsPrepared(lists=4, messages=5)

    @activity.defn
    def close_month(self, order: RoundOrder) -> MonthsClosed:
        """Stands for ReviewActivities.close_month."""
        self.orders.append(order)
        return MonthsClosed(months=1)

    @activity.defn
    def read_returns(self, order: RoundOrder) -> ReturnsRead:
        """Stands for ReturnActivities.read_returns."""
        self.orders.append(order)
        return ReturnsRead(bounces=2, replies=1, unfiled=1, passed_on=2)


async def events(handle: WorkflowHandle[Any, Any]) -> list[str]:
    """The kinds of a workflow's events, in order: `TIMER_STARTED`, ..."""
    history = await handle.fetch_history()
    return [EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events]


def most_timers_open(kinds: Sequence[str]) -> int:
    """How many timers were open together at most."""
    steps = {"TIMER_STARTED": 1, "TIMER_FIRED": -1, "TIMER_CANCELED": -1}
    most = now = 0
    for kind in kinds:
        now += steps.get(kind, 0)
        most = max(most, now)
    return most


async def until(what: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so; fails after `seconds`."""
    async with asyncio.timeout(seconds):
        while not what():
            await asyncio.sleep(0.02)


async def sleep_to(env: WorkflowEnvironment, instant: datetime) -> None:
    """Let the server's clock run to a minute past an instant.

    Never to the instant itself: a timer that is due at the very moment of a signal jams the test server
    (temporalio/sdk-java issue 3088).
    """
    await asyncio.wait_for(env.sleep(instant + timedelta(minutes=1) - await env.get_current_time()), 20)


def case_id(number: int) -> UUID:
    """A process id that is the same in every run."""
    return UUID(int=0xEC0C << 64 | number)
