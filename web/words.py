"""Dates, states, limits and codes as people read them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from casework.actor import PROFESSIONAL
from statute.mornings import LONDON
from web import names
from web.read_words import read_words
from web.without_commands import without_commands


def day(value: date | None) -> str:
    """`Monday 14 October 2024`; blank when there is none."""
    return f"{value:%A} {value.day} {value:%B %Y}" if value else ""


def short_day(value: date | None) -> str:
    """`14 Oct 2024`, for tables where the long form does not fit."""
    return f"{value.day} {value:%b %Y}" if value else ""


def iso_day(value: str) -> str:
    """`2024-10-14` -> `Monday 14 October 2024`."""
    return day(date.fromisoformat(value))


def moment(value: datetime | None) -> str:
    """`Monday 14 October 2024, 9:05am`, in London."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{day(local.date())}, {clock(value)}"


def clock(value: datetime) -> str:
    """`10:42am`, in London."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def by_whom(name: str) -> str:
    """Who recorded something: a username, or that somebody did by the link that was sent to them."""
    return "whoever was asked, by their link" if name == PROFESSIONAL.name else name


def days(number: int) -> str:
    """`1 day`, `2 days`."""
    return f"{number:,} day{'' if abs(number) == 1 else 's'}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 case`, `1,204 cases`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """How large a file is: `12 KB`, `1.4 MB`."""
    return f"{max(1, round(number / 1000)):,} KB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "short_day": short_day,
    "iso_day": iso_day,
    "without_commands": without_commands,
    "read_words": read_words,
    "moment": moment,
    "clock": clock,
    "days": days,
    "count": count,
    "size": size,
    "limit_words": names.limit_words,
    "state_words": names.state_words,
    "state_colour": names.state_colour,
    "service_words": names.service_words,
    "part_words": names.part_words,
    "role_words": names.role_words,
    "by_whom": by_whom,
    "fact_words": names.fact_words,
    "process_words": names.process_words,
}
