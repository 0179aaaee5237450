"""Temporal's schedules follow the declared ones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from temporalio.client import Client, ScheduleRange
from temporalio.service import RPCError

from config.settings import Settings
from scheduler.apply import Change, apply, reconcile
from scheduler.schedules import ANY_DATE, PREFIX, Standing, declared, schedule_of
from statute.policy import default_policy
from tests.support.temporal import QUEUE

LONDON = ZoneInfo("Europe/London")
POST, NIGHTLY, REVIEWS, TERM_LISTS, MONTH_END, RETURNS = declared()


async def ids(client: Client) -> set[str]:
    return {found.id async for found in await client.list_schedules()}


async def listed(client: Client, wanted: set[str]) -> None:
    """Temporal's list lags a little behind."""
    async with asyncio.timeout(10):
        while await ids(client) != wanted:
            await asyncio.sleep(0.1)


@pytest.fixture
async def bare(temporal: Client) -> AsyncIterator[Client]:
    yield temporal
    # By name as well: the list may not show yet what a test created a moment ago.
    for one in await ids(temporal) | {each.id for each in declared()}:
        with suppress(RPCError):
            await temporal.get_schedule_handle(one).delete()
    await listed(temporal, set())


async def test_applied_twice_changes_nothing_the_second_time(bare: Client) -> None:
    first = await reconcile(bare, declared(), task_queue=QUEUE)
    assert first == tuple(Change(one.id, "created") for one in declared())
    assert await reconcile(bare, declared(), task_queue=QUEUE) == ()


async def test_a_changed_hour_is_brought_up_to_date(bare: Client) -> None:
    await reconcile(bare, declared(), task_queue=QUEUE)
    changed = await reconcile(bare, declared(post_round_at=time(9, 15)), task_queue=QUEUE)
    assert changed == (Change("ehcp-post-round", "updated"),)
    spec = (await bare.get_schedule_handle("ehcp-post-round").describe()).schedule.spec
    assert (spec.calendars[0].hour, spec.calendars[0].minute) == ((ScheduleRange(9),), (ScheduleRange(15),))


@pytest.mark.parametrize("change", [
    {"catch_up": timedelta(hours=2)}, {"days": (0, 6)}, {"dates": (1, 7)}, {"workflow": "NightlyCheckWorkflow"},
])  # fmt: skip
async def test_every_declared_trait_is_kept_in_step(bare: Client, change: dict[str, object]) -> None:
    await reconcile(bare, [POST], task_queue=QUEUE)
    other = replace(POST, **change)
    assert await reconcile(bare, [other], task_queue=QUEUE) == (Change(POST.id, "updated"),)
    assert await reconcile(bare, [other], task_queue=QUEUE) == ()


async def test_another_task_queue_is_brought_up_to_date(bare: Client) -> None:
    await reconcile(bare, [POST], task_queue=QUEUE)
    assert await reconcile(bare, [POST], task_queue="other") == (Change(POST.id, "updated"),)


async def test_what_is_no_longer_declared_is_removed_and_what_is_not_ours_stays(bare: Client) -> None:
    foreign = replace(POST, id="somebody-else-s")
    await bare.create_schedule(foreign.id, schedule_of(foreign, QUEUE))
    await reconcile(bare, [POST, NIGHTLY], task_queue=QUEUE)
    await listed(bare, {POST.id, NIGHTLY.id, foreign.id})
    assert await reconcile(bare, [POST], task_queue=QUEUE) == (Change(NIGHTLY.id, "removed"),)
    await listed(bare, {POST.id, foreign.id})


async def test_a_schedule_that_somebody_paused_stays_paused(bare: Client) -> None:
    await reconcile(bare, [POST], task_queue=QUEUE)
    await bare.get_schedule_handle(POST.id).pause(note="letters are being rewritten")
    await reconcile(bare, declared(post_round_at=time(10, 0)), task_queue=QUEUE)
    state = (await bare.get_schedule_handle(POST.id).describe()).schedule.state
    assert (state.paused, state.note) == (True, "letters are being rewritten")


async def test_the_post_round_is_at_half_past_eight_in_london_on_both_sides_of_the_clock_change(bare: Client) -> None:
    await reconcile(bare, [POST], task_queue=QUEUE)
    times = (await bare.get_schedule_handle(POST.id).describe()).info.next_action_times
    assert len(times) >= 5
    assert {at.astimezone(LONDON).time() for at in times} == {time(8, 30)}
    assert all(at.astimezone(LONDON).weekday() < 5 for at in times)


@pytest.mark.parametrize(("day", "utc"), [
    (date(2027, 3, 26), time(8, 30)),   # the Friday before summer time
    (date(2027, 3, 29), time(7, 30)),   # the Monday after
    (date(2027, 10, 29), time(7, 30)),  # the Friday before winter time
    (date(2027, 11, 1), time(8, 30)),   # the Monday after
])  # fmt: skip
async def test_the_instant_follows_the_clock_change(bare: Client, day: date, utc: time) -> None:
    schedule = schedule_of(POST, QUEUE)
    schedule.spec.start_at = datetime.combine(day, time(0), tzinfo=UTC)
    await bare.create_schedule(POST.id, schedule)
    (first, *_) = (await bare.get_schedule_handle(POST.id).describe()).info.next_action_times
    assert first.astimezone(UTC) == datetime.combine(day, utc, tzinfo=UTC)


@pytest.mark.parametrize(("standing", "at"), [(REVIEWS, time(5)), (TERM_LISTS, time(6))], ids=lambda it: str(it)[:30])
async def test_reviews_and_term_lists_are_seen_to_every_morning_before_the_post(
    bare: Client, standing: Standing, at: time
) -> None:
    await reconcile(bare, [standing], task_queue=QUEUE)
    times = (await bare.get_schedule_handle(standing.id).describe()).info.next_action_times
    mornings = [each.astimezone(LONDON) for each in times]
    assert {each.time() for each in mornings} == {at}
    days = [each.date() for each in mornings]
    assert len(days) >= 5
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


async def test_a_month_is_closed_in_the_first_night_of_the_next_and_on_no_other(bare: Client) -> None:
    await reconcile(bare, [MONTH_END], task_queue=QUEUE)
    times = (await bare.get_schedule_handle(MONTH_END.id).describe()).info.next_action_times
    nights = [at.astimezone(LONDON) for at in times]
    assert {(at.day, at.time()) for at in nights} == {(1, time(1, 30))}
    assert len({(at.year, at.month) for at in nights}) == len(nights) >= 5


async def test_mail_that_came_back_is_looked_for_every_five_minutes_by_day_and_by_night(bare: Client) -> None:
    await reconcile(bare, [RETURNS], task_queue=QUEUE)
    times = (await bare.get_schedule_handle(RETURNS.id).describe()).info.next_action_times
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(minutes=5)}
    changed = replace(RETURNS, every=timedelta(minutes=10))
    assert await reconcile(bare, [changed], task_queue=QUEUE) == (Change(RETURNS.id, "updated"),)
    assert await reconcile(bare, [changed], task_queue=QUEUE) == ()


def test_every_schedule_is_recognised_as_ours_and_catches_up_until_its_next_time_not_for_a_year() -> None:
    assert {one.id.startswith(PREFIX) for one in declared()} == {True}
    assert {one.catch_up < timedelta(days=1) for one in declared() if one.dates == ANY_DATE} == {True}
    assert MONTH_END.catch_up < timedelta(days=28)


async def test_the_hour_of_the_post_round_is_the_policy_s(bare: Client) -> None:
    first = await apply(bare, Settings())
    assert first == {"created": [one.id for one in declared()], "updated": [], "removed": []}
    assert await apply(bare, Settings()) == {"created": [], "updated": [], "removed": []}
    (calendar,) = (await bare.get_schedule_handle(POST.id).describe()).schedule.spec.calendars
    at = default_policy().hours.post_round
    assert (calendar.hour, calendar.minute) == ((ScheduleRange(at.hour),), (ScheduleRange(at.minute),))
