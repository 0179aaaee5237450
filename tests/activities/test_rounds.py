"""The rounds on real records and a real Temporal."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from activities.beating import beating
from activities.mail import Mail, report
from activities.relay import relay_of
from activities.rounds import RoundActivities
from casework.round import RoundResult
from config.clock import utc_now
from engine.messages import PostReport, RoundOrder
from engine.running import describe, running_ids
from engine.waking import wake
from tests.casework.chasing.council import HOUSE, Council, at
from tests.support.database import Database
from tests.support.temporal import QUEUE, real_server


@pytest.fixture(scope="module")
async def temporal() -> AsyncIterator[Client]:
    async with real_server() as env:
        yield env.client


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


def rounds(council: Council, client: Client) -> RoundActivities:
    return RoundActivities(council.db, Mail(council.box, HOUSE), client)


async def post(council: Council, client: Client, day: str) -> PostReport:
    order = RoundOrder(now=at(day, "08:30"))
    return await ActivityEnvironment().run(asyncio.to_thread, rounds(council, client).post_round, order)


async def test_a_post_round_sends_what_waits_and_counts_it(council: Council, temporal: Client) -> None:
    case = await asyncio.to_thread(council.asked)
    council.wake(case, at("2026-11-04"))
    assert (await post(council, temporal, "2026-11-04")).sent == 1
    assert council.box.to == ["paeds@nhs.example"]


async def test_a_round_that_had_to_wait_for_a_worker_until_the_evening_sends_nothing_then(
    council: Council, temporal: Client
) -> None:
    case = await asyncio.to_thread(council.asked)
    council.wake(case, at("2026-11-04"))
    env = ActivityEnvironment()
    env.info = replace(env.info, started_time=at("2026-11-04", "21:00"))
    order = RoundOrder(now=at("2026-11-04", "08:30"))
    assert (await env.run(asyncio.to_thread, rounds(council, temporal).post_round, order)).sent == 0
    assert council.box.letters == []


async def test_the_nightly_check_starts_again_what_temporal_has_lost(council: Council, temporal: Client) -> None:
    kept, lost = council.open("Kept"), council.open("Lost")
    review = uuid4()
    await wake(temporal, kept, 1)
    await wake(temporal, review, 1, kind="annual-review")
    async with asyncio.timeout(10):
        while not {f"assessment/{kept}", f"annual-review/{review}"} <= await running_ids(temporal):
            await asyncio.sleep(0.1)
    with council.db.begin() as connection:
        connection.execute(text("UPDATE wake SET delivered_at = now()"))
    night = RoundOrder(now=utc_now() + timedelta(hours=2))
    found = await ActivityEnvironment().run(rounds(council, temporal).nightly_check, night)
    assert (found.running, found.reviews, found.woken, found.findings >= 1) == (2, 1, 1, True)
    assert await relay_of(council.db, QUEUE).once(temporal) == (1, 1)
    again = await describe(temporal, lost)
    assert again is not None
    assert again.status == "running"
    assert await relay_of(council.db, QUEUE).once(temporal) == (0, 0)


def test_a_long_round_shows_that_it_is_alive() -> None:
    beats: list[object] = []

    def work() -> None:
        with beating(0.02):
            time.sleep(0.2)

    env = ActivityEnvironment()
    env.on_heartbeat = lambda *details: beats.append(details)
    env.run(work)
    alive = len(beats)
    time.sleep(0.1)
    assert 3 <= alive == len(beats)


def test_when_another_round_is_under_way_it_is_looked_at_again_later() -> None:
    assert report(RoundResult(busy=True)) == PostReport(left=1)
    assert report(RoundResult(sent=3, left=0)) == PostReport(sent=3)
