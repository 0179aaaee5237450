"""How far the reviews of a year have come: so much of the year gone, so much of the reviews complete."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.backlog_queries import EVERYBODY, Whose, due_between


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reviews of a calendar year have come by a day.

    `expected` reviews were to be complete in the year; of them `complete`, `in_time` by their legal day,
    `overdue` now. Percentages are whole numbers, of the year's days and of the reviews expected.
    """

    year: int
    as_of: date
    expected: int
    complete: int
    in_time: int
    overdue: int
    year_gone: int
    complete_percent: int


def progress(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    year: int | None = None,
    as_of: date | None = None,
    whose: Whose = EVERYBODY,
) -> Progress:
    """How many of the reviews that were to be complete in a calendar year are, beside how much of it has gone.

    A review is complete on the day its decision is notified (s.44(1)(b)); the year is that of its legal day.
    """
    day = as_of or today
    year = year or day.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    with Session(db) as session:
        rows = due_between(session.connection(), first, last, day, today, whose.bound(actor))
    return _progress(rows, year, day)


def _progress(rows: Sequence[Mapping[str, Any]], year: int, day: date) -> Progress:
    counted = [row for row in rows if row["standing"] not in ("not_applicable", "replaced")]
    expected = _sum(counted)
    complete = _sum(row for row in counted if row["met_on"])
    days = (date(year, 12, 31) - date(year - 1, 12, 31)).days
    gone = min(max((day - date(year - 1, 12, 31)).days, 0), days)
    return Progress(
        year=year,
        as_of=day,
        expected=expected,
        complete=complete,
        in_time=_sum(row for row in counted if row["met_on"] and row["met_on"] <= row["legal_due"]),
        overdue=_sum(row for row in counted if row["standing"] == "open" and row["legal_due"] < day),
        year_gone=100 * gone // days,
        complete_percent=100 * complete // expected if expected else 0,
    )


def _sum(rows: Iterable[Mapping[str, Any]]) -> int:
    return sum(row["number"] for row in rows)
