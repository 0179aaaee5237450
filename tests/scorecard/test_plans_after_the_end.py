"""A final plan that was sent is a plan issued, also where the record says that the assessment was over before.

Somebody refused, was overturned and sent the plan, and nobody put down the change; or a letter crossed the plan.
"""

from collections.abc import Iterator

import pytest

from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import Council
from tests.scorecard.conftest import one_figure
from tests.scorecard.worked import Received, council_with, counted_in, names
from tests.support.database import Cluster

ON, AGREED = "2025-02-03", "decision_to_assess+30"
CASES = {
    "REFUSED": Received(ON, ["decision_not_to_assess+40", "final_plan_sent+141"]),
    "NO-PLAN": Received(ON, [AGREED, "decision_not_to_issue+112", "final_plan_sent+260"]),
    "WITHDRAWN": Received(ON, [AGREED, "withdrawn+70", "final_plan_sent+80"]),
    "TO-SETTING": Received(ON, [AGREED, "withdrawn+70", "final_plan_sent+80;to=setting"]),
    "TAKEN-BACK": Received(ON, [AGREED, "withdrawn+70", "final_plan_sent+80", "retracted:final_plan_sent+80"]),
    "IN-ERROR": Received(ON, [AGREED, "final_plan_sent+80", "opened_in_error+90"]),
}


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), CASES, {}) as council:
        yield council


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plans_issued", "REFUSED, NO-PLAN, WITHDRAWN"),
        ("plans_twenty_weeks", "WITHDRAWN"),
        ("plans_to_a_year", "REFUSED, NO-PLAN"),
        # What came first stays: the refusal of a plan, the withdrawal. A refusal to assess is no outcome; the plan is.
        ("assessments_issue", "REFUSED"),
        ("assessments_no_plan", "NO-PLAN"),
        ("assessments_withdrawn", "WITHDRAWN, TO-SETTING, TAKEN-BACK"),
        ("requests_refused", "REFUSED"),
    ],
)
def test_who_is_counted(year: Council, name: str, expected: str) -> None:
    assert counted_in(year, name, 2025) == names(expected)


def test_as_many_plans_are_issued_as_are_held(year: Council) -> None:
    issued, held = (one_figure(year, measure(name), year_of(2025)).numerator for name in ("plans_issued", "plans_held"))
    assert issued == held == 3
