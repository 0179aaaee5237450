"""The end of a month: the position of annual reviews is put down, once, as it then stood.

Lists answer for any day by what is known today; what was told to a board must not change afterwards. A month that was
missed, because nothing ran, is put down later, by what is known then: when that was stands in its row.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.backlog import backlog, no_meeting
from casework.piles import Pile
from casework.review_progress import progress
from config.clock import london_day
from records.tables import RoundLog

MONTH_END = "month_end"
MOST = 12
"""Months that are made up for at once: what is missing beyond is left for the next time."""
_ENGINE = Actor("month-end", "engine")
_month = col(RoundLog.note)["month"].as_string()


def month_before(today: date) -> date:
    """The last day of the month before `today`."""
    return today.replace(day=1) - timedelta(days=1)


def months_missed(first: date, today: date, done: Collection[date]) -> list[date]:
    """The last days of the months from that of `first` to the one before `today` that are not among those done, the
    newest first."""
    found: list[date] = []
    last = month_before(today)
    while last >= first:
        found.append(last)
        last = month_before(last)
    return [each for each in found if each not in done]


def close_months(db: Engine, ordered: datetime, now: datetime) -> int:
    """Close the month before `now`, and every month since the first that was closed (or since the order was given)
    that was missed: the newest first, at most `MOST` at once. How many were closed."""
    done = _months(db)
    first = min([month_before(london_day(ordered)), *done])
    missed = months_missed(first, london_day(now), done)[:MOST]
    return sum(close_month(db, now, month) for month in missed)


def close_month(db: Engine, now: datetime, month: date | None = None) -> bool:
    """Put down how reviews stood at the end of the month whose last day is `month`, of that before `now` (aware)
    where none is named; False when that was done already.

    Counts only: reviews of the year expected, complete, in time and overdue; decisions outstanding by pile; reviews
    without a meeting. Restricted people are not counted apart, and nobody is named.
    """
    last = month or month_before(london_day(now))
    with Session(db) as session, session.begin():
        if _kept(session, last) is not None:
            return False
        session.add(
            RoundLog(kind=MONTH_END, started_at=now, finished_at=now, note=_position(db, last, london_day(now)))
        )
    return True


def position_of(db: Engine, month: date) -> dict[str, Any] | None:
    """What was put down for the month that ended on `month`, or None."""
    with Session(db) as session:
        return _kept(session, month)


def positions(db: Engine, most: int = 12) -> list[dict[str, Any]]:
    """What was put down for the last months, the newest first."""
    query = select(RoundLog).where(RoundLog.kind == MONTH_END).order_by(_month.desc()).limit(most)
    with Session(db) as session:
        return [log.note for log in session.exec(query)]


def _position(db: Engine, last: date, today: date) -> dict[str, Any]:
    outstanding = backlog(db, _ENGINE, today, as_of=last).items
    year = asdict(progress(db, _ENGINE, today, as_of=last))
    return {
        "month": last.isoformat(),
        "year": {**year, "as_of": last.isoformat()},
        "outstanding": {pile.value: sum(each.pile == pile.value for each in outstanding) for pile in Pile},
        "outstanding_late": sum(each.days_overdue > 0 for each in outstanding),
        "no_meeting": len(no_meeting(db, _ENGINE, today, as_of=last).items),
    }


def _kept(session: Session, month: date) -> dict[str, Any] | None:
    query = select(RoundLog).where(RoundLog.kind == MONTH_END, _month == month.isoformat())
    found = session.exec(query.order_by(col(RoundLog.started_at).desc())).first()
    return found.note if found else None


def _months(db: Engine) -> set[date]:
    with Session(db) as session:
        said = session.exec(select(_month).where(RoundLog.kind == MONTH_END)).all()
    return {date.fromisoformat(each) for each in said}
