"""What runs in Temporal at this moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from engine.clocks import CLOCKS, workflow_id
from engine.messages import ASSESSMENT
from engine.waking import CALL_LIMIT

_TYPES = ", ".join(f"'{clock.workflow}'" for clock in CLOCKS.values())
OPEN_CLOCKS = f"WorkflowType IN ({_TYPES}) AND ExecutionStatus = 'Running'"


@dataclass(frozen=True, slots=True)
class Described:
    """One workflow as Temporal sees it: `status` is Temporal's word (RUNNING, COMPLETED, ...), lower case."""

    workflow_id: str
    run_id: str
    status: str
    started: datetime | None
    closed: datetime | None
    history_length: int


async def running_ids(client: Client) -> set[str]:
    """The workflow ids of all open clocks, of every kind of process.

    Temporal's list lags a second or so behind: an id that is missing may just have been started. Waking it
    again does no harm.
    """
    return {found.id async for found in client.list_workflows(OPEN_CLOCKS, page_size=1000)}


async def describe(client: Client, process_id: UUID, kind: str = ASSESSMENT) -> Described | None:
    """The latest workflow of a process, or None when Temporal knows of none (its history may be too old)."""
    try:
        found = await client.get_workflow_handle(workflow_id(process_id, kind)).describe(rpc_timeout=CALL_LIMIT)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    return Described(
        workflow_id=found.id,
        run_id=found.run_id,
        status=found.status.name.lower() if found.status else "unknown",
        started=found.start_time,
        closed=found.close_time,
        history_length=found.history_length,
    )
