"""The history of every day that a change of the calendar moved: told where the day is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import UUID

from sqlmodel import Session, col, select

from casework.calendar_words import FIELD_WORDS, change_in_words, why_moved
from records.tables import CalendarChange, MovedDay
from statute.timeline import Deadline, Timeline

Moved = tuple[MovedDay, CalendarChange]


def moved_days(session: Session, process_id: UUID, known_at: datetime | None = None) -> Sequence[Moved]:
    """The days of a process that were moved, oldest change first, by the changes known at that (aware) moment."""
    query = (
        select(MovedDay, CalendarChange)
        .join(CalendarChange, col(CalendarChange.number) == col(MovedDay.change_number))
        .where(MovedDay.process_id == process_id)
        .order_by(col(MovedDay.change_number), col(MovedDay.id))
    )
    if known_at is not None:
        query = query.where(col(CalendarChange.applied_at) <= known_at)
    return session.exec(query).all()


def with_history(timeline: Timeline, moved: Sequence[Moved]) -> Timeline:
    """The timeline with, in each explanation, the sentences on the days of that limit that were moved."""
    if not moved:
        return timeline
    return replace(timeline, deadlines=tuple(_told(deadline, moved) for deadline in timeline.deadlines))


def _told(deadline: Deadline, moved: Sequence[Moved]) -> Deadline:
    of_it = [each for each in moved if (each[0].limit_id, each[0].subject) == (deadline.limit, deadline.subject)]
    if not of_it:
        return deadline
    return replace(deadline, _explain=partial(_explained, deadline, of_it))


def _explained(as_worked_out: Deadline, moved: Sequence[Moved], _: Deadline) -> str:
    return " ".join([as_worked_out.explain(), *(why_moved(*each) for each in moved)])


def changes_in_words(moved: Sequence[Moved]) -> Iterator[tuple[CalendarChange, str, str]]:
    """Each change that moved something in a process: the change, what it was, and what moved from where to where."""
    for _, of_change in groupby(moved, key=lambda each: each[1].number):
        days = list(of_change)
        change = days[0][1]
        because = f" ({change.because})" if change.because else ""
        said = f"calendar changed: {change_in_words(change.what)}{because}"
        yield change, said, "; ".join(_in_short(each) for each, _ in days)


def _in_short(moved: MovedDay) -> str:
    limit = f"{moved.limit_id} {moved.subject}".strip()
    return f"{limit}: {FIELD_WORDS[moved.field]} {moved.was or 'none'} -> {moved.now or 'none'}"
