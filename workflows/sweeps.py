"""What goes over all plans: reviews that fall due, the lists before a term, the end of a month."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.reviews import ReviewActivities
    from engine.messages import MonthsClosed, ReviewsOpened, RoundOrder, TermListsPrepared

# Thousands of reviews take seconds.
ONE_SWEEP = timedelta(minutes=30)
# A sweep has a heartbeat after every few hundred reviews, every few milliseconds. Without one the worker is dead, or
# waits for somebody who records on one of them: another goes on where it was, and two at once do no harm.
ALIVE = timedelta(seconds=10)
RETRY = RetryPolicy(maximum_interval=timedelta(minutes=5))


Report = TypeVar("Report")


@workflow.defn(name="ReviewsDueWorkflow")
class ReviewsDueWorkflow:
    """One morning's reviews falling due: each gets its clock, once."""

    @workflow.run
    async def run(self) -> ReviewsOpened:
        """Open every review whose day has come, also those of days on which nothing ran."""
        report = await swept(ReviewActivities.open_due)
        workflow.set_current_details(f"opened {report.opened}")
        return report


@workflow.defn(name="TermListsWorkflow")
class TermListsWorkflow:
    """One morning's lists of the reviews before a term: each is prepared once, and whoever sends it is told."""

    @workflow.run
    async def run(self) -> TermListsPrepared:
        """Prepare the lists of the terms that come near."""
        report = await swept(ReviewActivities.prepare_term_lists)
        workflow.set_current_details(f"prepared {report.lists}, messages {report.messages}")
        return report


@workflow.defn(name="MonthEndWorkflow")
class MonthEndWorkflow:
    """The first night of a month: how reviews stood at the end of the last is put down, once."""

    @workflow.run
    async def run(self) -> MonthsClosed:
        """Close the month before this one."""
        report = await swept(ReviewActivities.close_month)
        workflow.set_current_details(f"months closed {report.months}")
        return report


async def swept(activity: Callable[[ReviewActivities, RoundOrder], Report]) -> Report:
    """Have something done for all plans, by another worker if the first one dies."""
    return await workflow.execute_activity_method(
        activity,
        RoundOrder(now=workflow.now()),
        start_to_close_timeout=ONE_SWEEP,
        heartbeat_timeout=ALIVE,
        retry_policy=RETRY,
    )
