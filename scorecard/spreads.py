"""How figures are spread: plans by the weeks that they took, and what came of the assessments due in each month.

Of the counted rows as they are: whoever asks has brought them up to date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from scorecard.figures import PERIODS, parameters
from scorecard.period import Period, months_up_to
from scorecard.populations import POPULATIONS

_WEEKS = text(
    "SELECT greatest(1, (x.days + 6) / 7) AS week, count(*) AS plans "  # noqa: S608 - SQL of ours
    f"FROM {PERIODS} CROSS JOIN LATERAL ({POPULATIONS['plans']}) x "
    "WHERE NOT (x.excepted AND :without_excepted) GROUP BY 1 ORDER BY 1"
)
# Late is whatever ended after the twentieth week, with a plan or without: it was still to be finished then.
_DUE = text(
    "SELECT p.first_day, count(*) FILTER (WHERE x.in_time) AS in_time, "  # noqa: S608 - SQL of ours
    "count(*) FILTER (WHERE x.in_time IS NOT TRUE AND x.ended_on <= p.as_at) AS late, "
    "count(*) FILTER (WHERE x.in_time IS NOT TRUE AND (x.ended_on IS NULL OR x.ended_on > p.as_at)) AS still_open "
    f"FROM {PERIODS} CROSS JOIN LATERAL ({POPULATIONS['cohort']}) x WHERE NOT x.ended_before AND NOT x.replaced "
    "GROUP BY p.first_day ORDER BY p.first_day"
)


@dataclass(frozen=True, slots=True)
class DueMonth:
    """Assessments whose twenty weeks ended in one month, and what had come of them by today."""

    first: date
    in_time: int
    late: int
    still_open: int


def weeks_to_plan(connection: Connection, period: Period, *, without_excepted: bool = False) -> dict[int, int]:
    """How many of the plans of a period were sent in their first week, in their second, and so on.

    Day 140 is of week 20, day 141 of week 21. `without_excepted` leaves out plans with an exception of the twenty
    weeks.
    """
    rows = connection.execute(_WEEKS, {**parameters([period]), "without_excepted": without_excepted})
    return {row.week: row.plans for row in rows}


def due_months(connection: Connection, last: date, today: date, months: int = 12) -> Sequence[DueMonth]:
    """What came of the assessments due in each of so many months up to that of the day `last`, seen from `today`."""
    periods = [Period(each.first, each.last, today, over=each.last < today) for each in months_up_to(last, months)]
    found = {row.first_day: DueMonth(*row) for row in connection.execute(_DUE, parameters(periods))}
    return [found.get(each.first, DueMonth(each.first, 0, 0, 0)) for each in periods]
