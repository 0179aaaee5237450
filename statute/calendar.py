"""Working days in England.

The SEND Regulations 2014 do not define a working day: here it is a day that is not a Saturday, a
Sunday, Christmas Day, Good Friday or a bank holiday in England. School holidays are working days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from holidays import country_holidays

_DAY = timedelta(days=1)
_SATURDAY = 5

FIRST_YEAR, LAST_YEAR = 2014, 2060


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one nation, and the days on which one authority's offices are closed besides.

    `bank_holidays` are the days other than Saturdays and Sundays on which nobody works. Outside the years
    FIRST_YEAR to LAST_YEAR only weekends are known. `closures` are working days in law: no limit and no time that
    is counted in working days knows of them.
    """

    name: str
    bank_holidays: frozenset[date]
    closures: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether that day is neither a weekend nor a bank holiday."""
        return day.weekday() < _SATURDAY and day not in self.bank_holidays

    def is_office_day(self, day: date) -> bool:
        """Whether the authority's offices work on that day: a working day on which they are not closed."""
        return self.is_working_day(day) and day not in self.closures

    def operational_due(self, day: date) -> date:
        """The last day on or before `day` on which the offices work.

        Nothing in SI 2014/1530 moves a limit that falls on a weekend or holiday, so the last day
        on which an office can still act is earlier, never later.
        """
        while not self.is_office_day(day):
            day -= _DAY
        return day

    def working_day_after(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (the day itself is not counted; number of at least 1)."""
        while number > 0:
            day += _DAY
            number -= self.is_working_day(day)
        return day

    def with_changes(
        self, *, added: Iterable[date] = (), removed: Iterable[date] = (), closed: Iterable[date] = ()
    ) -> "Calendar":
        """This calendar with bank holidays proclaimed or cancelled since it was frozen, and offices `closed`."""
        weekdays = {day for day in added if day.weekday() < _SATURDAY}
        holidays = (self.bank_holidays | weekdays) - frozenset(removed)
        return Calendar(self.name, holidays, self.closures | frozenset(closed))


def _england() -> frozenset[date]:
    # Frozen at import: `holidays` computes years on demand, which is slow and makes its answers depend on
    # what was asked before. The tests compare these days with GOV.UK's own list.
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    days = country_holidays("GB", subdiv="ENG", years=years)
    return frozenset(day for day in days if day.weekday() < _SATURDAY)


ENGLAND = Calendar("England", _england())


def operational_due(day: date) -> date:
    """The last working day in England on or before `day`."""
    return ENGLAND.operational_due(day)
