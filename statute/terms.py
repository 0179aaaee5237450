"""School terms as an authority has recorded them. Not the law: no limit of the Regulations stops for a holiday."""

from dataclasses import dataclass
from datetime import date, timedelta

# A longer gap between terms is a term that nobody has recorded.
LONGEST_HOLIDAY = timedelta(days=60)
# Where no term is recorded before: the days before the next that are holidays even in the shortest summer.
SURELY_HOLIDAY = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Term:
    """One term, or the half of one: its first and its last day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one setting, in any order; terms may overlap where a setting's own lie over its authority's."""

    spans: tuple[Term, ...] = ()

    def in_term(self, day: date) -> bool:
        """Whether the day falls in a recorded term."""
        return any(term.first <= day <= term.last for term in self.spans)

    def next_start(self, day: date) -> date | None:
        """The first day of the first term that starts after `day`; None when none is recorded."""
        return min((term.first for term in self.spans if term.first > day), default=None)

    def know(self, day: date) -> bool:
        """Whether it is recorded if school is open on that day: it is in a term, or in the holidays before one."""
        if self.in_term(day):
            return True
        start, end = self.next_start(day), max((term.last for term in self.spans if term.last < day), default=None)
        if start is None:
            return False
        return start - day <= SURELY_HOLIDAY or (end is not None and start - end <= LONGEST_HOLIDAY)

    def back_at_school(self, day: date) -> date:
        """`day` itself in term, and where nothing is known of it; else the first day of the next term."""
        if self.in_term(day) or not self.know(day):
            return day
        return self.next_start(day) or day


NO_TERMS = Terms()
