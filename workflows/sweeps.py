"""What goes over all plans once a day, started by Temporal's schedules: reviews that fall due."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.reviews import ReviewActivities
    from engine.messages import ReviewsOpened, RoundOrder

# Thousands of reviews take seconds.
ONE_SWEEP = timedelta(minutes=30)
# There is a heartbeat after every few hundred reviews, every few milliseconds. Without one the worker is dead, or waits
# for somebody who records on one of them: another goes on where it was, and two at once do no harm.
ALIVE = timedelta(seconds=10)
RETRY = RetryPolicy(maximum_interval=timedelta(minutes=5))


@workflow.defn(name="ReviewsDueWorkflow")
class ReviewsDueWorkflow:
    """One morning's reviews falling due: each gets its clock, once."""

    @workflow.run
    async def run(self) -> ReviewsOpened:
        """Open every review whose day has come, also those of days on which nothing ran."""
        report = await workflow.execute_activity_method(
            ReviewActivities.open_due,
            RoundOrder(now=workflow.now()),
            start_to_close_timeout=ONE_SWEEP,
            heartbeat_timeout=ALIVE,
            retry_policy=RETRY,
        )
        workflow.set_current_details(f"opened {report.opened}")
        return report
