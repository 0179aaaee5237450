"""What a deployment needs of Temporal besides workflows: its namespace, and somebody at work."""

import asyncio
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from config.settings import Settings
from engine.client import connect
from engine.errors import TemporalAway

# How long Temporal keeps the history of a closed workflow. The record is the ledger; this is for looking into faults.
RETENTION = timedelta(days=90)
PATIENCE = timedelta(seconds=5)
# A new namespace is known to every part of the server only after its cache was refreshed.
SETTLING = 30.0


async def pollers(client: Client, task_queue: str) -> int:
    """How many workers asked for work on the task queue in the last minutes. Raises TemporalAway."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=PATIENCE)
    except RPCError as error:
        raise TemporalAway(client.service_client.config.target_host, error.status.name) from error
    return len({poller.identity for poller in answer.pollers})


async def ensure_namespace(settings: Settings) -> bool:
    """Make the namespace if it is missing and wait until it can be used; True when made. Raises TemporalAway."""
    client = await connect(settings, patience=10)
    if await _known(client):
        return False
    request = RegisterNamespaceRequest(
        namespace=settings.temporal_namespace,
        workflow_execution_retention_period=Duration(seconds=int(RETENTION.total_seconds())),
    )
    try:
        await client.workflow_service.register_namespace(request, timeout=PATIENCE)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise TemporalAway(settings.temporal_address, error.status.name) from error
    async with asyncio.timeout(SETTLING):
        while not await _known(client):
            await asyncio.sleep(0.5)
    return True


async def _known(client: Client) -> bool:
    try:
        await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=client.namespace), timeout=PATIENCE
        )
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise TemporalAway(client.service_client.config.target_host, error.status.name) from error
    return True
