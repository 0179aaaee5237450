"""Chances from what happened: of so many cases that stood at a stage on a day of their wait, so many moved on that day.

Kaplan and Meier's way of counting, with stages, and with leaving as an end of its own (Aalen and Johansen): a case
that is seen only up to today counts for the days on which it was seen; one that was withdrawn neither meets a limit
nor misses it, and is in no chance afterwards, as it is in no figure of those that were due.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from scorecard.forecast.course import Course, End, Limit

TOO_FEW = 20
"""With fewer past cases that stood at the same stage on the same day of their wait, no chance is given."""

_DONE, _LEFT = -1, -2

Moves = list[list[Counter[int]]]
Shares = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the past: for each stage and day of the wait, how many `waiting` cases there were and how many
    of them made which `moves` that day; `cases` is on how many cases that rests."""

    limit: Limit
    waiting: Sequence[Sequence[int]]
    moves: Sequence[Sequence[Counter[int]]]
    cases: int

    def rests_on(self, stage: int, waited: int) -> int:
        """How many past cases stood at the same stage on the day after so many days of waiting."""
        return self.waiting[stage][waited + 1] if 0 <= waited < self.limit.days else 0


@dataclass(frozen=True, slots=True)
class Chances:
    """For each stage and each day of the wait: the chance to have `met` the limit on its day, and the chance to be
    still `open` then. What is missing to 1 is the chance to have left."""

    met: Sequence[Sequence[float]]
    open: Sequence[Sequence[float]]

    def of(self, stage: int, waited: int) -> float | None:
        """The chance of meeting the limit for a case that does not leave; None where all that were like it left."""
        met, still_open = self.met[stage][waited], self.open[stage][waited]
        return met / (met + still_open) if met + still_open else None


def past_of(limit: Limit, courses: Iterable[Course], first: date, last: date) -> Past:
    """What happened from the day `first` to the day `last`, whenever the waits began."""
    places = range(len(limit.stages))
    moves: Moves = [[Counter[int]() for _ in range(limit.days + 2)] for _ in places]
    changes = [[0] * (limit.days + 3) for _ in places]
    cases = sum(_count(limit, each, first, last, changes, moves) for each in courses if each.reckoned)
    return Past(limit, [_summed(each) for each in changes], moves, cases)


def chances_of(past: Past) -> Chances:
    """The chances by the shares that moved, worked back from the last day of the limit to the first."""
    return _worked_back(past, lambda moves, waiting: [(goal, number / waiting) for goal, number in moves.items()])


def drawn_chances(past: Past, draw: Random, since: int = 0) -> Chances:
    """The same with the past drawn anew: the shares as they could have been with so many cases (Bayesian bootstrap).

    Only for whoever has waited `since` days or more: what is drawn for earlier days says nothing of them.
    """
    return _worked_back(past, lambda moves, waiting: _drawn(moves, waiting, draw), since)


def _count(limit: Limit, course: Course, first: date, last: date, changes: list[list[int]], moves: Moves) -> bool:
    """Count the days on which one case waited, stage by stage; whether there were any."""
    until = min(limit.days, (last - course.began).days)
    entered, stage = course.stages[0]
    begin, counted = max(1, (first - course.began).days), False
    final = None if course.end is None else _DONE if course.end is End.DONE else _LEFT
    for day, goal in (*course.stages[1:], (course.seen, final)):
        low, high = entered + 1 if entered >= begin else begin, day if day < until else until
        if low <= high:
            counted = True
            changes[stage][low] += 1
            changes[stage][high + 1] -= 1
            if goal is not None and high == day:
                moves[stage][day][goal] += 1
        if goal is not None:
            entered, stage = day, goal
    return counted


def _summed(changes: Sequence[int]) -> list[int]:
    total, found = 0, list[int]()
    for each in changes[:-1]:
        total += each
        found.append(total)
    return found


def _drawn(moves: Counter[int], waiting: int, draw: Random) -> Shares:
    parts = [(goal, draw.gammavariate(number, 1)) for goal, number in sorted(moves.items())]
    stayed = waiting - sum(moves.values())
    total = sum([part for _, part in parts]) + (draw.gammavariate(stayed, 1) if stayed else 0)
    return [(goal, part / total) for goal, part in parts]


def _worked_back(past: Past, shares: Callable[[Counter[int], int], Shares], since: int = 0) -> Chances:
    days, stages = past.limit.days, range(len(past.limit.stages))
    met = [[0.0] * (days + 1) for _ in stages]
    still_open = [[1.0] * (days + 1) for _ in stages]
    for day in range(days, since, -1):
        for stage in stages:
            in_time, late, stay = 0.0, 0.0, 1.0
            if moves := past.moves[stage][day]:
                moved = shares(moves, past.waiting[stage][day])
                stay = max(0.0, 1 - sum([share for _, share in moved]))
                in_time = sum(
                    [share * (1.0 if goal == _DONE else met[goal][day]) for goal, share in moved if goal != _LEFT]
                )
                late = sum([share * still_open[goal][day] for goal, share in moved if goal >= 0])
            met[stage][day - 1] = stay * met[stage][day] + in_time
            still_open[stage][day - 1] = stay * still_open[stage][day] + late
    return Chances(met, still_open)
