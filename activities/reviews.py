"""What is done for all plans on fixed days."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio import activity

from activities.beating import beating
from casework import sweep, term_lists
from casework.actor import Actor
from casework.month_end import close_months
from engine.messages import MonthsClosed, ReviewsOpened, RoundOrder, TermListsPrepared
from scorecard.snapshots.missed import freeze_missed

# Seconds between heartbeats: several before the workflow gives up on a worker.
PULSE = 3.0
_MONTH_END = Actor("month-end", "engine")


class ReviewActivities:
    """Run in the worker's threads, with the database they were given."""

    def __init__(self, db: Engine) -> None:
        """`db` is the application's database."""
        self._db = db

    @activity.defn
    def open_due(self, order: RoundOrder) -> ReviewsOpened:
        """Open each review whose day has come, and leave word for its clock.

        The relay beside every worker starts the clocks within a second. A sweep that died goes on where it was:
        each batch is a transaction of its own, and what is open is not opened again.
        """
        opened = sweep.open_due(self._db, _when(order), beat=activity.heartbeat)
        return ReviewsOpened(opened=opened.count)

    @activity.defn
    def prepare_term_lists(self, order: RoundOrder) -> TermListsPrepared:
        """Prepare the lists of reviews before a term that comes near. Repeating it prepares and says nothing twice."""
        with beating(PULSE):
            prepared = term_lists.prepare_due(self._db, _when(order))
        return TermListsPrepared(lists=prepared.lists, messages=prepared.messages)

    @activity.defn
    def close_month(self, order: RoundOrder) -> MonthsClosed:
        """Put down how reviews stood at the end of the month before, and freeze its scorecard. Repeating it does
        neither twice.

        So are the months that were missed while nothing ran, by what is known now: at most a year of them at once.
        """
        ordered, now = order.now.astimezone(UTC), _when(order)
        with beating(PULSE):
            closed = close_months(self._db, ordered, now)
            freeze_missed(self._db, ordered, now, _MONTH_END)
        return MonthsClosed(months=closed)


def _when(order: RoundOrder) -> datetime:
    """Ordered on Friday and begun on Monday, because no worker was there: Monday counts."""
    return max(order.now, activity.info().started_time).astimezone(UTC)
