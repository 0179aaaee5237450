"""Every day of a council moved by the same number of whole weeks, so that weekdays stay what they were."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TypeVar

from scorecard.synthetic.rows import AssessmentRow, PlanRow

R = TypeVar("R", AssessmentRow, PlanRow)


def moved(rows: Iterable[R], weeks: int) -> list[R]:
    """The rows with every day moved; children are as old as before."""
    by = timedelta(weeks=weeks)
    return [_moved(row, by) if weeks else row for row in rows]


def _moved(row: R, by: timedelta) -> R:
    days = {name: day + by for name in _NAMES[type(row)] if isinstance(day := getattr(row, name), date)}
    child = replace(row.child, date_of_birth=row.child.date_of_birth + by)
    return replace(row, child=child, **days)  # pyright: ignore[reportArgumentType]


_NAMES = {kind: tuple(each.name for each in fields(kind)) for kind in (AssessmentRow, PlanRow)}
