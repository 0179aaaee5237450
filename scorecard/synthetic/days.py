"""Days on which things happen: working days, and days on which schools are open, between two others."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from statute.calendar import ENGLAND

FIRST_YEAR = 2014
"""No plan was made before Part 3 of the Children and Families Act 2014 was in force."""

_HOLIDAYS = (((2, 12), (2, 18)), ((5, 26), (6, 1)), ((7, 23), (9, 2)), ((10, 25), (11, 1)), ((12, 21), (12, 31)))
"""About when schools are closed: half terms, summer and Christmas."""


def after(day: date, days: int) -> date:
    """The day so many days later (or, negative, before)."""
    return day + timedelta(days=days)


def census_day(year: int) -> date:
    """The day of the January census after a calendar year: the third Thursday of January."""
    first = date(year + 1, 1, 1)
    return after(first, (3 - first.weekday()) % 7 + 14)


def _school_is_open(day: date) -> bool:
    if day.month == 1 and day.day < 6:
        return False
    return not any(first <= (day.month, day.day) <= last for first, last in _HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from which a council's are drawn. `rng` decides; the same seed draws the same."""

    rng: Random
    working: tuple[date, ...]
    school: tuple[date, ...]

    def within(self, first: date, last: date) -> bool:
        """Whether there is a working day in between, both ends counted."""
        return bisect_left(self.working, first) < bisect_right(self.working, last)

    def any(self, first: date, last: date) -> date:
        """A working day in between, all alike; ValueError where there is none."""
        return self._pick(self.working, first, last)

    def near(self, day: date, first: date, last: date) -> date:
        """The working day nearest to a day in between."""
        return _nearest(self.working, day, first, last)

    def late(self, first: date, last: date, days: float) -> date:
        """A working day in between, more likely towards the end: so many days before it in the mean."""
        return self.near(after(last, -int(self.rng.expovariate(1 / days))), first, last)

    def soon(self, first: date, last: date, days: float) -> date:
        """A working day in between, more likely towards the beginning: so many days after it in the mean."""
        return self.near(after(first, int(self.rng.expovariate(1 / days))), first, last)

    def meeting(self, first: date, last: date, days: float = 0) -> date:
        """A school day in between (a working day where there is none); with `days`, more likely towards the end."""
        has_school = bisect_left(self.school, first) < bisect_right(self.school, last)
        chosen = self.school if has_school else self.working
        if not days:
            return self._pick(chosen, first, last)
        return _nearest(chosen, after(last, -int(self.rng.expovariate(1 / days))), first, last)

    def _pick(self, among: tuple[date, ...], first: date, last: date) -> date:
        low, high = bisect_left(among, first), bisect_right(among, last)
        if low >= high:
            raise ValueError(f"no such day from {first} to {last}")
        return among[low + int(self.rng.random() * (high - low))]


def _nearest(among: tuple[date, ...], day: date, first: date, last: date) -> date:
    low, high = bisect_left(among, first), bisect_right(among, last)
    if low >= high:
        raise ValueError(f"no such day from {first} to {last}")
    return among[min(max(bisect_left(among, day), low), high - 1)]


def days_for(rng: Random, year: int) -> Days:
    """The days up to the census after a year."""
    first, last = date(FIRST_YEAR, 9, 1), census_day(year)
    working = [
        day for number in range((last - first).days + 1) if ENGLAND.is_working_day(day := first + timedelta(number))
    ]
    return Days(rng, tuple(working), tuple(day for day in working if _school_is_open(day)))
