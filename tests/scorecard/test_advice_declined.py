"""Advice that was declined: in no rate, and so counted by itself. Six weeks from 7 September end on 19 October 2026."""

from datetime import date

import pytest

from scorecard.measures import measure
from scorecard.period import month_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure, write

OCTOBER = month_of(date(2026, 10, 1))
ASKED = "advice_requested:health=2026-09-07"


@pytest.mark.parametrize(
    ("answer", "on_time", "declined"),
    [
        ("advice_declined:health=2026-10-19", (0, 0), 1),
        ("advice_declined:health=2026-10-20", (0, 1), 0),  # never came by its day
        ("advice_received:health=2026-10-19", (1, 1), 0),
        ("advice_cancelled:health=2026-10-19", (0, 0), 0),
    ],
)
def test_who_declines_by_the_day_is_not_on_time_and_is_seen(
    council: Council, answer: str, on_time: tuple[int, int], declined: int
) -> None:
    write(council, council.opens("2026-08-03"), "decision_to_assess=2026-09-04", ASKED, answer)
    share = one_figure(council, measure("advice_on_time"), OCTOBER)
    assert (share.numerator, share.denominator) == on_time
    assert one_figure(council, measure("advice_declined"), OCTOBER).numerator == declined
