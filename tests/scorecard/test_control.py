"""Charts that keep people from reacting to noise: limits and signals, worked by hand."""

from dataclasses import replace

import pytest

from scorecard.control import OVERLAPS, Control, Limits, Signal, control, control_of, limits_of
from scorecard.measure import Measure
from scorecard.measures import measure

EVEN = [10.0, 12.0] * 6


def test_limits_are_two_thirds_of_the_way_that_wheeler_says() -> None:
    limits = limits_of(EVEN)
    assert limits is not None
    assert limits.mean == 11
    assert limits.upper == pytest.approx(11 + 2.66 * 2)
    assert limits.lower == pytest.approx(11 - 2.66 * 2)


def test_ups_and_downs_signal_nothing() -> None:
    assert set(control(EVEN).signals) == {None}


def test_fewer_than_twelve_values_say_nothing() -> None:
    found = control([*EVEN[:11]])
    assert found.limits is None
    assert set(found.signals) == {None}


@pytest.mark.parametrize("measure", [measure("reviews_completed"), replace(measure("plans_issued"), rolling=True)])
def test_a_year_so_far_and_twelve_months_back_have_no_limits_and_say_why(measure: Measure) -> None:
    """A year fills up: by its months in a row each of them would be a signal, whatever was done."""
    filling = [100.0 * month for month in range(1, 13)] * 2
    assert sum(signal is not None for signal in control(filling).signals) > 12
    assert control_of(measure, filling) == Control(None, [None] * 24, OVERLAPS)


def test_months_of_their_own_have_limits_and_a_share_none_beyond_a_hundred() -> None:
    assert control_of(measure("plans_issued"), EVEN) == control(EVEN, 0)
    assert control_of(measure("plans_twenty_weeks"), [90.0, 100.0] * 6).limits == Limits(95, 68.4, 100)


def test_a_value_outside_the_limits_is_a_signal() -> None:
    found = control([*EVEN, *EVEN, *EVEN, 40.0])
    assert found.signals[-1] is Signal.OUTSIDE
    assert set(found.signals[:-1]) == {None}


def test_eight_in_a_row_on_one_side_are_a_signal() -> None:
    low, high = [10.0, 10.4] * 4, [11.0, 11.4] * 4
    assert set(control([*low, *high]).signals) == {Signal.RUN}


def test_seven_in_a_row_are_none() -> None:
    values = [9.0, 13.0, 9.0, 13.0, 9.0, 12.1, 12.2, 12.1, 12.2, 12.1, 12.2, 12.1, 9.0, 13.0, 9.0]
    assert Signal.RUN not in control(values).signals


def test_three_of_four_near_a_limit_are_a_signal() -> None:
    values = [10.0, 12.0] * 8 + [14.2, 14.3, 11.0, 14.2] + [10.0, 12.0] * 4
    signals = control(values).signals
    assert [signals[at] for at in (16, 17, 19)] == [Signal.NEAR] * 3
    assert signals[18] is None


def test_a_month_without_a_value_is_passed_over() -> None:
    found = control([*EVEN[:6], None, *EVEN[6:]])
    assert found.limits == limits_of(EVEN)
    assert found.signals[6] is None


def test_a_share_is_never_beyond_all() -> None:
    found = control([95.0, 100.0] * 6, floor=0, ceiling=100)
    assert found.limits is not None
    assert found.limits.upper == 100


def test_values_that_are_all_alike_have_no_limits() -> None:
    assert control([5.0] * 12).limits is None
