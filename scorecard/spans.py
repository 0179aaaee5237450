"""Which days the figure of a month is of: the month, the year up to its end, or its last day."""

from datetime import date

from scorecard.measure import Measure, Span
from scorecard.period import Period, month_of


def period_of(measure: Measure | None, day: date, today: date | None = None) -> Period:
    """The days that a measure's figure for the month of `day` is of; of a month that is not over, up to `today`.

    A month is over when its last day is: not on that day.
    """
    month = month_of(day)
    over = today is None or month.last < today
    last = month.last if today is None else min(month.last, today)
    match measure.span if measure else Span.MONTH:
        case Span.YEAR:
            return Period(month.first.replace(month=1), last, last, over)
        case Span.DAY:
            return Period(last, last, last, over)
        case Span.MONTH:
            return Period(month.first, last, last, over)
