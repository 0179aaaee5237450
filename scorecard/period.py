"""The time that a figure is of: days of a flow, and the day on which a stock is looked at."""

from dataclasses import dataclass
from datetime import date, timedelta

from casework.service_figures import month_after

__all__ = ["Period", "census_day", "month_after", "month_of", "months_up_to", "year_of"]

_DAY = timedelta(days=1)
_THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both days counted; what came of it is looked at as at `as_at`, on or after `last`.

    Of a period that is not over (`over`), `last` and `as_at` are today: what is due today can still be done, while on
    the last day of a period that is over it was done or missed.
    """

    first: date
    last: date
    as_at: date
    over: bool = True


def month_of(day: date) -> Period:
    """The month in which the day lies, looked at on its last day."""
    first = day.replace(day=1)
    last = month_after(first) - _DAY
    return Period(first, last, last)


def months_up_to(last: date, number: int) -> list[Period]:
    """So many months, the last of them that in which `last` lies, oldest first."""
    first = last.replace(day=1)
    return [month_of(month_after(first, -back)) for back in reversed(range(number))]


def year_of(year: int) -> Period:
    """A calendar year as the department publishes it: looked at on the census day after it."""
    return Period(date(year, 1, 1), date(year, 12, 31), census_day(year))


def census_day(year: int) -> date:
    """The day of the school census after a calendar year: the third Thursday of January.

    Our reading: the columns for January of the next year hold about that many days (see docs/scorecard.md).
    """
    first = date(year + 1, 1, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 14)
