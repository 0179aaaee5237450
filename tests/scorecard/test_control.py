"""Charts that keep people from reacting to noise: limits and signals, worked by hand."""

import pytest

from scorecard.control import Signal, control, limits_of

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
