"""Months that nobody froze in their time: frozen when it is found out, as then known, and said to be late."""

from datetime import date, datetime

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from casework.month_end import MOST, month_before, months_missed
from config.clock import london_day
from scorecard.snapshots.freezing import freeze

# What somebody froze by hand is no beginning: the months after it were never to be frozen by themselves.
_BY_ITSELF = text("SELECT month, taken_by = :actor AS by_itself FROM snapshot WHERE authority = :authority")


def freeze_missed(db: Engine, ordered: datetime, now: datetime, actor: Actor) -> list[date]:
    """Freeze the month before `now`, and every month since the first that `actor` froze (or since the order was given)
    of which there is no snapshot: the newest first, at most `MOST` at once. The last days of those that were frozen.

    What is frozen is what is known `now`, and says so: see `Frozen.late`.
    """
    bound = {"authority": authority(), "actor": actor.name}
    with db.connect() as connection:
        rows = connection.execute(_BY_ITSELF, bound).all()
    first = min([month_before(london_day(ordered)), *(row.month for row in rows if row.by_itself)])
    missed = months_missed(first, london_day(now), {row.month for row in rows})[:MOST]
    return [month for month in missed if freeze(db, month, actor, now)]
