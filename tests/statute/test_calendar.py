"""England's working days: against GOV.UK's own list, and what falls due beside them."""

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from statute.calendar import ENGLAND, FIRST_YEAR, operational_due
from statute.notation import parse_fact
from statute.processes import timeline_of
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


def test_a_closure_of_the_offices_moves_what_they_can_still_do_and_no_working_day() -> None:
    closed = ENGLAND.with_changes(closed=[day("2026-12-24"), day("2026-12-29")])
    assert closed.operational_due(day("2026-12-29")) == day("2026-12-23")
    assert not closed.is_office_day(day("2026-12-24"))
    assert closed.is_working_day(day("2026-12-24"))
    assert closed.working_day_after(day("2026-12-23"), 2) == day("2026-12-29")


DECADE = [date(2026, 1, 1) + timedelta(days=number) for number in range(3653)]
WORKING_DAYS = [each for each in DECADE if ENGLAND.is_working_day(each)]


@given(st.sets(st.sampled_from(DECADE), max_size=40))
def test_the_working_days_of_a_decade_know_nothing_of_closures(closures: set[date]) -> None:
    closed = ENGLAND.with_changes(closed=closures)
    assert [each for each in DECADE if closed.is_working_day(each)] == WORKING_DAYS
    for each in closures:
        assert closed.operational_due(each) < each
        assert closed.working_day_after(each, 2) == ENGLAND.working_day_after(each, 2)


@pytest.mark.parametrize(
    ("closed", "operational", "said"),
    [
        (
            [],
            "2026-12-24",
            "falls on a bank holiday and nothing moves it later, so the last working day is Thursday 24",
        ),
        (
            ["2026-12-24"],
            "2026-12-23",
            "falls on a bank holiday and nothing moves it later, so the last day on which the",
        ),
        (["2026-12-25"], "2026-12-24", "falls on a bank holiday"),
    ],
)
def test_a_limit_says_why_its_last_day_is_earlier(closed: list[str], operational: str, said: str) -> None:
    facts = [parse_fact("request_received=2026-11-13")]  # six weeks on: Christmas Day
    calendar = ENGLAND.with_changes(closed=map(day, closed))
    decide = timeline_of("assessment", facts, day("2026-11-20"), calendar=calendar).get("reg5_decide")
    assert decide is not None
    assert (decide.legal_due, decide.operational_due) == (day("2026-12-25"), day(operational))
    assert said in decide.explain()


def test_a_limit_on_a_closed_day_says_so() -> None:
    facts = [parse_fact("request_received=2026-11-12")]
    calendar = ENGLAND.with_changes(closed=[day("2026-12-24")])
    decide = timeline_of("assessment", facts, day("2026-11-20"), calendar=calendar).get("reg5_decide")
    assert decide is not None
    assert "falls on a day on which the authority's offices are closed and nothing moves it later" in decide.explain()
