"""Chances and intervals keep their word where waits are what the forecast takes them for: alike and independent."""

from datetime import date, timedelta
from random import Random

from scorecard.forecast.limits import SIX_WEEKS, TWENTY_WEEKS
from scorecard.forecast.looking_back import LookedBack, look_back_on
from scorecard.forecast.rows import Requested, Rows
from tests.scorecard.forecast.waits import request

DAY, LAST = date(2026, 6, 30), date(2026, 9, 30)
COUNCILS = 12


def council(draw: Random) -> list[Requested]:
    """Two years and a half of a council where what happens on a day rests on the stage and the day of the wait alone."""
    return [_course(DAY - timedelta(day), draw) for day in range(-90, 820) if draw.random() < 0.9]


# What may happen on a day of a wait at a stage, with what chance, and from which day on.
DAILY = {
    None: (("refused", 0.01, 15), ("agreed", 0.05, 15)),
    "agreed": (("gone", 0.001, 15), ("draft", 0.02, 30)),
    "draft": (("gone", 0.001, 15), ("plan", 0.04, 90)),
}


def _course(began: date, draw: Random) -> Requested:
    came: dict[str, int] = {}
    stage: str | None = None
    for day in range(220):
        if stage not in DAILY:
            break
        for what, chance, since in DAILY[stage]:
            if day >= since and draw.random() < chance:
                came[what], stage = day, what
                break
    return request(began, **came)


def backtests() -> list[LookedBack]:
    return [look_back_on(Rows(council(Random(seed))), DAY, LAST) for seed in range(COUNCILS)]


def test_chances_come_true_as_often_as_they_say_and_intervals_hold_four_times_of_five() -> None:
    found = backtests()
    months = [each.inside for back in found for each in back.of(TWENTY_WEEKS).months]
    assert 0.7 <= sum(bool(each) for each in months) / len(months) <= 0.95
    for limit in (SIX_WEEKS, TWENTY_WEEKS):
        held = [back.of(limit) for back in found]
        bands = [[each.bands[number] for each in held] for number in range(5)]
        for together in bands:
            cases = sum(each.cases for each in together)
            given = sum((each.chance or 0) * each.cases for each in together)
            # Three standard deviations of so many throws.
            met = sum(each.met for each in together)
            assert abs(met - given) <= 3 * (cases * 0.25) ** 0.5
        assert sum(each.brier or 0 for each in held) < sum(each.naive or 0 for each in held) - 0.01 * COUNCILS
