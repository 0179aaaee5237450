"""Waking a clock: the one way in which anybody starts a workflow or tells it that facts changed.

Signal-with-start does both: while the workflow runs it is told, and when it has ended (or never began, or was
lost with its cluster) it is started. So a wake may be repeated at will and does no harm.

A process that was only just opened needs no telling: nobody knew its id before the commit, so whichever clock runs
for it began afterwards and reads, or has read, all that the opening recorded. A plain `start` costs Temporal a good
deal less.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio.client import Client, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from config.log import get_log
from engine.clocks import clock_of, workflow_id
from engine.errors import TemporalAway
from engine.messages import ASSESSMENT, FactsChanged, ProcessRef

__all__ = ["start", "wake", "wake_each", "wake_many", "wake_ref", "workflow_id"]

log = get_log(__name__)

FACTS_CHANGED = "facts_changed"
TASK_QUEUE = "ehcp"

# One call to Temporal may take this long, its own retries included.
CALL_LIMIT = timedelta(seconds=5)


async def wake(
    client: Client, process_id: UUID, version: int, run: int = 1, *, kind: str = ASSESSMENT
) -> WorkflowHandle[Any, Any]:
    """Tell the process's workflow that its ledger stands at `version`, starting it if it is not running.

    Raises TemporalAway when Temporal does not take it within five seconds.
    """
    return await wake_ref(client, ProcessRef(process_id=process_id, version=version, run=run, kind=kind))


async def wake_ref(client: Client, ref: ProcessRef, task_queue: str = TASK_QUEUE) -> WorkflowHandle[Any, Any]:
    """The same for a process that is already described."""
    told = {"start_signal": FACTS_CHANGED, "start_signal_args": [FactsChanged(version=ref.version, run=ref.run)]}
    return await _within_the_limit(client, ref, task_queue, told)


async def start(client: Client, ref: ProcessRef, task_queue: str = TASK_QUEUE) -> WorkflowHandle[Any, Any]:
    """Start the workflow of a process that was only just opened; one that runs already is left as it is.

    Only for what the opening itself recorded: a running workflow is not told. Raises TemporalAway as `wake` does.
    """
    return await _within_the_limit(client, ref, task_queue, {})


async def _within_the_limit(
    client: Client, ref: ProcessRef, task_queue: str, told: Mapping[str, Any]
) -> WorkflowHandle[Any, Any]:
    clock = clock_of(ref.kind)
    try:
        # The client tries again by itself, and would for longer than anybody wants to wait.
        async with asyncio.timeout(CALL_LIMIT.total_seconds()):
            return await client.start_workflow(
                clock.workflow,
                ref,
                id=workflow_id(ref.process_id, ref.kind),
                task_queue=task_queue,
                # A process can be reopened: the id is free again once its workflow has closed.
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary=f"{clock.title}, run {ref.run}",
                **told,
            )
    except (RPCError, TimeoutError) as error:
        detail = error.status.name if isinstance(error, RPCError) else "no answer in time"
        raise TemporalAway(client.service_client.config.target_host, detail) from error


async def wake_each(
    client: Client,
    refs: Sequence[ProcessRef],
    *,
    just_opened: Collection[UUID] = frozenset(),
    concurrency: int = 16,
    task_queue: str = TASK_QUEUE,
) -> tuple[ProcessRef, ...]:
    """Wake many, at most `concurrency` at a time; returns those that Temporal took, in the order given.

    Processes that were `just_opened`, and of which nothing else is to be told, are only started.

    After the first failure no further one is begun: Temporal is away or overwhelmed, and whoever keeps the
    list tries again later.
    """
    taken: set[int] = set()
    waiting = iter(enumerate(refs))
    failed = asyncio.Event()

    async def one_after_another() -> None:
        # The iterator is shared: each of these takes the next that nobody else has begun.
        for place, ref in waiting:
            if failed.is_set():
                return
            try:
                await (start if ref.process_id in just_opened else wake_ref)(client, ref, task_queue)
                taken.add(place)
            except TemporalAway as away:
                failed.set()
                log.warning("waking_stopped", taken=len(taken), of=len(refs), reason=away.detail.lower())

    await asyncio.gather(*(one_after_another() for _ in range(max(1, min(concurrency, len(refs))))))
    return tuple(ref for place, ref in enumerate(refs) if place in taken)


async def wake_many(client: Client, refs: Sequence[ProcessRef]) -> int:
    """Wake all of them; returns how many.

    Raises TemporalAway when Temporal did not take every one: doing it again does no harm.
    """
    taken = await wake_each(client, refs)
    if len(taken) < len(refs):
        detail = f"{len(taken)} of {len(refs)} were woken before it went away"
        raise TemporalAway(client.service_client.config.target_host, detail)
    return len(taken)
