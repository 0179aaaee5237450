"""When a school is there to read a letter: its terms where they are recorded, else the policy's holidays."""

from datetime import date

import pytest

from statute.terms import NO_TERMS, Term, Terms

AUTUMN = Term(date(2026, 9, 3), date(2026, 10, 23))
WINTER = Term(date(2026, 11, 2), date(2026, 12, 18))
SUMMER = Term(date(2027, 4, 12), date(2027, 7, 21))
TERMS = Terms((SUMMER, AUTUMN, WINTER))


@pytest.mark.parametrize(
    ("day", "back"),
    [
        ("2026-09-03", "2026-09-03"),  # the first day of a term is in it, and so is the last
        ("2026-10-23", "2026-10-23"),
        ("2026-10-24", "2026-11-02"),
        ("2026-11-01", "2026-11-02"),
        ("2026-08-10", "2026-09-03"),
        ("2026-06-30", "2026-06-30"),  # nothing is recorded of that summer term
        ("2026-12-19", "2026-12-19"),  # the spring term is not recorded: not four months of holidays
        ("2027-03-03", "2027-04-12"),  # forty days before a term are holidays whatever else is recorded
        ("2027-03-02", "2027-03-02"),
        ("2027-07-22", "2027-07-22"),  # nothing is recorded after it
    ],
)
def test_out_of_term_a_letter_waits_for_the_next_that_is_recorded(day: str, back: str):
    assert TERMS.back_at_school(date.fromisoformat(day)) == date.fromisoformat(back)


def test_holidays_between_two_recorded_terms_are_as_long_as_they_are():
    summer, autumn = Term(date(2026, 4, 13), date(2026, 7, 15)), Term(date(2026, 9, 7), date(2026, 10, 23))
    assert Terms((autumn, summer)).back_at_school(date(2026, 7, 16)) == autumn.first
    assert Terms((autumn,)).back_at_school(date(2026, 7, 16)) == date(2026, 7, 16)


def test_where_no_terms_are_recorded_nothing_is_known():
    assert not NO_TERMS.know(date(2026, 8, 10))
    assert NO_TERMS.back_at_school(date(2026, 8, 10)) == date(2026, 8, 10)
    assert NO_TERMS.next_start(date(2026, 8, 10)) is None


def test_the_next_term_starts_after_the_day_never_on_it():
    assert TERMS.next_start(date(2026, 9, 2)) == AUTUMN.first
    assert TERMS.next_start(date(2026, 9, 3)) == WINTER.first
    assert TERMS.next_start(date(2027, 7, 1)) is None
