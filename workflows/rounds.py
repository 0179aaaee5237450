"""The rounds that Temporal's schedules start: the post every working morning, the check every night."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.rounds import RoundActivities
    from engine.messages import NightlyReport, PostReport, RoundOrder

# A round of several hundred letters over a slow server takes minutes; two hours is beyond all reason.
ONE_ROUND = timedelta(hours=2)
# Six heartbeats missed: its worker is dead, another takes over.
ALIVE = timedelta(minutes=1)
RETRY = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_interval=timedelta(minutes=5))

# What a server refused for the moment is tried again the same morning, at growing intervals.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 60))


@workflow.defn(name="PostRoundWorkflow")
class PostRoundWorkflow:
    """One morning's post. Whatever is still left after the last try waits for the next round."""

    @workflow.run
    async def run(self, force: bool = False) -> PostReport:
        """Go round, and again while something is left that may yet go today; `force`: whatever the hour."""
        self._force = force
        total = await self._go_round()
        for pause in PAUSES:
            if not total.left:
                break
            await workflow.sleep(pause, summary=f"{total.left} left: try again")
            total += await self._go_round()
        return total

    async def _go_round(self) -> PostReport:
        report = await workflow.execute_activity_method(
            RoundActivities.post_round,
            RoundOrder(now=workflow.now(), force=self._force),
            start_to_close_timeout=ONE_ROUND,
            heartbeat_timeout=ALIVE,
            retry_policy=RETRY,
        )
        workflow.set_current_details(
            f"sent {report.sent}, failed {report.failed}, held {report.held}, left {report.left}"
        )
        return report


@workflow.defn(name="NightlyCheckWorkflow")
class NightlyCheckWorkflow:
    """One night's comparison of the records with what runs, with repair."""

    @workflow.run
    async def run(self) -> NightlyReport:
        """Check once."""
        report = await workflow.execute_activity_method(
            RoundActivities.nightly_check,
            RoundOrder(now=workflow.now()),
            start_to_close_timeout=ONE_ROUND,
            retry_policy=RETRY,
        )
        running = f"running {report.running} ({report.reviews} reviews)"
        workflow.set_current_details(f"{running}, woken {report.woken}, findings {report.findings}")
        return report
