"""How long the family may appeal: rules 12 and 20 of the tribunal's rules (SI 2008/2699).

Unlike the SEND Regulations these rules move a last day: to the next working day, and past Christmas and August.
The month from a mediation certificate (rule 20(1)(c)(ii)) is not counted here: the certificate is not recorded.
"""

from datetime import date, timedelta

from statute.calendar import ENGLAND, Calendar
from statute.counting import Rule, months_of

_AUGUST, _DECEMBER = 8, 12
_CHRISTMAS = 25
_TWO_MONTHS = months_of(2)
_DAY = timedelta(days=1)


def last_day_to_appeal(sent: date, calendar: Calendar = ENGLAND) -> date:
    """The last day on which the tribunal must have the appeal against a decision `sent` on that day.

    Two months; where they end from 25 December to 1 January or in August, the first working day after that (rule
    12(3)(a)), and on any other day on which nobody works the next working day (rule 12(2)).
    """
    ends = _TWO_MONTHS.last_day(sent)
    if ends.month == _DECEMBER and ends.day >= _CHRISTMAS:
        return calendar.working_day_after(date(ends.year + 1, 1, 1), 1)
    if (ends.month, ends.day) == (1, 1):
        return calendar.working_day_after(ends, 1)
    if ends.month == _AUGUST:
        return calendar.working_day_after(date(ends.year, _AUGUST, 31), 1)
    return calendar.working_day_after(ends - _DAY, 1)


def two_months_to_appeal(calendar: Calendar = ENGLAND) -> Rule:
    """The two months as a rule of counting."""
    return Rule("within 2 months of", lambda sent: last_day_to_appeal(sent, calendar))
