"""England's working days: against GOV.UK's own list, and what falls due beside them."""

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from statute.calendar import ENGLAND, FIRST_YEAR, operational_due
from tests.statute.saying import day


def test_bank_holidays_agree_with_gov_uk() -> None:
    told = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = {each["date"] for each in told}
    years = {each.year for each in days if each.year >= FIRST_YEAR}
    assert len(years) > 5
    ours = {each for each in ENGLAND.bank_holidays if each.year in years}
    assert ours == {each for each in days if each.year in years and each.weekday() < 5}


@pytest.mark.parametrize(
    ("due", "operational"),
    [
        ("2024-10-14", "2024-10-14"),
        ("2025-04-13", "2025-04-11"),  # a Sunday
        ("2024-12-25", "2024-12-24"),
        ("2024-12-26", "2024-12-24"),
        ("2025-04-18", "2025-04-17"),  # Good Friday
        ("2025-04-21", "2025-04-17"),  # Easter Monday
        ("2022-09-19", "2022-09-16"),  # the Queen's funeral
        ("2023-05-08", "2023-05-05"),  # the coronation
        ("2020-05-04", "2020-05-04"),  # early May was moved that year
        ("2020-05-08", "2020-05-07"),
        ("2021-12-28", "2021-12-24"),  # two substitute days
        ("2024-02-29", "2024-02-29"),
        ("2025-01-01", "2024-12-31"),
    ],
)
def test_the_operational_day_is_the_last_working_day_on_or_before(due: str, operational: str) -> None:
    assert operational_due(day(due)) == day(operational)


@given(st.dates(min_value=date(2014, 1, 1), max_value=date(2059, 12, 31)))
def test_an_operational_day_is_a_working_day_and_skips_none(due: date) -> None:
    found = operational_due(due)
    assert found <= due
    assert ENGLAND.is_working_day(found)
    skipped = [found + timedelta(days=n) for n in range(1, (due - found).days + 1)]
    assert not any(map(ENGLAND.is_working_day, skipped))


def test_a_bank_holiday_proclaimed_later_can_be_added_and_one_cancelled_removed() -> None:
    extra, christmas = day("2027-06-02"), day("2026-12-25")
    changed = ENGLAND.with_changes(added=[extra], removed=[christmas])
    assert changed.operational_due(extra) == day("2027-06-01")
    assert changed.is_working_day(christmas)
    assert ENGLAND.is_working_day(extra)
