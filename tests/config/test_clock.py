"""The wall clock in England, on both sides of summer time."""

from datetime import UTC, date, datetime, time

import pytest

from config.clock import london_day, utc_now, utc_of_london


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (utc(2026, 6, 20, 22, 59), date(2026, 6, 20)),
        (utc(2026, 6, 20, 23, 0), date(2026, 6, 21)),  # midnight in summer
        (utc(2026, 12, 20, 23, 59), date(2026, 12, 20)),  # not in winter
        (utc(2027, 3, 28, 0, 30), date(2027, 3, 28)),
        (utc(2024, 2, 29, 12, 0), date(2024, 2, 29)),
    ],
)
def test_the_day_is_the_day_in_england(now: datetime, day: date) -> None:
    assert london_day(now) == day


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2027, 3, 27), time(7), utc(2027, 3, 27, 7)),
        (date(2027, 3, 28), time(7), utc(2027, 3, 28, 6)),  # the clocks went forward that night
        (date(2027, 3, 28), time(1, 30), utc(2027, 3, 28, 1, 30)),  # a time that never came
        (date(2026, 10, 25), time(1, 30), utc(2026, 10, 25, 0, 30)),  # a time that came twice
        (date(2026, 10, 25), time(7), utc(2026, 10, 25, 7)),
    ],
)
def test_a_time_on_the_wall_is_a_moment(day: date, at: time, moment: datetime) -> None:
    assert utc_of_london(day, at) == moment


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        london_day(datetime(2026, 7, 1))


def test_now_is_aware_and_in_utc() -> None:
    assert utc_now().tzinfo is UTC
