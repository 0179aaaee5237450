"""How plans spread over weeks, and what came of what was due in each month: hand-worked at the borders."""

from collections.abc import Callable
from datetime import date
from typing import Any

from scorecard.counted.keeping import bring_up_to_date
from scorecard.period import Period
from scorecard.spreads import DueMonth, due_months, weeks_to_plan
from tests.casework.support import Council
from tests.scorecard.conftest import write

# 140 days after 5 January 2026 is 25 May.
ON_THE_DAY, A_DAY_LATER = "2026-01-05", "2026-01-04"


def on_the_rows(council: Council, ask: Callable[..., Any], *about: Any, **more: Any) -> Any:
    bring_up_to_date(council.db)
    with council.db.connect() as connection:
        return ask(connection, *about, **more)


def planned(council: Council, received: str, final: str = "2026-05-25") -> None:
    write(council, council.opens(received), "decision_to_assess=2026-02-10", f"final_plan_sent={final}")


def test_day_140_is_of_week_20_and_day_141_of_week_21(council: Council) -> None:
    planned(council, ON_THE_DAY)
    planned(council, A_DAY_LATER)
    may = Period(date(2026, 5, 1), date(2026, 5, 31), date(2026, 5, 31))
    assert on_the_rows(council, weeks_to_plan, may) == {20: 1, 21: 1}


def test_what_was_due_in_a_month_is_in_time_late_or_still_open(council: Council) -> None:
    planned(council, ON_THE_DAY)
    planned(council, A_DAY_LATER)
    council.opens("2026-01-06")
    refused = council.opens("2026-01-05")
    write(council, refused, "decision_not_to_assess=2026-02-09")  # nothing was still to be finished in May
    found = on_the_rows(council, due_months, date(2026, 6, 30), date(2026, 6, 1), months=3)
    assert found == [
        DueMonth(date(2026, 4, 1), 0, 0, 0),
        DueMonth(date(2026, 5, 1), 1, 1, 1),
        DueMonth(date(2026, 6, 1), 0, 0, 0),
    ]
