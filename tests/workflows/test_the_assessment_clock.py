"""The clock of one assessment wakes when it should, and only then."""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from engine.messages import Ended, FactsChanged
from engine.waking import FACTS_CHANGED, wake
from tests.support.temporal import FakeCase, case_id, events, most_timers_open, sleep_to, until, working
from workflows.clock import SAFETY

CASE = case_id(1)


async def now_of(env: WorkflowEnvironment) -> datetime:
    return (await env.get_current_time()).astimezone(UTC)


async def mornings(env: WorkflowEnvironment, *days: int) -> list[datetime]:
    """Seven o'clock on the so-manieth day from the server's present."""
    start = (await now_of(env)).replace(hour=7, minute=3, second=0, microsecond=0)
    return [start + timedelta(days=day) for day in days]


async def ended(handle: WorkflowHandle) -> Ended:
    return Ended.model_validate(await asyncio.wait_for(handle.result(), 30))


async def test_it_wakes_at_the_named_instants_and_at_no_other(env: WorkflowEnvironment) -> None:
    wakes = await mornings(env, 2, 9, 41)
    case = FakeCase(wakes=wakes, ends=wakes[-1])
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        result = await ended(handle)
    assert result.outcome == "final_plan"
    assert [round((at - wake_at).total_seconds()) for at, wake_at in zip(case.times[1:], wakes, strict=True)] == [
        0,
        0,
        0,
    ]


async def test_a_new_fact_wakes_it_early(env: WorkflowEnvironment) -> None:
    (far, day_five) = await mornings(env, 60, 5)
    case = FakeCase(wakes=[far], ends=far)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await until(lambda: len(case.carried_out) == 1)
        await sleep_to(env, day_five)
        case.version = 2
        await wake(env.client, CASE, 2)
        await until(lambda: len(case.carried_out) == 2)
        await ended(handle)
    assert (case.times[1] - day_five) < timedelta(hours=1)
    assert len(case.carried_out) == 3


async def test_a_fact_recorded_while_it_works_is_looked_at_before_it_sleeps(env: WorkflowEnvironment) -> None:
    (far,) = await mornings(env, 30)
    loop = asyncio.get_running_loop()

    def another_fact(case: FakeCase) -> None:
        if len(case.carried_out) == 1:
            case.version = 2
            asyncio.run_coroutine_threadsafe(wake(env.client, CASE, 2), loop).result(5)

    case = FakeCase(wakes=[far], ends=far, during=another_fact)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await until(lambda: len(case.carried_out) >= 2)
        await ended(handle)
    assert len(case.carried_out) >= 3
    assert case.times[-2] < case.times[0] + timedelta(hours=1)


async def test_a_fact_recorded_in_its_last_moment_is_not_lost(env: WorkflowEnvironment) -> None:
    """It says that it is closed while a reopening arrives: the same run, or a new one, must see it."""
    (later,) = await mornings(env, 10)
    start = await now_of(env)
    loop = asyncio.get_running_loop()

    def reopened(case: FakeCase) -> None:
        if case.version == 1:
            case.version, case.ends = 2, later
            asyncio.run_coroutine_threadsafe(wake(env.client, CASE, 2), loop).result(5)

    case = FakeCase(wakes=[later], ends=start - timedelta(days=1), during=reopened)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await until(lambda: case.version == 2)
        result = await ended(handle)
    assert result.version == 2
    assert case.times[-1] >= later


async def test_once_closed_a_later_fact_starts_it_again_under_the_same_id(env: WorkflowEnvironment) -> None:
    (first, second) = await mornings(env, 3, 20)
    case = FakeCase(wakes=[first], ends=first)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        assert (await ended(handle)).version == 1
        case.wakes, case.ends, case.version = [second], second, 2
        again = await wake(env.client, CASE, 2, run=2)
        await until(lambda: len(case.carried_out) == 3)
        await ended(again)
    assert again.id == handle.id
    assert again.result_run_id != handle.result_run_id
    assert [order.run for order in case.carried_out] == [1, 1, 2, 2]


async def test_what_is_urgent_is_sent_at_once_and_only_then(env: WorkflowEnvironment) -> None:
    wakes = await mornings(env, 1, 2, 3)
    case = FakeCase(wakes=wakes, ends=wakes[-1], urgent_at=frozenset({2}))
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await ended(handle)
        kinds = await events(handle)
    assert [order.now - case.times[1] < timedelta(minutes=1) for order in case.sent] == [True]
    assert kinds.count("ACTIVITY_TASK_SCHEDULED") == 1


async def test_a_mail_server_that_is_away_does_not_hold_up_the_clock(env: WorkflowEnvironment) -> None:
    """For half an hour it is tried again; then the letters wait for the post round and the clock goes on."""
    wakes = await mornings(env, 1, 2)
    case = FakeCase(wakes=wakes, ends=wakes[-1], urgent_at=frozenset({1}), letters_left=10_000)
    async with working(env.client, *case.activities):
        assert (await ended(await wake(env.client, CASE, 1))).outcome == "final_plan"
    assert 3 <= len(case.sent) <= 10
    assert len(case.carried_out) == 3


async def test_the_database_being_away_only_delays_it(env: WorkflowEnvironment) -> None:
    wakes = await mornings(env, 5)
    case = FakeCase(wakes=wakes, ends=wakes[-1], failures=4)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        result = await ended(handle)
    assert result.outcome == "final_plan"
    assert len(case.carried_out) == 2


async def test_with_nothing_planned_it_looks_again_after_a_week(env: WorkflowEnvironment) -> None:
    case = FakeCase(ends=(await mornings(env, 13))[0])
    async with working(env.client, *case.activities):
        await ended(await wake(env.client, CASE, 1))
    gaps = [later - earlier for earlier, later in zip(case.times, case.times[1:], strict=False)]
    assert [round(gap / SAFETY, 3) for gap in gaps] == [1, 1]


async def test_a_wake_that_comes_late_and_has_been_answered_costs_nothing(env: WorkflowEnvironment) -> None:
    (far, day_two) = await mornings(env, 20, 2)
    case = FakeCase(wakes=[far], ends=far, version=7)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 7)
        await until(lambda: len(case.carried_out) == 1)
        await handle.signal(FACTS_CHANGED, FactsChanged(version=6))
        await sleep_to(env, day_two)
        await ended(handle)
    assert len(case.carried_out) == 2


async def test_arming_which_changes_no_fact_wakes_it_all_the_same(env: WorkflowEnvironment) -> None:
    (far, day_two) = await mornings(env, 20, 2)
    case = FakeCase(wakes=[far], ends=far, version=7)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 7)
        await until(lambda: len(case.carried_out) == 1)
        await sleep_to(env, day_two)
        await wake(env.client, CASE, 7)
        await until(lambda: len(case.carried_out) == 2)
        await ended(handle)
    assert len(case.carried_out) == 3


async def test_a_next_wake_in_the_past_makes_no_busy_loop(env: WorkflowEnvironment) -> None:
    start = await now_of(env)
    case = FakeCase(stuck_at=start - timedelta(days=1), ends=start + timedelta(minutes=5))
    async with working(env.client, *case.activities):
        await ended(await wake(env.client, CASE, 1))
    assert len(case.carried_out) <= 7


async def test_a_clean_twenty_week_case_stays_within_three_hundred_events(env: WorkflowEnvironment) -> None:
    """Fourteen planned wakes and sixteen facts, two of which ask advice that is announced at once."""
    wakes = await mornings(env, 14, 28, 35, 41, 43, 58, 70, 77, 82, 91, 98, 105, 126, 139)
    facts = await mornings(env, 30, 31, 44, 46, 50, 52, 55, 60, 63, 65, 68, 72, 80, 95, 110, 120)
    case = FakeCase(wakes=wakes, ends=wakes[-1], urgent_at=frozenset({4, 6}))
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await until(lambda: len(case.carried_out) == 1)
        for fact in facts:
            await sleep_to(env, fact + timedelta(hours=4))
            seen = len(case.carried_out)
            case.version += 1
            await wake(env.client, CASE, case.version)
            await until(lambda seen=seen: len(case.carried_out) > seen)
        await ended(handle)
        kinds = await events(handle)
    assert len(case.carried_out) == 1 + len(wakes) + len(facts)
    assert len(kinds) <= 300
    assert most_timers_open(kinds) == 1


async def test_the_clock_says_what_it_waits_for(env: WorkflowEnvironment) -> None:
    (far,) = await mornings(env, 3)
    case = FakeCase(wakes=[far], ends=far)
    async with working(env.client, *case.activities):
        handle = await wake(env.client, CASE, 1)
        await ended(handle)
        history = await handle.fetch_history()
    summaries = [
        event.user_metadata.summary.data.decode() for event in history.events if event.HasField("user_metadata")
    ]
    assert f'"next wake {far:%Y-%m-%d %H:%M}Z"' in summaries
