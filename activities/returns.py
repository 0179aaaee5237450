"""What became of letters: told by mail that came back, or asked of GOV.UK Notify; and what is sent on because of it."""

from datetime import UTC

from sqlalchemy import Engine
from temporalio import activity

from activities.beating import beating
from activities.mail import Mail
from casework.return_look import look
from config.settings import Settings
from engine.messages import ReturnsRead, RoundOrder


class ReturnActivities:
    """Run in the worker's threads, with the database, the mail and the settings they were given."""

    def __init__(self, db: Engine, mail: Mail, settings: Settings) -> None:
        """`settings` say where the mailbox is, and whether Notify carries the mail."""
        self._db = db
        self._mail = mail
        self._settings = settings

    # Not interrupted between the server's "accepted" and our note of it when the worker is told to stop.
    @activity.defn(no_thread_cancel_exception=True)
    def read_returns(self, order: RoundOrder) -> ReturnsRead:
        """Read the mailbox, ask Notify, send on what came back. Repeating it does nothing twice.

        Only counts leave it. What stands in the way of the mailbox is in the log and in `ehcp doctor`.
        """
        now = max(order.now, activity.info().started_time).astimezone(UTC)
        with beating():
            looked = look(self._db, self._settings, now, self._mail.courier, self._mail.house)
        read, polled = looked.read, looked.polled
        return ReturnsRead(
            bounces=read.bounces + polled.bounced,
            delayed=read.delayed,
            automatic=read.automatic,
            replies=read.replies,
            unfiled=read.unfiled,
            passed_on=looked.sent_on,
            asked=polled.asked,
            problems=bool(read.problem) + bool(polled.problem),
        )
