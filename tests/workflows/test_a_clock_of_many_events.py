"""A clock whose history grows long is continued as a new run, and nobody notices."""

from datetime import UTC, datetime
from uuid import uuid4

from engine.running import describe
from engine.waking import wake
from tests.support.temporal import FakeCase, real_server, until, working

FAR = datetime(2126, 1, 1, tzinfo=UTC)
EVENTS = ("--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=20")


async def test_it_goes_on_in_a_new_run_and_still_hears_of_every_fact() -> None:
    process, case = uuid4(), FakeCase(wakes=[FAR])
    async with real_server(*EVENTS) as env, working(env.client, *case.activities):
        first = await wake(env.client, process, 1)
        await until(lambda: case.carried_out != [])
        for version in range(2, 12):
            heard, case.version = len(case.carried_out), version
            await wake(env.client, process, version, run=version)
            await until(lambda heard=heard: len(case.carried_out) > heard)
        found = await describe(env.client, process)
    assert found is not None
    assert (found.status, found.run_id != first.result_run_id) == ("running", True)
    assert found.history_length < 40
    assert case.carried_out[-1].run == 11
