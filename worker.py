"""The Temporal worker: what runs, and on which queue.

`python -m worker`, or `ehcp worker`. Any number of them may run; each waits for Postgres and Temporal, survives
their restarts, and stops cleanly on SIGTERM or Ctrl-C.
"""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Engine, text
from temporalio.client import Client
from temporalio.runtime import Runtime
from temporalio.worker import Worker

from activities.cases import CaseActivities
from activities.counting import counting_of
from activities.mail import Mail
from activities.recomputing import recomputing_of
from activities.relay import relay_of
from activities.returns import ReturnActivities
from activities.reviews import ReviewActivities
from activities.rounds import RoundActivities
from casework.mailing import courier_of, house_of
from config.log import configure_logging, get_log
from config.settings import Settings, get_settings
from engine.client import connect
from engine.deployment import deployment_from, pollers, runtime_from
from records import database
from scheduler.keeping import keep_schedules
from workflows.annual_review import AnnualReviewWorkflow
from workflows.assessment import AssessmentWorkflow
from workflows.returns import ReturnsWorkflow
from workflows.rounds import NightlyCheckWorkflow, PostRoundWorkflow
from workflows.sweeps import MonthEndWorkflow, ReviewsDueWorkflow, TermListsWorkflow

log = get_log(__name__)

WORKFLOWS: tuple[type, ...] = (
    AssessmentWorkflow,
    AnnualReviewWorkflow,
    PostRoundWorkflow,
    NightlyCheckWorkflow,
    ReviewsDueWorkflow,
    TermListsWorkflow,
    MonthEndWorkflow,
    ReturnsWorkflow,
)

# Each thread may hold one connection to Postgres.
THREADS = 8
# Every cached clock costs memory and saves its replay; thousands sleep, few are awake together.
CACHED = 300
WORKFLOW_TASKS = 20
# A letter that is on its way may arrive; shorter than the patience of whoever sent SIGTERM.
GRACE = timedelta(seconds=15)
LONGEST_PAUSE = 15.0

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Place:
    """What a worker works with."""

    settings: Settings
    db: Engine
    mail: Mail
    runtime: Runtime


def main() -> None:
    """Work until told to stop."""
    settings = get_settings()
    configure_logging(settings)
    if not settings.database_url:
        raise SystemExit("EHCP_DATABASE_URL: a worker needs a database; on one machine `ehcp up` starts both")
    db = database.connect(settings.database_url, name="ehcp-worker", pool_size=2 * THREADS)
    mail = Mail(courier_of(settings, db), house_of(settings))
    try:
        asyncio.run(serve(Place(settings, db, mail, runtime_from(os.environ))))
    finally:
        db.dispose()


async def serve(place: Place, stop: asyncio.Event | None = None) -> None:
    """Work until `stop` is set, or without one until SIGTERM or SIGINT."""
    stop = stop or stopped_by_signal()
    while not stop.is_set():
        await reached("postgres", lambda: asyncio.to_thread(ask, place.db), stop)
        client = await reached("temporal", lambda: to_temporal(place), stop)
        if client is not None:
            await work_until(stop, place, client)
    log.info("worker_stopped")


async def work_until(stop: asyncio.Event, place: Place, client: Client) -> None:
    """Work with one client until `stop` is set or the worker fails for good.

    It outlives restarts of Temporal and Postgres; it fails when, for instance, Temporal comes back without its
    namespace, and then everything is begun anew.
    """
    try:
        with threads() as pool:
            async with worker_of(place, client, pool), beside(place, client):
                log.info("worker_ready", task_queue=place.settings.task_queue)
                await stop.wait()
    except Exception as error:
        log.error("worker_failed", error)  # noqa: PLE1205 - our own Log, not logging
        await pause(stop, LONGEST_PAUSE)


def worker_of(place: Place, client: Client, pool: Executor) -> Worker:
    """The worker: every workflow and activity of this house."""
    cases = CaseActivities(place.db, place.mail)
    rounds = RoundActivities(place.db, place.mail, client)
    reviews = ReviewActivities(place.db)
    returns = ReturnActivities(place.db, place.mail, place.settings)
    return Worker(
        client,
        task_queue=place.settings.task_queue,
        workflows=WORKFLOWS,
        activities=[
            cases.carry_out,
            cases.send_at_once,
            rounds.post_round,
            rounds.nightly_check,
            reviews.open_due,
            reviews.prepare_term_lists,
            reviews.close_month,
            returns.read_returns,
        ],
        activity_executor=pool,
        max_cached_workflows=CACHED,
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=THREADS,
        max_concurrent_local_activities=THREADS,
        graceful_shutdown_timeout=GRACE,
        deployment_config=deployment_from(os.environ),
    )


@asynccontextmanager
async def beside(place: Place, client: Client) -> AsyncGenerator[None]:
    """What every worker does besides: relay wakes, work out what a policy moved, count, keep the schedules in step."""
    queue = place.settings.task_queue
    tasks = [
        asyncio.create_task(relay_of(place.db, queue).run(client)),
        asyncio.create_task(recomputing_of(place.db).run()),
        asyncio.create_task(counting_of(place.db).run()),
        asyncio.create_task(keep_schedules(client, place.settings, place.db)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def threads() -> Generator[ThreadPoolExecutor]:
    """The threads in which activities run, local ones and others."""
    pool = ThreadPoolExecutor(2 * THREADS, thread_name_prefix="activity")
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


async def reached(what: str, reach: Callable[[], Awaitable[Found]], stop: asyncio.Event) -> Found | None:
    """Try until it is reached, at growing intervals; None when told to stop first."""
    wait = 0.5
    while not stop.is_set():
        try:
            return await reach()
        except Exception as error:
            log.warning("waiting", what=what, reason=type(error).__name__)
        await pause(stop, wait)
        wait = min(wait * 2, LONGEST_PAUSE)
    return None


def ask(db: Engine) -> None:
    """Ask Postgres anything; raises sqlalchemy.exc.OperationalError while it is away."""
    with db.connect() as connection:
        connection.execute(text("SELECT 1"))


async def to_temporal(place: Place) -> Client:
    """A client whose namespace answers; raises TemporalAway."""
    client = await connect(place.settings, patience=5, runtime=place.runtime)
    await pollers(client, place.settings.task_queue)
    return client


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def stopped_by_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


if __name__ == "__main__":
    main()
