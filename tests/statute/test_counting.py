"""The counting rules against tables, and against a counter that walks day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute import counting
from statute.calendar import ENGLAND
from statute.counting import Rule
from tests.statute.saying import day

DAYS = st.dates(min_value=date(2014, 9, 1), max_value=date(2045, 12, 31))


@pytest.mark.parametrize(
    ("rule", "event", "last"),
    [
        (counting.weeks_of(6), "2024-09-02", "2024-10-14"),
        (counting.weeks_of(6), "2024-02-01", "2024-03-14"),  # over a leap day
        (counting.weeks_of(20), "2024-08-07", "2024-12-25"),  # Christmas Day stays the day
        (counting.weeks_of(6), "2024-03-01", "2024-04-12"),  # over Good Friday and the clock change
        (counting.weeks_of(1), "2024-10-26", "2024-11-02"),  # over the autumn clock change
        (counting.days_of(15), "2024-12-16", "2024-12-31"),
        (counting.days_of(30), "2024-12-02", "2025-01-01"),
        (counting.days_beginning_with(15), "2024-12-18", "2025-01-01"),
        (counting.days_beginning_with(1), "2024-12-18", "2024-12-18"),
        (counting.weeks_beginning_with(5), "2024-01-15", "2024-02-18"),
        (counting.months_of(4), "1978-09-30", "1979-01-30"),  # Dodds v Walker
        (counting.months_of(2), "2023-12-30", "2024-02-29"),
        (counting.months_of(2), "2024-12-31", "2025-02-28"),
        (counting.months_of(1), "2024-01-31", "2024-02-29"),
        (counting.months_beginning_with(12), "2024-02-29", "2025-02-28"),
        (counting.months_beginning_with(12), "2025-01-15", "2026-01-14"),
        (counting.months_beginning_with(12), "2023-03-01", "2024-02-29"),
        (counting.months_beginning_with(3), "2024-11-30", "2025-02-28"),
        (counting.working_days_of(3), "2025-04-17", "2025-04-24"),  # over Easter
        (counting.working_days_of(15), "2024-12-20", "2025-01-15"),
        (counting.working_days_beginning_with(15), "2025-04-17", "2025-05-12"),  # Easter and early May
        (counting.working_days_beginning_with(1), "2025-04-18", "2025-04-22"),  # Good Friday is not day 1
        (counting.clear_weeks_before(2), "2024-11-05", "2024-10-21"),
        (counting.clear_days_before(14), "2024-11-05", "2024-10-21"),
        (counting.clear_working_days_before(5), "2024-11-11", "2024-11-03"),
        (counting.clear_working_days_before(1), "2024-11-12", "2024-11-10"),
        (counting.clear_months_before(5), "2026-09-01", "2026-03-31"),
        (counting.clear_months_before(5), "2026-07-31", "2026-02-27"),
        (counting.before(2, 15), "2026-09-01", "2026-02-14"),
        (counting.before(3, 31), "2026-09-01", "2026-03-30"),
    ],
    ids=lambda value: value.words if isinstance(value, Rule) else str(value),
)
def test_the_words_of_the_law_give_the_last_lawful_day(rule: Rule, event: str, last: str) -> None:
    assert rule.last_day(day(event)) == day(last)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (counting.weeks_of(6), "within 6 weeks of"),
        (counting.days_beginning_with(15), "15 days beginning with"),
        (counting.working_days_of(1), "within 1 working day of"),
        (counting.before(2, 15), "before 15 February"),
    ],
)
def test_a_rule_says_the_words_it_stands_for(rule: Rule, words: str) -> None:
    assert rule.words == words


def walk(event: date, number: int, first_is_one: bool, counts: Callable[[date], bool] = lambda _: True) -> date:
    """Count on a calendar with a finger."""
    here = event - timedelta(days=1) if first_is_one else event
    while number:
        here += timedelta(days=1)
        if counts(here):
            number -= 1
    return here


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_fixed_rules_agree_with_a_finger_on_the_calendar(event: date, number: int) -> None:
    assert counting.weeks_of(number).last_day(event) == walk(event, 7 * number, first_is_one=False)
    assert counting.days_of(number).last_day(event) == walk(event, number, first_is_one=False)
    assert counting.weeks_beginning_with(number).last_day(event) == walk(event, 7 * number, first_is_one=True)
    assert counting.days_beginning_with(number).last_day(event) == walk(event, number, first_is_one=True)


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_working_days_agree_with_a_finger_on_the_calendar(event: date, number: int) -> None:
    working = ENGLAND.is_working_day
    assert counting.working_days_of(number).last_day(event) == walk(event, number, False, working)
    assert counting.working_days_beginning_with(number).last_day(event) == walk(event, number, True, working)


@given(DAYS, st.integers(min_value=1, max_value=10))
def test_clear_working_days_leave_that_many_between(event: date, number: int) -> None:
    notice = counting.clear_working_days_before(number).last_day(event)
    between = [notice + timedelta(days=n) for n in range(1, (event - notice).days)]
    assert sum(map(ENGLAND.is_working_day, between)) == number


@given(DAYS, st.integers(min_value=1, max_value=36))
def test_months_end_on_the_corresponding_date_or_the_last_of_a_shorter_month(event: date, number: int) -> None:
    end = counting.months_of(number).last_day(event)
    assert (end.year * 12 + end.month) - (event.year * 12 + event.month) == number
    assert end.day == event.day or (end.day < event.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(min_value=1, max_value=36))
def test_a_period_beginning_with_a_day_never_outlasts_the_corresponding_date(event: date, number: int) -> None:
    of, beginning = counting.months_of(number), counting.months_beginning_with(number)
    assert of.last_day(event) - beginning.last_day(event) in (timedelta(0), timedelta(days=1))
