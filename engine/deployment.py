"""What stands around the workflows: the namespace, the workers that poll, how a worker shows itself."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from config.settings import Settings
from engine.client import connect
from engine.errors import TemporalAway

# How long histories of ended clocks can be looked at. The statutory record is the ledger, not these.
RETENTION = timedelta(days=30)
# A new namespace is known to every part of Temporal after some ten seconds.
SETTLING = 30.0
CALL = timedelta(seconds=5)
RELEASE = version("ehcp-clock")


async def ensure_namespace(settings: Settings, *, patience: float = 30.0) -> bool:
    """Make the namespace of the settings if it does not exist; returns whether it was made.

    Returns when it can be used. Raises TemporalAway when Temporal does not answer within `patience` seconds.
    """
    client = await connect(settings, patience=patience)
    service, name = client.workflow_service, settings.temporal_namespace
    try:
        await service.describe_namespace(DescribeNamespaceRequest(namespace=name), timeout=CALL)
        return False
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise TemporalAway(settings.temporal_address, error.status.name) from error
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    made = RegisterNamespaceRequest(namespace=name, workflow_execution_retention_period=retention)
    await service.register_namespace(made, timeout=CALL)
    await _until_usable(client, settings)
    return True


async def _until_usable(client: Client, settings: Settings) -> None:
    try:
        async with asyncio.timeout(SETTLING):
            while True:
                try:
                    await pollers(client, settings.task_queue)
                    return
                except TemporalAway:
                    await asyncio.sleep(0.5)
    except TimeoutError as error:
        raise TemporalAway(settings.temporal_address, "the new namespace is not usable yet") from error


async def pollers(client: Client, task_queue: str, *, within: timedelta | None = None) -> int:
    """How many workers have asked for work on the queue within the last minutes, or `within` a shorter time.

    A worker that has nothing to do asks every minute. Raises TemporalAway when Temporal does not answer, or does
    not know the namespace.
    """
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=CALL)
    except RPCError as error:
        raise TemporalAway(client.service_client.config.target_host, error.status.name) from error
    since = datetime.now(UTC) - within if within else datetime.min.replace(tzinfo=UTC)
    return len({each.identity for each in answer.pollers if each.last_access_time.ToDatetime(UTC) >= since})


def runtime_from(environment: Mapping[str, str]) -> Runtime:
    """The one Temporal runtime of this process, made before any client.

    TEMPORAL_PROMETHEUS_ADDRESS (host:port) has it offer Temporal's own metrics there; without it none are.
    """
    address = environment.get("TEMPORAL_PROMETHEUS_ADDRESS", "")
    metrics = PrometheusConfig(bind_address=address) if address else None
    return Runtime(telemetry=TelemetryConfig(metrics=metrics))


def deployment_from(environment: Mapping[str, str]) -> WorkerDeploymentConfig:
    """What a worker says of itself: its release, and whether Temporal tells releases apart.

    Worker Versioning is used if TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID are set (both or neither);
    clocks then move to a new release as soon as it is current: they are weeks long and hardly ever change shape.
    Without a release named here the library would hash the code of every module loaded, for seconds.
    Raises ValueError when one of the two is missing.
    """
    name = environment.get("TEMPORAL_DEPLOYMENT_NAME", "")
    build = environment.get("TEMPORAL_WORKER_BUILD_ID", "")
    if bool(name) != bool(build):
        raise ValueError("set both TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID, or neither")
    if not name:
        return WorkerDeploymentConfig(WorkerDeploymentVersion("ehcp", RELEASE), use_worker_versioning=False)
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=name, build_id=build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )
