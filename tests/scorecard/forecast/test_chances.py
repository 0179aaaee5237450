"""Chances worked by hand: of so many that waited on a day, so many moved on."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.forecast.chances import Chances, Past, chances_of, drawn_chances, past_of
from scorecard.forecast.course import End, Limit
from scorecard.forecast.limits import SIX_WEEKS, TWENTY_WEEKS
from scorecard.forecast.rows import Requested
from scorecard.survival import Wait, steps
from tests.scorecard.forecast.waits import BEGAN, course, request

LONG_BEFORE, LONG_AFTER = date(2020, 1, 1), date(2030, 1, 1)


def past(
    rows: Sequence[Requested], day: date = LONG_AFTER, first: date = LONG_BEFORE, limit: Limit = TWENTY_WEEKS
) -> Past:
    found = [one for row in rows if (one := course(limit, row, day)) is not None]
    return past_of(limit, found, first, day)


def chances(rows: Sequence[Requested], day: date = LONG_AFTER, first: date = LONG_BEFORE) -> Chances:
    return chances_of(past(rows, day, first))


def test_of_four_plans_two_in_time_give_every_second_a_chance() -> None:
    found = chances([request(agreed=30, plan=100), request(agreed=30, plan=140), *[request(agreed=30, plan=141)] * 2])
    assert found.of(0, 0) == found.of(1, 30) == found.of(1, 99) == pytest.approx(2 / 4)
    assert found.of(1, 100) == pytest.approx(1 / 3)
    assert found.of(1, 139) == pytest.approx(1 / 3)
    assert found.of(1, 140) == 0


def test_a_stage_reached_has_a_chance_of_its_own() -> None:
    drafted = [request(agreed=30, draft=90, plan=120), request(agreed=30, draft=90, plan=120)]
    waiting = [request(agreed=30, plan=150), request(agreed=30, draft=130, plan=150)]
    found = chances([*drafted, *waiting])
    assert found.of(2, 90) == found.of(2, 100) == 1
    assert found.of(1, 90) == 0
    assert found.of(1, 89) == found.of(0, 0) == pytest.approx(2 / 4)


def test_a_case_waits_at_a_stage_from_the_day_after_it_was_reached() -> None:
    found = past([request(agreed=30, draft=90, plan=120)] * 3)
    assert [found.waiting[0][day] for day in (1, 30, 31)] == [3, 3, 0]
    assert [found.waiting[1][day] for day in (30, 31, 90, 91)] == [0, 3, 3, 0]
    assert [found.waiting[2][day] for day in (90, 91, 120, 121)] == [0, 3, 3, 0]
    assert (found.rests_on(1, 29), found.rests_on(1, 30), found.rests_on(2, 140)) == (0, 3, 0)


def test_of_two_stages_reached_on_one_day_the_later_counts() -> None:
    # Whoever is agreed and drafted together has a plan in time; whoever is only agreed then has none.
    found = chances([request(agreed=60, draft=60, plan=100), request(agreed=60, plan=150)])
    assert found.of(0, 0) == found.of(0, 59) == pytest.approx(1 / 2)
    assert (found.of(1, 60), found.of(2, 60)) == (0, 1)


def test_who_was_withdrawn_neither_met_nor_missed_the_limit() -> None:
    found = chances([*[request(agreed=30, plan=100)] * 2, *[request(agreed=30, gone=60)] * 4, request(plan=150)])
    assert found.of(0, 0) == pytest.approx(2 / 3)
    assert (found.met[0][0], found.open[0][0]) == (pytest.approx(2 / 7), pytest.approx(1 / 7))


@pytest.mark.parametrize("end", [{"refused": 42}, {"agreed": 30, "no_plan": 110}, {"agreed": 30, "gone": 139}])
def test_a_refusal_and_a_move_end_a_wait_without_a_plan(end: dict[str, int]) -> None:
    found = chances([request(**end), request(agreed=30, plan=100)])
    assert found.of(0, 0) == 1
    assert found.met[0][0] == pytest.approx(1 / 2)


def test_who_is_still_open_counts_for_the_days_on_which_it_was_seen() -> None:
    # On day 50 three waited and one had its plan; on day 80 one waited, and had it: nobody is seen to be late.
    rows = [request(plan=50), request(plan=80), request(BEGAN + timedelta(20))]
    day = BEGAN + timedelta(80)
    assert past(rows, day).waiting[0][50] == 3
    assert past(rows, day).waiting[0][61] == 1
    found = chances([*rows, request(BEGAN + timedelta(70))], day)
    assert found.of(0, 0) == 1
    assert found.of(0, 100) == 0


def test_only_days_since_the_first_are_looked_at() -> None:
    rows = [request(plan=100), request(BEGAN + timedelta(50), plan=200)]
    found = past(rows, first=BEGAN + timedelta(101))
    assert found.cases == 1
    assert (found.waiting[0][50], found.waiting[0][51], found.waiting[0][140]) == (0, 1, 1)


def test_a_wait_that_began_with_another_authority_is_no_past() -> None:
    assert past([request()._replace(inherited=True)]).cases == 0


def test_a_changed_refusal_is_of_other_limits() -> None:
    row = request(refused=40, changed=100)
    assert course(TWENTY_WEEKS, row, BEGAN + timedelta(100)) is None
    known_before = course(TWENTY_WEEKS, row, BEGAN + timedelta(99))
    assert known_before is not None and known_before.end is End.LEFT


def test_who_relents_of_their_own_accord_goes_on_under_the_first_limit() -> None:
    row = request(refused=40, relented=100, plan=141)
    known_before = course(TWENTY_WEEKS, row, BEGAN + timedelta(99))
    assert known_before is not None and known_before.end is End.LEFT
    open_again = course(TWENTY_WEEKS, row, BEGAN + timedelta(100))
    assert open_again is not None and open_again.end is None
    finished = course(TWENTY_WEEKS, row, LONG_AFTER)
    assert finished is not None and finished.met(TWENTY_WEEKS) is False


def test_a_decision_on_day_42_is_in_time_and_on_day_43_it_is_not() -> None:
    for days, met in ((42, True), (43, False)):
        decided = course(SIX_WEEKS, request(agreed=days), LONG_AFTER)
        assert decided is not None and decided.met(SIX_WEEKS) is met
    found = chances_of(past([request(agreed=42), request(refused=43)], limit=SIX_WEEKS))
    assert found.of(0, 0) == pytest.approx(1 / 2)


def test_with_one_stage_and_nobody_leaving_it_is_kaplan_and_meiers_estimate() -> None:
    waits = [3, 20, 20, 41, 42, 43, 60]
    seen = [5, 30, 42]
    limit_rows = [*(request(agreed=each) for each in waits)]
    last = BEGAN + timedelta(100)
    rows = [*limit_rows, *(request(last - timedelta(each)) for each in seen)]
    found = chances_of(past(rows, last, limit=SIX_WEEKS))
    curve = steps([*(Wait(each, True) for each in waits), *(Wait(each, False) for each in seen)])
    after = [each.open for each in curve if each.days <= 42][-1]
    for waited in (0, 19, 20, 41):
        before = next((each.open for each in reversed(curve) if each.days <= waited), 1.0)
        assert found.of(0, waited) == pytest.approx(1 - after / before)


WAITS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["agreed", "gone"])), min_size=1, max_size=30)


@given(WAITS)
@settings(max_examples=60, deadline=None)
def test_the_longer_it_waited_at_a_stage_the_less_its_chance(waits: list[tuple[int, str]]) -> None:
    found = chances_of(past([request(**{end: days}) for days, end in waits], limit=SIX_WEEKS))
    known = [each for waited in range(43) if (each := found.of(0, waited)) is not None]
    assert all(0 <= later <= earlier + 1e-9 <= 1 + 1e-9 for earlier, later in pairwise(known))


def test_a_past_that_is_drawn_anew_is_about_the_same_and_the_same_each_time() -> None:
    rows = [request(agreed=30, plan=100)] * 60 + [request(agreed=30, plan=150)] * 40
    found = past(rows)
    drawn = [drawn_chances(found, Random(seed)).of(0, 0) or 0 for seed in range(200)]
    assert sum(drawn) / 200 == pytest.approx(0.6, abs=0.01)
    # A share of 0.6 among a hundred lies within 0.6 +- sqrt(0.6 * 0.4 / 101) two times of three.
    assert 0.04 < (sum((each - 0.6) ** 2 for each in drawn) / 200) ** 0.5 < 0.06
    assert drawn[7] == drawn_chances(found, Random(7)).of(0, 0)
