"""A request with a plan was agreed, also where nobody put the decision to assess on record."""

from datetime import date

import pytest

from scorecard.measures import measure
from scorecard.period import Period
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure, write

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("fact", "before", "on"),
    [
        ("final_plan_sent=2026-05-20", date(2026, 5, 19), date(2026, 5, 20)),
        ("draft_plan_sent=2026-04-20", date(2026, 4, 19), date(2026, 4, 20)),
        ("decision_not_to_issue=2026-04-20", date(2026, 4, 19), date(2026, 4, 20)),
    ],
)
def test_what_comes_after_a_decision_says_that_there_was_one(
    council: Council, fact: str, before: date, on: date
) -> None:
    write(council, council.opens("2026-01-05"), fact)
    for day, agreed in ((before, 0), (on, 1)):
        seen = Period(*YEAR, as_at=day)
        assert one_figure(council, measure("requests_agreed"), seen).numerator == agreed
        assert one_figure(council, measure("requests_not_decided"), seen).numerator == 1 - agreed
