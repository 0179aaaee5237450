"""What came of requests is counted of the year so far: those of the month just over could not be decided yet."""

from datetime import date

import pytest

from scorecard.measures import measure
from scorecard.spans import period_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure, write


@pytest.mark.parametrize(
    ("name", "counted"),
    [("requests_agreed", 1), ("requests_refused", 0), ("requests_withdrawn", 1), ("requests_not_decided", 1)],
)
def test_decisions_on_the_requests_of_earlier_months_are_in_the_figure(
    council: Council, name: str, counted: int
) -> None:
    write(council, council.opens("2025-12-31"), "decision_not_to_assess=2026-02-09")
    write(council, council.opens("2026-01-01"), "decision_to_assess=2026-02-10")
    write(council, council.opens("2026-01-20"), "withdrawn=2026-02-11")
    council.opens("2026-02-02")
    found = one_figure(council, measure(name), period_of(measure(name), date(2026, 2, 28)))
    assert (found.numerator, found.denominator) == (counted, 3)
    assert "year so far" in measure(name).definition
    received = measure("requests_received")
    assert one_figure(council, received, period_of(received, date(2026, 2, 28))).numerator == 1
