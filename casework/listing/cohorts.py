"""How the plans of one month went: those whose 20-week day lies in it, counted and shared out."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Engine

from casework.actor import Actor
from casework.list_queries import Filter
from casework.listing.queries import CAN_BE_MET, cohort_query


class Outcome(StrEnum):
    """What became of a plan that was due in a month."""

    IN_TIME = "in_time"
    LATE = "late"
    UNDER_RELIEF = "under_relief"
    SAVEABLE = "saveable"
    LOST = "lost"
    OPEN_LATE = "open_late"
    LIFTED = "lifted"
    ENDED_LATE = "ended_late"
    REPLACED = "replaced"


_FINISHED = {
    "met": Outcome.IN_TIME,
    "met_late": Outcome.LATE,
    "met_under_relief": Outcome.UNDER_RELIEF,
    "lifted": Outcome.LIFTED,
    "ended_overdue": Outcome.ENDED_LATE,
    "replaced": Outcome.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, by its first and last day."""

    first: date
    last: date

    @property
    def before(self) -> "Month":
        """The month before."""
        return month_of(date.fromordinal(self.first.toordinal() - 1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return month_of(date.fromordinal(self.last.toordinal() + 1))


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    return Month(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def outcome_of(standing: str, *, past: bool, can: bool) -> Outcome:
    """What has become of a plan: how its limit stands, whether its 20-week day is past, and if it `can` be met."""
    if standing in _FINISHED:
        return _FINISHED[standing]
    if past:
        return Outcome.OPEN_LATE
    return Outcome.SAVEABLE if can else Outcome.LOST


def cohort(db: Engine, actor: Actor, today: date, month: Month, narrow: Filter) -> dict[Outcome, int]:
    """How many plans that were due in a month came to what. Restricted people are counted for those named alone."""
    query = cohort_query(today, month.first, month.last).narrowed(narrow)
    columns = f"d.standing, d.legal_due < :day AS past, {CAN_BE_MET} AS can, count(*) AS number"
    found = dict.fromkeys(Outcome, 0)
    with db.connect() as connection:
        for row in query.sums(connection, actor.name, columns, group="1, 2, 3"):
            found[outcome_of(row["standing"], past=row["past"], can=row["can"])] += row["number"]
    return found
