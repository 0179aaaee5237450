"""Days of a period that are over: what is due today is neither done nor late yet."""


def over(day: str) -> str:
    """SQL: whether a day of the period is over when it is looked at.

    Of a month that is over all are, though it is looked at on its last day.
    """
    month_end = "CAST(date_trunc('month', p.last_day) + interval '1 month' AS date) - 1"
    return f"({day} < p.as_at OR p.last_day = {month_end})"
