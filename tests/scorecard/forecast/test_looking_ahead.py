"""The forecast of a day: next limits, the months to come with their interval, and when nothing is said."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from scorecard.forecast.limits import SIX_WEEKS, TWENTY_WEEKS
from scorecard.forecast.looking_ahead import Chance, Forecast, band_of, forecast_of, window_before
from scorecard.forecast.months import months_ahead
from scorecard.forecast.rows import Requested, Rows
from tests.scorecard.forecast.waits import request

DAY = date(2026, 6, 30)
PAST = DAY - timedelta(300)


def ago(days: int, **came: int) -> Requested:
    """A request received so many days before the forecast."""
    return request(DAY - timedelta(days), **came)


def usual(number: int = 40) -> list[Requested]:
    """A past in which half of the plans come on day 120, and half after the twenty weeks."""
    return [request(PAST, agreed=35, draft=100, plan=120 if place % 2 else 170) for place in range(number)]


def chance_of(found: Forecast, row: Requested) -> Chance:
    (one,) = [each for each in found.chances if each.process_id == row.process_id and not each.limit.beside]
    return one


def test_the_next_limit_is_the_decision_until_it_is_made_or_late_and_then_the_plan() -> None:
    undecided, late, agreed, drafted = ago(10), ago(50), ago(60, agreed=30), ago(110, agreed=30, draft=90)
    found = forecast_of(Rows([*usual(), undecided, late, agreed, drafted]), DAY)
    limits = [chance_of(found, each).limit for each in (undecided, late, agreed, drafted)]
    assert limits == [SIX_WEEKS, TWENTY_WEEKS, TWENTY_WEEKS, TWENTY_WEEKS]
    assert [chance_of(found, each).chance for each in (agreed, drafted)] == [0.5, 0.5]
    assert chance_of(found, drafted).stage == "Draft plan sent or plan decided"
    assert chance_of(found, agreed).due == DAY + timedelta(80)


def test_fewer_than_twenty_past_cases_give_no_chance() -> None:
    agreed = ago(60, agreed=30)
    assert chance_of(forecast_of(Rows([*usual(19), agreed]), DAY), agreed).rests_on == 19
    assert chance_of(forecast_of(Rows([*usual(19), agreed]), DAY), agreed).chance is None
    assert chance_of(forecast_of(Rows([*usual(20), agreed]), DAY), agreed).chance == 0.5


def test_what_is_over_has_no_chance_and_is_counted() -> None:
    rows = [*usual(), ago(60, agreed=30), ago(200, agreed=30), ago(140, agreed=30), ago(60, agreed=30, gone=40)]
    found = forecast_of(Rows(rows), DAY)
    plans = found.of(TWENTY_WEEKS)
    assert (plans.open, plans.missed, plans.last_day, plans.unsaid) == (2, 1, 1, 0)
    assert plans.bands == [0, 0, 1, 0, 0]


def test_those_most_at_risk_come_first() -> None:
    rows = [*usual(), *(request(PAST, agreed=35, plan=170) for _ in range(40))]
    undrafted, drafted, on_its_last_day = ago(110, agreed=30), ago(110, agreed=30, draft=90), ago(140, agreed=30)
    found = forecast_of(Rows([*rows, drafted, on_its_last_day, undrafted]), DAY)
    assert [each.process_id for each in found.chances if each.limit is TWENTY_WEEKS] == [
        undrafted.process_id,
        drafted.process_id,
        on_its_last_day.process_id,
    ]


def test_a_month_knows_what_came_and_expects_the_rest() -> None:
    # Due in July: one that had its plan, one refused, two that are open with a chance of one half.
    due = [ago(125, agreed=30, draft=90, plan=110), ago(125, refused=40)]
    rows = [*usual(), ago(119, agreed=30, draft=90), *due, ago(115, agreed=30, draft=90)]
    july = forecast_of(Rows(rows), DAY).of(TWENTY_WEEKS).months[0]
    assert (july.first, july.met, july.missed, july.open, july.thin) == (date(2026, 7, 1), 1, 0, 2, 0)
    assert july.rate is not None and july.rate.expected == pytest.approx((1 + 2 * 0.5) / 3)
    assert july.breaches is not None and july.breaches.expected == pytest.approx(1)
    assert (july.breaches.low, july.breaches.high) == (0, 2)


def test_the_interval_of_many_cases_is_that_of_so_many_throws_of_a_coin() -> None:
    # 400 open cases over a past of 4,000: 0.5 +- 1.28 * sqrt(0.25/400 + 0.25/4000) = 0.034.
    rows = [*usual(4_000), *(ago(115, agreed=30, draft=90) for _ in range(400))]
    july = forecast_of(Rows(rows), DAY).of(TWENTY_WEEKS).months[0]
    assert july.rate is not None
    assert (july.rate.low, july.rate.expected, july.rate.high) == (
        pytest.approx(0.466, abs=0.012),
        pytest.approx(0.5),
        pytest.approx(0.534, abs=0.012),
    )
    assert july == forecast_of(Rows(rows), DAY).of(TWENTY_WEEKS).months[0]


def test_a_short_past_makes_the_interval_wider() -> None:
    def width(past: Sequence[Requested]) -> float:
        rate = (
            forecast_of(Rows([*past, *(ago(115, agreed=30, draft=90) for _ in range(400))]), DAY)
            .of(TWENTY_WEEKS)
            .months[0]
            .rate
        )
        assert rate is not None
        return rate.high - rate.low

    assert width(usual(40)) > 2 * width(usual(4_000))


def test_a_month_of_which_too_much_rests_on_too_little_has_no_figure() -> None:
    open_cases = [ago(115, agreed=30, draft=90) for _ in range(9)]
    july = forecast_of(Rows([*usual(19), *open_cases]), DAY).of(TWENTY_WEEKS).months[0]
    assert (july.rate, july.breaches, july.thin, july.open) == (None, None, 9, 9)


def test_only_months_whose_requests_have_all_come_are_forecast() -> None:
    assert [each.first.month for each in months_ahead(date(2026, 6, 30), TWENTY_WEEKS)] == [7, 8, 9, 10]
    assert [each.first.month for each in months_ahead(date(2026, 6, 29), TWENTY_WEEKS)] == [6, 7, 8, 9, 10]
    assert [each.first.month for each in months_ahead(date(2026, 11, 20), TWENTY_WEEKS)] == [11, 12, 1, 2, 3]


def test_windows_are_whole_months_back() -> None:
    assert window_before(date(2026, 6, 30)) == date(2024, 7, 1)
    assert window_before(date(2026, 2, 28), 6) == date(2025, 9, 1)
    assert window_before(date(2026, 8, 30), 6) == date(2026, 2, 28)
    assert [band_of(each) for each in (0, 0.19, 0.2, 0.99, 1)] == [0, 0, 1, 4, 4]
