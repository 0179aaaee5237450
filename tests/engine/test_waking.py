"""Waking starts a clock, tells it, and starts it again, whatever state it is in."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from config.settings import Settings
from engine.client import connect
from engine.errors import TemporalAway
from engine.messages import ProcessRef
from engine.running import describe, running_ids
from engine.waking import start, wake, wake_each, wake_many, workflow_id
from tests.support.temporal import FakeCase, until, working

FAR = datetime(2126, 1, 1, tzinfo=UTC)


async def listed(client: Client, *ids: UUID, running: bool) -> None:
    """Wait for Temporal's list, which lags a little, to show (or no longer show) these."""
    wanted = {workflow_id(one) for one in ids}
    async with asyncio.timeout(10):
        while (wanted <= await running_ids(client)) is not running:
            await asyncio.sleep(0.1)


async def test_a_wake_starts_the_clock_and_a_second_one_tells_it(temporal: Client) -> None:
    process, case = uuid4(), FakeCase(wakes=[FAR])
    async with working(temporal, *case.activities):
        first = await wake(temporal, process, 1)
        await until(lambda: len(case.of(process)) == 1)
        case.version = 2
        second = await wake(temporal, process, 2)
        await until(lambda: len(case.of(process)) == 2)
    assert first.result_run_id == second.result_run_id
    found = await describe(temporal, process)
    assert found is not None
    assert (found.workflow_id, found.status) == (f"assessment/{process}", "running")


async def test_a_hundred_wakes_at_once_start_one_clock(temporal: Client) -> None:
    process = uuid4()
    ref = ProcessRef(process_id=process, version=1)
    assert await wake_many(temporal, [ref] * 100) == 100
    await listed(temporal, process, running=True)
    runs = [found async for found in temporal.list_workflows(f"WorkflowId = '{workflow_id(process)}'")]
    assert len(runs) == 1


async def test_a_case_that_was_just_opened_is_only_started_and_however_often_once(temporal: Client) -> None:
    ref, case = ProcessRef(process_id=uuid4(), version=1), FakeCase(wakes=[FAR])
    handles = await asyncio.gather(*(start(temporal, ref) for _ in range(20)))
    assert len({handle.result_run_id for handle in handles}) == 1
    history = await handles[0].fetch_history()
    assert not any(event.HasField("workflow_execution_signaled_event_attributes") for event in history.events)
    async with working(temporal, *case.activities):
        await until(lambda: len(case.of(ref.process_id)) == 1)


async def test_a_start_after_the_relay_s_wake_finds_that_clock_and_changes_nothing(temporal: Client) -> None:
    ref, case = ProcessRef(process_id=uuid4(), version=1), FakeCase(wakes=[FAR])
    async with working(temporal, *case.activities):
        woken = await wake(temporal, ref.process_id, 1)
        await until(lambda: len(case.of(ref.process_id)) == 1)
        started = await start(temporal, ref)
        assert started.result_run_id == woken.result_run_id
        assert (await started.describe()).status is WorkflowExecutionStatus.RUNNING
    assert len(case.of(ref.process_id)) == 1


async def test_a_fact_recorded_while_the_opening_is_still_to_be_started_is_told_by_its_own_wake(
    temporal: Client,
) -> None:
    """In whichever order the two arrive, the ledger is read once more after the fact."""
    process, other, case = uuid4(), uuid4(), FakeCase(wakes=[FAR])
    async with working(temporal, *case.activities):
        await start(temporal, ProcessRef(process_id=process, version=1))
        await until(lambda: len(case.of(process)) == 1)
        case.version = 2
        await wake(temporal, process, 2)
        await until(lambda: len(case.of(process)) == 2)
        await wake(temporal, other, 2)
        await start(temporal, ProcessRef(process_id=other, version=1))
        await until(lambda: len(case.of(other)) > 0)


async def test_a_process_without_a_clock_cannot_be_started(temporal: Client) -> None:
    with pytest.raises(ValueError, match="no clock"):
        await start(temporal, ProcessRef(process_id=uuid4(), kind="mediation"))


async def test_a_closed_clock_starts_again_under_its_id(temporal: Client) -> None:
    process, case = uuid4(), FakeCase(ends=datetime(2000, 1, 1, tzinfo=UTC))
    async with working(temporal, *case.activities):
        first = await wake(temporal, process, 1)
        await asyncio.wait_for(first.result(), 10)
        case.ends, case.wakes = FAR, [FAR]
        again = await wake(temporal, process, 2, run=2)
        await until(lambda: len(case.of(process)) >= 2)
    assert again.result_run_id != first.result_run_id
    status = (await again.describe()).status
    assert status is WorkflowExecutionStatus.RUNNING


async def test_a_reopening_that_meets_the_closing_is_never_lost(temporal: Client) -> None:
    """The fact arrives after the ledger was read and before Temporal has closed the workflow."""
    process = uuid4()
    loop = asyncio.get_running_loop()

    def reopened(case: FakeCase) -> None:
        if case.version == 1:
            case.version, case.ends, case.wakes = 2, FAR, [FAR]
            asyncio.run_coroutine_threadsafe(wake(temporal, process, 2), loop).result(5)

    case = FakeCase(ends=datetime(2000, 1, 1, tzinfo=UTC), during=reopened)
    async with working(temporal, *case.activities):
        await wake(temporal, process, 1)
        await until(lambda: len(case.of(process)) > 0 and case.version == 2)
        await listed(temporal, process, running=True)
        await until(lambda: len(case.of(process)) >= 2)
    found = await describe(temporal, process)
    assert found is not None
    assert found.status == "running"


async def test_what_runs_can_be_asked(temporal: Client) -> None:
    open_one, closed_one = uuid4(), uuid4()
    case = FakeCase(ends=datetime(2000, 1, 1, tzinfo=UTC))
    async with working(temporal, *case.activities):
        await asyncio.wait_for((await wake(temporal, closed_one, 1)).result(), 10)
    await wake(temporal, open_one, 1)
    await listed(temporal, open_one, running=True)
    await listed(temporal, closed_one, running=False)
    assert await describe(temporal, uuid4()) is None


async def test_the_summary_on_temporal_s_pages_names_nobody(temporal: Client) -> None:
    process = uuid4()
    handle = await wake(temporal, process, 1)
    assert await (await handle.describe()).static_summary() == "EHC needs assessment, run 1"
    handle = await start(temporal, ProcessRef(process_id=uuid4(), version=1))
    assert await (await handle.describe()).static_summary() == "EHC needs assessment, run 1"


async def test_a_review_has_a_clock_and_an_id_of_its_own(temporal: Client) -> None:
    """The same id in both kinds: each is woken, listed and described as what it is."""
    process, case = uuid4(), FakeCase(wakes=[FAR])
    ref = ProcessRef(process_id=process, version=1, run=2, kind="annual-review")
    async with working(temporal, *case.activities):
        await wake(temporal, process, 1)
        assert await wake_many(temporal, [ref, ref]) == 2
        handle = temporal.get_workflow_handle(f"annual-review/{process}")
        await until(lambda: len(case.of(process)) >= 2)
    found = await handle.describe()
    assert (found.workflow_type, await found.static_summary()) == ("AnnualReviewWorkflow", "Annual review, run 2")
    async with asyncio.timeout(10):
        while not {f"annual-review/{process}", f"assessment/{process}"} <= await running_ids(temporal):
            await asyncio.sleep(0.1)
    described = await describe(temporal, process, "annual-review")
    assert described is not None
    assert described.workflow_id == f"annual-review/{process}"


async def test_a_kind_of_process_without_a_clock_is_said_plainly(temporal: Client) -> None:
    with pytest.raises(ValueError, match=r"no clock .*'mediation'; .* assessment, annual-review"):
        await wake(temporal, uuid4(), 1, kind="mediation")


def test_what_was_told_before_reviews_existed_means_an_assessment() -> None:
    ref = ProcessRef.model_validate({"process_id": str(uuid4()), "version": 3, "run": 2})
    assert ref.kind == "assessment"


async def test_faces_wait_a_second_and_no_longer_for_a_temporal_that_hangs() -> None:
    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(10)
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    started = asyncio.get_running_loop().time()
    with pytest.raises(TemporalAway, match="What was recorded is safe"):
        await connect(Settings(temporal_address=f"127.0.0.1:{port}"))
    assert asyncio.get_running_loop().time() - started < 2
    server.close()


async def test_a_temporal_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(TemporalAway, match=r"127\.0\.0\.1:1 .*EHCP_TEMPORAL_ADDRESS"):
        await connect(Settings(temporal_address="127.0.0.1:1"))


async def test_waking_many_stops_at_the_first_that_fails_and_says_which_were_taken() -> None:
    """Against a server that goes away: those not taken are told apart, for the relay to try again."""
    from tests.support.temporal import real_server

    refs = [ProcessRef(process_id=uuid4(), version=1) for _ in range(50)]
    async with real_server() as env:
        assert await wake_each(env.client, refs[:10]) == tuple(refs[:10])
    async with asyncio.timeout(20 + timedelta(seconds=5).total_seconds()):
        assert await wake_each(env.client, refs, concurrency=4) == ()
