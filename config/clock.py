"""The wall clock. Nothing else reads it: everything below is told the moment it is to be."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def london_day(now: datetime) -> date:
    """The day it is in England at `now` (aware). At 23:30 UTC in June it is already tomorrow there."""
    return _aware(now).astimezone(LONDON).date()


def utc_of_london(day: date, at: time) -> datetime:
    """The moment, in UTC, when clocks in England show `at` on `day`.

    When the clocks go back and the time comes twice, the first; when they go forward and it never comes, as
    much later as the clocks jumped.
    """
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone: pass an aware datetime, such as config.clock.utc_now()")
    return now
