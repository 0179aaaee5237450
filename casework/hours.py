"""When letters may go: on days on which the offices work, in sociable hours."""

from datetime import datetime

from statute.calendar import ENGLAND, Calendar
from statute.mornings import LONDON
from statute.policy import Policy


def is_sociable(policy: Policy, now: datetime, calendar: Calendar = ENGLAND) -> bool:
    """Whether a letter may leave at that (aware) instant; announcements and stops do not ask."""
    there = now.astimezone(LONDON)
    hours = policy.hours
    return calendar.is_office_day(there.date()) and hours.sociable_from <= there.time() < hours.sociable_to


def end_of_sociable_hours(policy: Policy, now: datetime) -> datetime:
    """The instant after which nothing more goes on the day it is in London at `now`."""
    return datetime.combine(now.astimezone(LONDON).date(), policy.hours.sociable_to, LONDON)
