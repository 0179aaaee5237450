"""What became of letters: looked at every few minutes."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.returns import ReturnActivities
    from engine.messages import ReturnsRead, RoundOrder

# Hundreds of mails with large papers take minutes.
ONE_READING = timedelta(minutes=30)
# Six heartbeats missed: its worker is dead, another takes over.
ALIVE = timedelta(minutes=1)
# A mailbox that is away is no failure: the next look, in five minutes, asks again. Only the database is waited for.
RETRY = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_interval=timedelta(minutes=2))


@workflow.defn(name="ReturnsWorkflow")
class ReturnsWorkflow:
    """One look into the return mailbox, and at what GOV.UK Notify says of the letters that it took."""

    @workflow.run
    async def run(self) -> ReturnsRead:
        """Look once."""
        report = await workflow.execute_activity_method(
            ReturnActivities.read_returns,
            RoundOrder(now=workflow.now()),
            start_to_close_timeout=ONE_READING,
            heartbeat_timeout=ALIVE,
            retry_policy=RETRY,
        )
        workflow.set_current_details(
            f"bounces {report.bounces}, replies {report.replies}, unfiled {report.unfiled}, problems {report.problems}"
        )
        return report
