"""How long requests wait: the share still open after so many weeks, from what happened and nothing else.

Kaplan and Meier's estimator. A request that left without a decision (withdrawn, moved away, still open today) counts
among those waiting for as long as it was seen to wait, and not as finished: to leave it out would make waits look
shorter, to count it as finished too.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from casework.cases import authority

DECIDED = ("final_plan_sent", "decision_not_to_assess", "decision_not_to_issue")
"""Ends that the authority brings about; every other end only says for how long the request was seen to wait."""

_WAITS = text(
    "SELECT least(coalesce(ended_on, :as_at), :as_at) - began AS days, "
    "coalesce(ended_on <= :as_at AND ended_as = ANY(:decided), FALSE) AS finished FROM counted_assessment "
    "WHERE authority = :authority AND NOT void AND began BETWEEN :first AND :last AND began <= :as_at"
)


@dataclass(frozen=True, slots=True)
class Wait:
    """One request: `days` for which it was seen to wait, and whether it `finished` then or was last seen."""

    days: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which requests finished: so many were still `waiting` on it, of whom so many `finished`; `open` is the
    share (0 to 1) that is still open after it."""

    days: int
    waiting: int
    finished: int
    open: float


@dataclass(frozen=True, slots=True)
class Week:
    """After so many `weeks`: the share still open, and how many were seen to wait longer (few say little)."""

    weeks: int
    open: float
    waiting: int


def steps(waits: Iterable[Wait]) -> list[Step]:
    """Kaplan and Meier's steps, in the order of their days: the share falls only where something finished.

    What was last seen on the day on which another finished counts as waiting on it.
    """
    ends, seen = Counter[int](), Counter[int]()
    for wait in waits:
        (ends if wait.finished else seen)[wait.days] += 1
    waiting, share, found = ends.total() + seen.total(), 1.0, list[Step]()
    for days in sorted(ends.keys() | seen.keys()):
        if ends[days]:
            share *= 1 - ends[days] / waiting
            found.append(Step(days, waiting, ends[days], share))
        waiting -= ends[days] + seen[days]
    return found


def by_week(waits: Sequence[Wait], most: int = 104) -> list[Week]:
    """The share still open after each whole week, from the beginning for as long as anything was seen to wait."""
    fallen, seen = steps(waits), sorted(wait.days for wait in waits)
    shares, days_of = [1.0, *(each.open for each in fallen)], [each.days for each in fallen]
    found: list[Week] = []
    for weeks in range(most + 1):
        waiting = len(seen) - bisect_right(seen, 7 * weeks)
        found.append(Week(weeks, shares[bisect_right(days_of, 7 * weeks)], waiting))
        if not waiting:
            break
    return found


def waits_of(connection: Connection, first: date, last: date, as_at: date) -> list[Wait]:
    """How long each request received from `first` to `last` waited for its end, as seen on the day `as_at`.

    Of the counted rows as they are: whoever asks has brought them up to date.
    """
    bound = {"authority": authority(), "first": first, "last": last, "as_at": as_at, "decided": list(DECIDED)}
    return [Wait(row.days, row.finished) for row in connection.execute(_WAITS, bound)]
