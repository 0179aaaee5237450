"""What the clock of one process does to the world."""

from datetime import UTC

from sqlalchemy import Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.mail import Mail, report
from casework import chasing
from casework.round import send_urgent
from engine.messages import CarriedOut, CarryOut, PostReport, SendAtOnce


class CaseActivities:
    """Run in the worker's threads, with the database and the mail they were given."""

    def __init__(self, db: Engine, mail: Mail) -> None:
        """`db` is the application's database, `mail` how letters leave."""
        self._db = db
        self._mail = mail

    # What took too long is done to its end, and done again by the next attempt, which waits for it: an exception thrown
    # into the middle of whatever the thread is at could leave a connection or a lock behind.
    @activity.defn(no_thread_cancel_exception=True)
    def carry_out(self, order: CarryOut) -> CarriedOut:
        """Do what is due for a process and say when to wake next. Repeating it does nothing twice."""
        done = chasing.carry_out(self._db, order.process_id, order.now.astimezone(UTC), order.run)
        return CarriedOut(
            version=done.version,
            next_wake=done.next_wake,
            closed=done.closed,
            outcome=done.outcome,
            summary=done.summary,
            urgent=done.urgent,
        )

    # Not interrupted between the server's "accepted" and our note of it when the worker is told to stop.
    @activity.defn(no_thread_cancel_exception=True)
    def send_at_once(self, order: SendAtOnce) -> PostReport:
        """Send a process's urgent letters now, whatever the hour.

        Raises ApplicationError when some are left because the mail server would not have them yet: Temporal
        then tries again.
        """
        now = order.now.astimezone(UTC)
        sent = report(send_urgent(self._db, order.process_id, now, self._mail.courier, self._mail.house))
        if sent.left:
            raise ApplicationError(
                f"{sent.left} urgent letters are left",
                type="MailServerAway",
                category=ApplicationErrorCategory.BENIGN,
            )
        return sent
