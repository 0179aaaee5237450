"""What stands around the workflows."""

import os
from importlib.metadata import version
from urllib.request import urlopen

import pytest
from temporalio.client import Client
from temporalio.common import VersioningBehavior

from config.settings import Settings
from engine.client import connect
from engine.deployment import deployment_from, ensure_namespace, pollers, runtime_from
from engine.errors import TemporalAway
from tests.support.temporal import FakeCase, working


def settings_for(client: Client, namespace: str = "default") -> Settings:
    address = client.service_client.config.target_host.replace("localhost", "127.0.0.1")
    return Settings(temporal_address=address, temporal_namespace=namespace)


async def test_a_missing_namespace_is_made_once_and_can_be_used_at_once(temporal: Client) -> None:
    settings = settings_for(temporal, f"ehcp-{os.getpid()}")
    assert await ensure_namespace(settings) is True
    assert await ensure_namespace(settings) is False
    assert await pollers(await connect(settings), "ehcp") == 0


async def test_the_workers_at_work_are_counted(temporal: Client) -> None:
    assert await pollers(temporal, "a-queue-of-its-own") == 0
    async with working(temporal, *FakeCase().activities, queue="a-queue-of-its-own"):
        for _ in range(50):
            if await pollers(temporal, "a-queue-of-its-own"):
                break
        assert await pollers(temporal, "a-queue-of-its-own") == 1


async def test_a_namespace_that_does_not_exist_is_as_good_as_no_temporal(temporal: Client) -> None:
    client = await connect(settings_for(temporal, "no-such-namespace"))
    with pytest.raises(TemporalAway, match="NOT_FOUND"):
        await pollers(client, "ehcp")


def test_worker_versioning_is_off_unless_both_names_are_given() -> None:
    plain = deployment_from({})
    assert (plain.version.build_id, plain.use_worker_versioning) == (version("ehcp-clock"), False)
    found = deployment_from({"TEMPORAL_DEPLOYMENT_NAME": "ehcp", "TEMPORAL_WORKER_BUILD_ID": "0.1.0"})
    assert (found.version.build_id, found.default_versioning_behavior) == ("0.1.0", VersioningBehavior.AUTO_UPGRADE)
    with pytest.raises(ValueError, match="both"):
        deployment_from({"TEMPORAL_DEPLOYMENT_NAME": "ehcp"})


async def test_temporal_s_metrics_are_offered_where_the_environment_says(
    temporal: Client, unused_tcp_port: int
) -> None:
    runtime = runtime_from({"TEMPORAL_PROMETHEUS_ADDRESS": f"127.0.0.1:{unused_tcp_port}"})
    client = await connect(settings_for(temporal), runtime=runtime)
    await client.count_workflows()
    with urlopen(f"http://127.0.0.1:{unused_tcp_port}/metrics") as answer:
        assert b"temporal_request" in answer.read()
