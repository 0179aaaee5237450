"""The rounds that the schedules start."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from engine.messages import (
    Message,
    MonthsClosed,
    NightlyReport,
    PostReport,
    ReturnsRead,
    ReviewsOpened,
    TermListsPrepared,
)
from tests.support.temporal import QUEUE, FakeRounds, working
from workflows.returns import ReturnsWorkflow
from workflows.rounds import PAUSES, NightlyCheckWorkflow, PostRoundWorkflow
from workflows.sweeps import MonthEndWorkflow, ReviewsDueWorkflow, TermListsWorkflow


async def post(env: WorkflowEnvironment, rounds: FakeRounds) -> PostReport:
    async with working(env.client, rounds.post_round, rounds.nightly_check):
        going = env.client.execute_workflow(PostRoundWorkflow.run, id="round", task_queue=QUEUE)
        return await asyncio.wait_for(going, 20)


async def test_one_round_is_enough_when_everything_went(env: WorkflowEnvironment) -> None:
    rounds = FakeRounds(left=[0])
    assert await post(env, rounds) == PostReport(sent=10)
    assert len(rounds.orders) == 1


async def test_what_a_server_refused_for_the_moment_is_tried_again_the_same_morning(env: WorkflowEnvironment) -> None:
    rounds = FakeRounds(left=[4, 2, 0])
    assert await post(env, rounds) == PostReport(sent=30)
    first, second, third = (order.now for order in rounds.orders)
    assert second - first >= timedelta(minutes=5)
    assert third - second >= timedelta(minutes=10)


async def test_what_never_goes_is_left_for_the_next_round(env: WorkflowEnvironment) -> None:
    rounds = FakeRounds(left=[9] * 20)
    assert (await post(env, rounds)).left == 9
    assert len(rounds.orders) == 1 + len(PAUSES)
    assert rounds.orders[-1].now - rounds.orders[0].now < timedelta(hours=3)


async def test_the_nightly_check_reports_counts_only(env: WorkflowEnvironment) -> None:
    rounds = FakeRounds()
    async with working(env.client, rounds.post_round, rounds.nightly_check):
        going = env.client.execute_workflow(NightlyCheckWorkflow.run, id="check", task_queue=QUEUE)
        assert await asyncio.wait_for(going, 20) == NightlyReport(running=3, reviews=2, woken=1, findings=2)


SWEEPS: tuple[tuple[type, Message], ...] = (
    (ReviewsDueWorkflow, ReviewsOpened(opened=7)),
    (TermListsWorkflow, TermListsPrepared(lists=4, messages=5)),
    (MonthEndWorkflow, MonthsClosed(months=1)),
    (ReturnsWorkflow, ReturnsRead(bounces=2, replies=1, unfiled=1, passed_on=2)),
)


@pytest.mark.parametrize(("sweep", "report"), SWEEPS, ids=lambda it: getattr(it, "__name__", ""))
async def test_what_goes_over_all_plans_reports_counts_only(
    env: WorkflowEnvironment, sweep: type, report: Message
) -> None:
    rounds = FakeRounds()
    async with working(env.client, rounds.open_due, rounds.prepare_term_lists, rounds.close_month, rounds.read_returns):
        going = env.client.execute_workflow(sweep.run, id="sweep", task_queue=QUEUE)
        assert await asyncio.wait_for(going, 20) == report
    assert len(rounds.orders) == 1
