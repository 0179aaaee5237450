"""The rounds that go over all cases: the post, and the nightly check with repair."""

import asyncio
from datetime import UTC

from sqlalchemy import Engine
from temporalio import activity
from temporalio.client import Client

from activities.beating import beating
from activities.mail import Mail, report
from casework import round as round_
from casework.nightly import check
from engine.clocks import kind_of
from engine.messages import ANNUAL_REVIEW, NightlyReport, PostReport, RoundOrder
from engine.running import running_ids


class RoundActivities:
    """Run in the worker, with the database, the mail and the client they were given."""

    def __init__(self, db: Engine, mail: Mail, client: Client) -> None:
        """`client` is the worker's own: the nightly check asks it what runs."""
        self._db = db
        self._mail = mail
        self._client = client

    # Not interrupted between the server's "accepted" and our note of it when the worker is told to stop.
    @activity.defn(no_thread_cancel_exception=True)
    def post_round(self, order: RoundOrder) -> PostReport:
        """Send everything that waits and may go now, one digest for each person."""
        # Ordered at half past eight and begun at midnight, because no worker was there: letters speak from the
        # moment they are written, and sociable hours are over.
        now = max(order.now, activity.info().started_time).astimezone(UTC)
        with beating():
            return report(round_.post_round(self._db, now, self._mail.courier, self._mail.house, force=order.force))

    @activity.defn
    async def nightly_check(self, order: RoundOrder) -> NightlyReport:
        """Compare the records with what runs, repair what can be repaired, count what cannot."""
        running = await running_ids(self._client)
        found = await asyncio.to_thread(check, self._db, running, order.now.astimezone(UTC))
        # It left a wake row for each; the relay beside this very worker delivers them within a second.
        reviews = sum(kind_of(clock) == ANNUAL_REVIEW for clock in running)
        return NightlyReport(
            running=len(running), reviews=reviews, woken=len(found.to_wake), findings=len(found.problems)
        )
