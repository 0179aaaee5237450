"""Record what the clocks of this release do, for the replays of every later one.

    python -m tests.histories.record

writes `<kind of process>/<version>-<scenario>.json` for every scenario that has no file yet. A recorded history is never
changed: a later release must be able to go on with it. When a release changes what a clock does, add scenarios.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from engine.client import LAST_WORDS
from engine.messages import ANNUAL_REVIEW, ASSESSMENT, ProcessRef
from engine.waking import wake, wake_ref
from tests.support.temporal import FakeCase, case_id, real_server, skipping_server, sleep_to, until, working

HERE = Path(__file__).parent
Scenario = Callable[[WorkflowEnvironment, datetime], Awaitable[WorkflowHandle]]


def days(start: datetime, *numbers: int) -> list[datetime]:
    """Seven in the morning of the so-manieth day."""
    return [start.replace(hour=7, minute=3) + timedelta(days=number) for number in numbers]


async def run(
    env: WorkflowEnvironment, case: FakeCase, facts: list[datetime], kind: str = ASSESSMENT
) -> WorkflowHandle:
    """Run a case to its end, telling it of a fact at each of the instants."""
    async with working(env.client, *case.activities):
        handle = await wake_ref(env.client, ProcessRef(process_id=case_id(1), version=case.version, kind=kind))
        for fact in facts:
            await sleep_to(env, fact)
            seen, case.version = len(case.carried_out), case.version + 1
            await wake_ref(env.client, ProcessRef(process_id=case_id(1), version=case.version, kind=kind))
            await until(lambda seen=seen: len(case.carried_out) > seen)
        await asyncio.wait_for(handle.result(), 30)
    return handle


async def clean_case(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """Twenty weeks, announcements sent at once, facts and planned wakes in turn."""
    wakes = days(start, 14, 28, 35, 41, 58, 70, 82, 91, 105, 126, 139)
    facts = [at + timedelta(hours=4) for at in days(start, 30, 31, 44, 50, 55, 63, 72, 95, 120)]
    return await run(env, FakeCase(wakes=wakes, ends=wakes[-1], urgent_at=frozenset({4, 6})), facts)


async def nothing_planned(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """A case that is only looked at once a week, until it ends."""
    return await run(env, FakeCase(ends=days(start, 20)[0]), [])


async def database_away(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """The local activity fails and the other takes over."""
    wakes = days(start, 5)
    return await run(env, FakeCase(wakes=wakes, ends=wakes[0], failures=3), [])


async def mail_server_away(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """Announcements could not be sent for half an hour."""
    wakes = days(start, 2)
    return await run(env, FakeCase(wakes=wakes, ends=wakes[0], urgent_at=frozenset({1}), letters_left=1), [])


async def told_while_working(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """A fact arrives between the reading of the ledger and the answer, which says that the case is closed."""
    loop = asyncio.get_running_loop()
    (later,) = days(start, 10)

    def reopened(case: FakeCase) -> None:
        if case.version == 1:
            case.version, case.ends, case.wakes = 2, later, [later]
            asyncio.run_coroutine_threadsafe(wake(env.client, case_id(1), 2, 2), loop).result(5)

    return await run(env, FakeCase(ends=start - timedelta(days=1), during=reopened), [])


async def maintained(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """A review from the sweep, sixteen weeks before it is due, to the decision that the plan stays as it is."""
    wakes = days(start, 7, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84)
    facts = [at + timedelta(hours=4) for at in days(start, 9, 22, 40, 57, 69, 78)]
    ends = facts[-1] - timedelta(hours=1)
    case = FakeCase(wakes=wakes, ends=ends, urgent_at=frozenset({1}), outcome="decision_maintain")
    return await run(env, case, facts, ANNUAL_REVIEW)


async def amended(env: WorkflowEnvironment, start: datetime) -> WorkflowHandle:
    """A review whose decision is to amend: notice, representations and the amended plan, twelve weeks on."""
    wakes = days(start, 7, 21, 28, 42, 56, 63, 70, 77, 83, 84, 91, 99, 112, 126, 133, 140)
    facts = [at + timedelta(hours=4) for at in days(start, 9, 22, 40, 56, 70, 84, 85, 97, 139)]
    ends = facts[-1] - timedelta(hours=1)
    case = FakeCase(wakes=wakes, ends=ends, urgent_at=frozenset({1, 9}), outcome="amended_plan_sent")
    return await run(env, case, facts, ANNUAL_REVIEW)


async def continued_as_new() -> WorkflowHandle:
    """A run that Temporal suggested to continue as a new one; from the development server."""
    far, process = datetime(2126, 1, 1, tzinfo=UTC), uuid4()
    case = FakeCase(wakes=[far])
    limit = ("--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=15")
    async with real_server(*limit) as env, working(env.client, *case.activities):
        first = await wake(env.client, process, 1)
        await until(lambda: case.carried_out != [])
        for number in range(2, 6):
            case.version = number
            await wake(env.client, process, number)
            await until(lambda number=number: len(case.carried_out) >= number)
        return await kept(
            env.client.get_workflow_handle(first.id, run_id=first.result_run_id), path_of("continued_as_new")
        )


SCENARIOS: dict[str, tuple[Scenario, ...]] = {
    ASSESSMENT: (clean_case, nothing_planned, database_away, mail_server_away, told_while_working),
    ANNUAL_REVIEW: (maintained, amended),
}


def path_of(name: str, kind: str = ASSESSMENT) -> Path:
    """Where a scenario's history of this release is kept."""
    return HERE / kind / f"{version('ehcp-clock')}-{name}.json"


async def kept(handle: WorkflowHandle, path: Path) -> WorkflowHandle:
    """Write a history down, without the name and the folders of the machine it was recorded on."""
    history = json.loads((await handle.fetch_history()).to_json())
    text = re.sub(r'"identity": "[^"]*"', '"identity": "recorded"', json.dumps(history, indent=1))
    text = re.sub(r'"stackTrace": "(?:[^"\\]|\\.)*"', '"stackTrace": ""', text)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "\n")
    return handle


async def record(scenario: Scenario, path: Path) -> None:
    """Record a scenario on a server of its own."""
    async with skipping_server() as env:
        now = (await env.get_current_time()).astimezone(UTC).replace(second=0, microsecond=0)
        await kept(await scenario(env, now), path)


async def main() -> None:
    """Record every scenario that has no file."""
    for kind, scenarios in SCENARIOS.items():
        for scenario in scenarios:
            path = path_of(scenario.__name__, kind)
            if not path.exists():
                await record(scenario, path)
    if not path_of("continued_as_new").exists():
        await continued_as_new()
    await asyncio.sleep(LAST_WORDS)


if __name__ == "__main__":
    asyncio.run(main())
