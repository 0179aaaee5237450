"""Counting rules, named after the words of the law.

Every rule counts whole days and turns the day of an event into the last lawful day. "Within n weeks of" leaves
the day of the event out (Dodds v Walker [1981]); "beginning with" counts it as the first (Zoan v Rouamba
[2000]). Nothing rolls forward over a weekend or a holiday.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pendulum

from statute.calendar import ENGLAND, Calendar
from statute.words import MONTHS, count

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of counting: its words, and the last lawful day for the day of an event.

    `days` is the length in calendar days after the event where that is fixed, else None.
    """

    words: str
    last_day: Callable[[date], date]
    days: int | None = None


def _fixed(words: str, days: int) -> Rule:
    span = timedelta(days=days)
    return Rule(words, lambda event: event + span, days)


def weeks_of(number: int) -> Rule:
    """ "Within n weeks of": event + 7n days, so it ends on the weekday of the event."""
    return _fixed(f"within {count(number, 'week')} of", 7 * number)


def days_of(number: int) -> Rule:
    """ "Within n days of" or "from the date on which": event + n calendar days."""
    return _fixed(f"within {count(number, 'day')} of", number)


def days_beginning_with(number: int) -> Rule:
    """ "n days beginning with the day": the day of the event is day 1, so event + n - 1 calendar days."""
    return _fixed(f"{count(number, 'day')} beginning with", number - 1)


def weeks_beginning_with(number: int) -> Rule:
    """ "Within n weeks beginning with the date": event + 7n - 1 calendar days."""
    return _fixed(f"within {count(number, 'week')} beginning with", 7 * number - 1)


def months_of(number: int) -> Rule:
    """ "Within n months of": the corresponding date, or the last day of a month that has no such date."""
    return Rule(f"within {count(number, 'month')} of", lambda event: _months_on(event, number))


def months_beginning_with(number: int) -> Rule:
    """ "n months beginning with": the day before the corresponding date, or the last day of a shorter month."""
    return Rule(f"{count(number, 'month')} beginning with", lambda event: _month_period_end(event, number))


def working_days_of(number: int, calendar: Calendar = ENGLAND) -> Rule:
    """ "Within n working days of": the n-th working day after the event."""
    words = f"within {count(number, 'working day')} of"
    return Rule(words, lambda event: calendar.working_day_after(event, number))


def working_days_beginning_with(number: int, calendar: Calendar = ENGLAND) -> Rule:
    """ "n working days beginning with": as above, the event counted as day 1 if it is a working day."""
    words = f"within {count(number, 'working day')} beginning with"
    return Rule(words, lambda event: calendar.working_day_after(event - _DAY, number))


def clear_days_before(number: int) -> Rule:
    """ "At least n days' notice": n clear days, both ends left out (the safe reading)."""
    return _fixed(f"at least {count(number, 'clear day')} before", -number - 1)


def clear_weeks_before(number: int) -> Rule:
    """ "At least n weeks' notice": 7n clear days, both ends left out (the safe reading)."""
    return _fixed(f"at least {count(number, 'clear week')} before", -7 * number - 1)


def clear_working_days_before(number: int, calendar: Calendar = ENGLAND) -> Rule:
    """ "At least n working days prior": n whole working days lie between the notice and the event."""
    words = f"at least {count(number, 'clear working day')} before"
    return Rule(words, lambda event: _clear_working_days(event, number, calendar))


def clear_months_before(number: int) -> Rule:
    """ "At least n months before": the day before the corresponding date (the earlier reading)."""
    words = f"at least {count(number, 'month')} before"
    return Rule(words, lambda event: _months_on(event, -number) - _DAY)


def before(month: int, day: int) -> Rule:
    """ "Before 15 February": the day before that date, in the calendar year of the event (strictly)."""
    words = f"before {day} {MONTHS[month - 1]}"
    return Rule(words, lambda event: date(event.year, month, day) - _DAY)


def _months_on(event: date, number: int) -> date:
    end = pendulum.date(event.year, event.month, event.day).add(months=number)
    return date(end.year, end.month, end.day)


def _month_period_end(event: date, number: int) -> date:
    corresponding = _months_on(event, number)
    return corresponding - _DAY if corresponding.day == event.day else corresponding


def _clear_working_days(event: date, number: int, calendar: Calendar) -> date:
    day = event - _DAY
    while number > 0:
        number -= calendar.is_working_day(day)
        day -= _DAY
    return day
