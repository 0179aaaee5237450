"""An exception of the twenty weeks still flags the plan when an order puts other days in their place afterwards."""

import pytest

from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure, write

REFUSED = ("decision_to_assess=2025-03-05", "decision_not_to_issue=2025-05-20")
ORDERED, PLAN = "refusal_changed=2025-09-01;why=tribunal_order", "final_plan_sent=2025-11-03"


def relief(on: str) -> str:
    return f"relief={on};ground=personal;from=2025-04-01;to=2025-05-01;approver=m.east;limit=reg13_final_plan"


@pytest.mark.parametrize(
    ("granted", "flagged"),
    [("2025-05-06", True), ("2025-08-31", True), ("2025-09-01", False), ("2025-10-06", False)],
)
def test_it_was_granted_before_the_order(council: Council, granted: str, flagged: bool) -> None:
    write(council, council.opens("2025-02-03"), *REFUSED, relief(granted), ORDERED, PLAN)
    with_exceptions, without, granted_in_the_year = (
        one_figure(council, measure(name), year_of(2025)).numerator
        for name in ("plans_issued", "plans_issued_ex", "exceptions")
    )
    assert (with_exceptions, without, granted_in_the_year) == (1, 1 - flagged, int(flagged))
