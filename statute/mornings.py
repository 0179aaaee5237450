"""The instants at which a day's steps are taken: a morning hour in London, in summer and in winter."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@lru_cache(maxsize=8192)
def morning(day: date, hour: time) -> datetime:
    """That hour of that day in London, as an aware UTC instant."""
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def day_in_london(instant: datetime) -> date:
    """The whole day it is in London at that (aware) instant: 23:30 UTC in June is already tomorrow."""
    return instant.astimezone(LONDON).date()


def jitter(process: str, minutes: int) -> timedelta:
    """A few minutes of the process's own, the same for ever, so that a caseload does not wake at once."""
    if minutes == 0:
        return timedelta()
    digest = sha256(process.encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % (minutes * 60 + 1))
