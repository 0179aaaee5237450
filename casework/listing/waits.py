"""How long families wait: the longest of the open assessments, and how many are past twenty and fifty-two weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine

from casework.actor import Actor
from casework.list_queries import Filter
from casework.listing.queries import CAN_BE_MET, decisions_query, saveable_query, waits_query


@dataclass(frozen=True, slots=True)
class Waits:
    """Whole weeks of the longest wait past twenty (None: there is none), and how many are past 20 and 52 weeks."""

    longest: int | None
    over_20: int
    over_52: int


def waits(db: Engine, actor: Actor, today: date, narrow: Filter) -> Waits:
    """The three figures that stand beside what can still be saved. Restricted people count for those named alone."""
    year = (today - timedelta(weeks=52)).isoformat()
    columns = f"min(d.start) AS first, count(*) AS over_20, count(*) FILTER (WHERE d.start < '{year}') AS over_52"
    with db.connect() as connection:
        (row,) = waits_query(today).narrowed(narrow).sums(connection, actor.name, columns)
    longest = (today - row["first"]).days // 7 if row["first"] else None
    return Waits(longest, row["over_20"], row["over_52"])


def to_save(db: Engine, actor: Actor, today: date, last: date, narrow: Filter) -> tuple[int, int, int]:
    """How many plans can still be in time, how many no longer can, and the review decisions due up to `last`."""
    columns = f"count(*) AS number, count(*) FILTER (WHERE {CAN_BE_MET}) AS can"
    with db.connect() as connection:
        (plans,) = saveable_query(today, can=None).narrowed(narrow).sums(connection, actor.name, columns)
        (reviews,) = decisions_query(today, last).narrowed(narrow).sums(connection, actor.name, "count(*) AS number")
    return plans["can"], plans["number"] - plans["can"], reviews["number"]
