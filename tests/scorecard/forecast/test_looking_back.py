"""The last quarter's forecast: it knew nothing that came after its day, and is held against what came."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.forecast.limits import SIX_WEEKS, SIXTEEN_WEEKS, TWENTY_WEEKS
from scorecard.forecast.looking_ahead import forecast_of
from scorecard.forecast.looking_back import look_back_on, quarter_before
from scorecard.forecast.rows import Requested, Rows
from tests.scorecard.forecast.waits import course, request

DAY, LAST = date(2026, 6, 30), date(2026, 9, 30)
DAYS = ("first_decided_on", "changed_on", "replaced_on", "agreed_on", "outcome_on", "draft_on", "plan_on", "ended_on")


def history(draw: Random, number: int = 120) -> list[Requested]:
    """Requests of two years, each with what a course may hold."""
    rows: list[Requested] = []
    for _ in range(number):
        began = DAY - timedelta(draw.randrange(-60, 400))
        decided, draft = draw.randrange(10, 60), draw.randrange(70, 120)
        came = draw.choice(
            [
                {"agreed": decided, "draft": draft, "plan": draft + draw.randrange(10, 70)},
                {"refused": decided},
                {"refused": decided, "changed": draft},
                {"refused": decided, "relented": draft},
                {"refused": decided, "relented": draft, "plan": draft + draw.randrange(10, 70)},
                {"agreed": decided, "no_plan": draft},
                {"agreed": decided, "gone": draft},
                {},
            ]
        )
        rows.append(request(began, **came))
    return rows


def as_if(row: Requested, day: date) -> Requested:
    """The row as it would be if nothing after the day were on record."""
    gone = [name for name in DAYS if (on := getattr(row, name)) is not None and on > day]
    known = row._replace(**dict.fromkeys(gone))
    if known.first_decided_on is None:
        known = known._replace(first_decision=None)
    return known if known.outcome_on else known._replace(outcome=None)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_nothing_that_came_after_its_day_changes_a_course(seed: int) -> None:
    for row in history(Random(seed)):
        for limit in (TWENTY_WEEKS, SIXTEEN_WEEKS, SIX_WEEKS):
            then = as_if(row, DAY)
            # A refusal that was changed later ended the case as it was known then.
            if row.first_decision == "not_assess" and row.changed_on and row.changed_on > DAY:
                then = then._replace(ended_on=then.first_decided_on)
            assert course(limit, row, DAY) == course(limit, then, DAY)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_forecast_is_the_same_whatever_was_recorded_later(seed: int) -> None:
    rows = history(Random(seed), 600)
    known = [as_if(row, DAY) for row in rows if row.began <= DAY]
    assert forecast_of(Rows(rows), DAY) == forecast_of(Rows(known), DAY)
    back = look_back_on(Rows(rows), DAY, LAST)
    blind = look_back_on(Rows(known), DAY, LAST)
    for then, seen in zip(back.limits, blind.limits, strict=True):
        assert [each.forecast for each in then.months] == [each.forecast for each in seen.months]
    assert [each.before for each in back.limits] == [each.before for each in blind.limits]


def quarter() -> list[Requested]:
    """Half of the plans of the past in time; of ten due in July with a chance of one half, three were."""
    past = [request(DAY - timedelta(300), agreed=35, draft=100, plan=120 if place % 2 else 170) for place in range(40)]
    july = [request(DAY - timedelta(115), agreed=35, draft=100, plan=130 if place < 3 else 160) for place in range(10)]
    left = [request(DAY - timedelta(115), agreed=35, draft=100, gone=125)]
    return [*past, *july, *left]


def test_what_came_stands_beside_what_was_expected() -> None:
    found = look_back_on(Rows(quarter()), DAY, LAST).of(TWENTY_WEEKS)
    july, august, september = found.months
    assert july.forecast.rate is not None
    assert (july.forecast.open, july.forecast.rate.expected) == (11, pytest.approx(0.5))
    assert (july.met, july.missed, july.rate) == (3, 7, pytest.approx(0.3))
    assert july.inside is (july.forecast.rate.low <= 0.3 <= july.forecast.rate.high)
    assert (august.rate, august.inside, september.forecast.open) == (None, None, 0)


def test_chances_are_held_against_what_came_and_against_the_last_rate() -> None:
    # Three of the quarter before: one in time. Brier of one half: 0.25; of a third: (3 * 4/9 + 7 * 1/9) / 10.
    before = [request(DAY - timedelta(180), agreed=35, plan=140 if place < 1 else 150) for place in range(3)]
    found = look_back_on(Rows([*quarter(), *before]), DAY, LAST).of(TWENTY_WEEKS)
    assert found.before == pytest.approx(1 / 3)
    assert found.naive == pytest.approx((3 * 4 / 9 + 7 * 1 / 9) / 10)
    (band,) = [each for each in found.bands if each.cases]
    assert (band.cases, band.chance, band.met, found.cases, found.left, found.unsaid) == (
        10,
        pytest.approx(0.5),
        3,
        10,
        1,
        0,
    )
    assert found.brier == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ((2026, 11, 22), ((2026, 6, 30), (2026, 9, 30))),
        ((2026, 1, 1), ((2025, 9, 30), (2025, 12, 31))),
        ((2026, 3, 31), ((2025, 9, 30), (2025, 12, 31))),
    ],
)
def test_the_last_quarter_is_the_last_that_is_over(
    today: tuple[int, ...], expected: tuple[tuple[int, ...], ...]
) -> None:
    assert quarter_before(date(*today)) == tuple(date(*each) for each in expected)
