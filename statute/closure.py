"""When a school's closure lifts a limit: regs 5(4)(a)-(b), 10(4)(a)-(b) and, through 13(3), reg 13.

The ground turns on the day advice was *asked for*, not on where the limit falls: the day must lie in "a period
beginning one week before any date on which that school or institution was closed for a continuous period of
not less than 4 weeks from that date and ending one week before the date on which it re-opens".
"""

from dataclasses import dataclass
from datetime import date, timedelta

from statute.errors import FactError

FOUR_WEEKS = 28
# Inclusive ends, a Saturday start and INSET days are unsettled, so a person decides this near an edge.
EDGE = 3

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Closure:
    """One closure of one school, and whether asking for advice on one day makes the ground available.

    `closed_days` are calendar days from the first closed day up to, not including, the day of re-opening.
    A closure of under four weeks opens no window in law: its days are shown, and nothing lies in it.
    `in_window` says that the day lies in the window of a closure that qualifies, which makes the ground
    `available`; `needs_confirmation` when the day is within three days of an edge.
    """

    closed_days: int
    qualifies: bool
    window_start: date
    window_end: date
    in_window: bool
    available: bool
    needs_confirmation: bool


def closure(first_closed: date, reopens: date, advice_requested: date) -> Closure:
    """Test a closure against the day on which advice was asked of the head, principal or SENCO.

    Raises FactError when the school re-opens on or before the day it closes.
    """
    if reopens <= first_closed:
        raise FactError(f"The school re-opens on {reopens}, which is not after its first closed day {first_closed}.")
    start, end = first_closed - _WEEK, reopens - _WEEK
    closed_days = (reopens - first_closed).days
    qualifies = closed_days >= FOUR_WEEKS
    in_window = qualifies and start <= advice_requested <= end
    edge = min(abs((advice_requested - start).days), abs((advice_requested - end).days)) <= EDGE
    return Closure(closed_days, qualifies, start, end, in_window, in_window, qualifies and edge)
