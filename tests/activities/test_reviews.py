"""What is done for all plans every day, on real records."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.relay import relay_of
from activities.reviews import ReviewActivities
from casework.actor import Actor
from casework.month_end import months_missed, positions
from engine.messages import MonthsClosed, ReviewsOpened, RoundOrder, TermListsPrepared
from engine.running import describe
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen_months, frozen_on_days, is_late
from tests.casework.chasing.council import Council, at
from tests.support.database import Database
from tests.support.temporal import QUEUE, real_server

LONG_AGO, DAY = at("2026-06-01"), "2026-12-07"
# Reviewed last on 29 March, so due on 28 March 2027: sixteen weeks before is 6 December.
REVIEWED = ("plan_made=2022-01-10", "last_review=2026-03-29")


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


async def run(work: Callable[[RoundOrder], Any], now: datetime, started: datetime | None = None) -> tuple[Any, int]:
    """What an activity answers, and how often it said that it lives."""
    env, beats = ActivityEnvironment(), []
    env.on_heartbeat = lambda *details: beats.append(details)
    env.info = replace(env.info, started_time=started or now)
    return await env.run(asyncio.to_thread, work, RoundOrder(now=now)), len(beats)


async def test_a_sweep_opens_what_has_come_and_the_relay_starts_its_clock(council: Council) -> None:
    process = council.plan("A-1", *REVIEWED, now=LONG_AGO)
    reviews = ReviewActivities(council.db)
    assert (await run(reviews.open_due, at("2026-12-05", "05:00")))[0] == ReviewsOpened(opened=0)
    opened, beats = await run(reviews.open_due, at(DAY, "05:00"))
    assert opened == ReviewsOpened(opened=1)
    assert beats >= 1
    assert (await run(reviews.open_due, at(DAY, "05:01")))[0] == ReviewsOpened(opened=0)
    async with real_server() as env:
        assert await relay_of(council.db, QUEUE).once(env.client) == (1, 1)
        found = await describe(env.client, process, "annual-review")
    assert found is not None
    assert found.status == "running"


async def test_a_sweep_that_had_to_wait_for_a_worker_opens_what_has_come_meanwhile(council: Council) -> None:
    council.plan("A-1", *REVIEWED, now=LONG_AGO)
    opened, _ = await run(ReviewActivities(council.db).open_due, at("2026-12-03", "05:00"), at(DAY, "10:00"))
    assert opened == ReviewsOpened(opened=1)


async def test_term_lists_are_prepared_once_and_counted(council: Council) -> None:
    council.terms(("2026-09-02", "2026-12-18"), ("2027-01-05", "2027-03-25"))
    council.plan("A-1", *REVIEWED, now=LONG_AGO)
    reviews = ReviewActivities(council.db)
    prepared, beats = await run(reviews.prepare_term_lists, at(DAY, "06:00"))
    assert prepared == TermListsPrepared(lists=3, messages=4)
    assert beats >= 1
    assert (await run(reviews.prepare_term_lists, at(DAY, "06:01")))[0] == TermListsPrepared()


async def test_a_month_is_closed_once_and_the_one_that_waited_for_a_worker_with_it(council: Council) -> None:
    council.plan("A-1", *REVIEWED, now=LONG_AGO)
    reviews = ReviewActivities(council.db)
    first = at("2026-11-01", "01:30")
    assert (await run(reviews.close_month, first))[0] == MonthsClosed(months=1)
    assert (await run(reviews.close_month, first))[0] == MonthsClosed(months=0)
    assert frozen_months(council.db) == [date(2026, 10, 31)]
    assert (await run(reviews.close_month, first, at("2026-12-02")))[0] == MonthsClosed(months=1)
    assert frozen_months(council.db) == [date(2026, 11, 30), date(2026, 10, 31)]


async def test_every_month_of_a_long_outage_is_closed_late_a_year_of_them_at_once(council: Council) -> None:
    """Nothing ran from November 2026 to January 2028: fourteen months, and each says when it was frozen."""
    council.plan("A-1", *REVIEWED, now=LONG_AGO)
    reviews = ReviewActivities(council.db)
    await run(reviews.close_month, at("2026-11-01", "01:30"))
    freeze(council.db, date(2020, 5, 31), Actor("m.east", "cli"), at("2026-11-02"))
    back, later = at("2028-01-01", "01:30"), at("2028-02-01", "01:30")
    assert (await run(reviews.close_month, back))[0] == MonthsClosed(months=12)
    missed = months_missed(date(2026, 11, 30), date(2028, 1, 1), ())
    assert (len(missed), frozen_months(council.db)[:12]) == (14, missed[:12])
    assert (await run(reviews.close_month, later))[0] == MonthsClosed(months=3)
    found = frozen_on_days(council.db)
    assert [*found] == [date(2028, 1, 31), *missed, date(2026, 10, 31), date(2020, 5, 31)]
    assert {found[each] for each in missed[:12]} == {back}
    assert [each for each in missed if not is_late(each, found[each])] == [date(2027, 12, 31)]
    assert [note["month"] for note in positions(council.db, 20)] == [f"{each}" for each in [*found][:-1]]
    assert (await run(reviews.close_month, later))[0] == MonthsClosed(months=0)
