"""Bringing Temporal's schedules into step with the declared ones. May be repeated at will."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Engine
from sqlmodel import Session
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from casework.policies import policy_in_force
from config.settings import Settings
from records.database import connect
from scheduler.schedules import PREFIX, Standing, declared, schedule_of
from statute.policy import Policy, default_policy

Kind = Literal["created", "updated", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one schedule."""

    id: str
    what: Kind


async def apply(client: Client, settings: Settings, db: Engine | None = None) -> dict[Kind, list[str]]:
    """Bring the schedules of this house into step; returns the ids that were created, updated and removed.

    The hour of the post round is that of the policy in force in `db`, or without one of the database of the
    settings; where there is none either, of the default policy.
    """
    hours = (await asyncio.to_thread(_policy, settings, db)).hours
    changes = await reconcile(client, declared(hours.post_round), task_queue=settings.task_queue)
    return {kind: [change.id for change in changes if change.what == kind] for kind in get_args(Kind)}


def _policy(settings: Settings, db: Engine | None) -> Policy:
    if db is not None:
        with Session(db) as session:
            return policy_in_force(session)
    if not settings.database_url:
        return default_policy()
    own = connect(settings.database_url, name="ehcp-schedules", pool_size=1)
    try:
        return _policy(settings, own)
    finally:
        own.dispose()


async def reconcile(client: Client, standing: Sequence[Standing], *, task_queue: str) -> tuple[Change, ...]:
    """Create what is missing, update what differs, remove what is ours and no longer declared.

    Returns what was changed: nothing, when all was in step. A schedule that somebody paused stays paused.
    """
    changes = [await _create_or_update(client, one, task_queue) for one in standing]
    changes += await _remove(client, {one.id for one in standing})
    return tuple(change for change in changes if change)


async def _create_or_update(client: Client, standing: Standing, task_queue: str) -> Change | None:
    wanted = schedule_of(standing, task_queue)
    try:
        await client.create_schedule(standing.id, wanted)
    except ScheduleAlreadyRunningError:
        return await _update(client, standing.id, wanted)
    return Change(standing.id, "created")


async def _update(client: Client, schedule_id: str, wanted: Schedule) -> Change | None:
    handle = client.get_schedule_handle(schedule_id)
    present = (await handle.describe()).schedule
    if _essence(present) == _essence(wanted):
        return None

    def replaced(now: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted.state = now.description.schedule.state
        return ScheduleUpdate(wanted)

    await handle.update(replaced)
    return Change(schedule_id, "updated")


def _essence(schedule: Schedule) -> tuple[Any, ...]:
    """What we declare of a schedule, without what the server adds."""
    action = schedule.action
    # Somebody's other kind of action under our id differs from all that we declare.
    started = (action.workflow, action.id, action.task_queue) if isinstance(action, ScheduleActionStartWorkflow) else ()
    return (started, schedule.spec, schedule.policy)


async def _remove(client: Client, kept: set[str]) -> list[Change]:
    present = [found.id async for found in await client.list_schedules()]
    gone = [one for one in present if one.startswith(PREFIX) and one not in kept]
    for schedule_id in gone:
        await client.get_schedule_handle(schedule_id).delete()
    return [Change(schedule_id, "removed") for schedule_id in gone]
