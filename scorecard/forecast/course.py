"""The course of a case as it was known at the end of a day: the stages it reached, and how many days were left then.

Everything here looks at days alone: what happened after the day is as if it had not happened. Days are counted so that
the last day of a limit is always the same: day 140 of the twenty weeks, day 365 of the twelve months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple
from uuid import UUID


class End(Enum):
    """How a wait ended: with what the limit asks for, or in a way after which nothing is due any more."""

    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is forecast: `days` up to its last one, and the stages a case goes through meanwhile.

    `law` are the limits of statute/ that it stands for; `window` the months of the past that are looked at. A limit
    that is `beside` binds only if the authority decides in one way: it stands beside the next one that binds, never in
    its place. `monthly` is False where cases come under the limit late in its days, so that no month to come is whole.
    """

    id: str
    name: str
    days: int
    stages: tuple[str, ...]
    law: tuple[str, ...]
    window: int = 24
    beside: bool = False
    monthly: bool = True


class Course(NamedTuple):
    """One wait as known at the end of a day: `began` is so many days before the last as the limit has. `stages` are
    days since then and the stages reached on them, in order (the first: when the limit began to bind); `seen` is the
    day on which the wait ended (`end`) or was last seen (no `end`)."""

    process_id: UUID
    began: date
    stages: tuple[tuple[int, int], ...]
    seen: int
    end: End | None
    reckoned: bool = True  # whether the past is read from it: not from a wait that began with another authority

    @property
    def stage(self) -> int:
        """The stage last reached."""
        return self.stages[-1][1]

    def due(self, limit: Limit) -> date:
        """The last day of the limit."""
        return self.began + timedelta(limit.days)

    def met(self, limit: Limit) -> bool | None:
        """Whether the limit was met; None where nothing was due on its day, or where that is not over."""
        if self.seen > limit.days or (self.end is None and self.seen == limit.days):
            return False
        return True if self.end is End.DONE else None


class Wait(NamedTuple):
    """The days of a wait, whenever they are: it binds since `since` and is `due`; what `reached` which stage; what was
    `done`, or how it `left` otherwise."""

    process_id: UUID
    since: date
    due: date
    reached: Sequence[tuple[date | None, int]]
    done: date | None
    left: date | None
    reckoned: bool = True


def course_of(limit: Limit, wait: Wait, day: date) -> Course | None:
    """The course of a wait as known on `day`; None where the limit did not bind yet."""
    process_id, since, due, reached, done, left, reckoned = wait
    if since > day:
        return None
    end, last = End.DONE, done
    if last is None or last > day:
        end, last = (End.LEFT, left) if left is not None and left <= day else (None, day)
    began = due - timedelta(limit.days)
    first = max((since - began).days, 0)
    stages = [(first, 0)]
    for on, stage in reached:
        # One that is reached on the day of the end is no wait at all.
        if on is not None and (on < last or (on == last and end is None)):
            place = max((on - began).days, first)
            # Of two that were reached on one day the later counts.
            if stages[-1][0] == place:
                stages.pop()
            stages.append((place, stage))
    return Course(process_id, began, tuple(stages), max((last - began).days, first), end, reckoned)


def earliest(*days: date | None) -> date | None:
    """The earliest of those that are known."""
    found: date | None = None
    for each in days:
        if each is not None and (found is None or each < found):
            found = each
    return found
