"""How a workflow has something done: with how much patience, and what it does when that runs out."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, FailureError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.cases import CaseActivities
    from engine.messages import CarriedOut, CarryOut, PostReport, SendAtOnce

# The database may be away for a night: try for as long as it takes, at most two minutes apart.
UNTIL_IT_WORKS = RetryPolicy(maximum_interval=timedelta(minutes=2))
ONCE = RetryPolicy(maximum_attempts=1)

# What normally takes milliseconds is done within the workflow task: six events a wake instead of eleven.
AT_ONCE = timedelta(seconds=4)
ONE_ATTEMPT = timedelta(minutes=2)
# A mail server that is down must not hold up the clock: after half an hour the post round takes what is left.
A_FEW_TIMES = RetryPolicy(initial_interval=timedelta(seconds=15), maximum_interval=timedelta(minutes=10))
SENDING = timedelta(minutes=30)


async def carry_out(order: CarryOut) -> CarriedOut:
    """Have everything done that is due: at once if the database answers, else for as long as it takes."""
    try:
        return await workflow.execute_local_activity_method(
            CaseActivities.carry_out, order, schedule_to_close_timeout=AT_ONCE, retry_policy=ONCE
        )
    except FailureError as failed:
        if is_cancelled_exception(failed):
            raise
        return await workflow.execute_activity_method(
            CaseActivities.carry_out,
            order,
            start_to_close_timeout=ONE_ATTEMPT,
            retry_policy=UNTIL_IT_WORKS,
            summary="the database was slow or away: until it works",
        )


async def send_at_once(order: SendAtOnce) -> PostReport | None:
    """Have what is urgent sent now; None when it could not be, and waits for the post round."""
    try:
        return await workflow.execute_activity_method(
            CaseActivities.send_at_once,
            order,
            start_to_close_timeout=ONE_ATTEMPT,
            schedule_to_close_timeout=SENDING,
            retry_policy=A_FEW_TIMES,
            summary="announcements do not wait for the post round",
        )
    except ActivityError as failed:
        if is_cancelled_exception(failed):
            raise
        workflow.logger.warning("urgent letters could not be sent; they wait for the post round")
        return None
