"""A reopening undoes what ended a case from its own day on: what had come of it on the days before stays as it was told.

The year is 2025, looked at on the census day, 15 January 2026; two months of it on their last days.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import Period, month_of, year_of
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen
from scorecard.snapshots.restating import restated
from tests.casework.support import OFFICER, Council, at
from tests.scorecard.conftest import one_figure, write
from tests.scorecard.worked import Received, council_with, names
from tests.support.database import Cluster

ON, AGREED = "2025-02-03", "decision_to_assess+30"
POPULATIONS = {"requests", "decisions", "outcomes", "plans", "ended", "open", "children"}
MAY, YEAR, NEXT = month_of(date(2025, 5, 1)), year_of(2025), year_of(2026)
CASES = {
    "WITHDRAWN": Received(ON, ["withdrawn=2025-02-20", "reopened=2026-01-16"]),
    "BY-THE-CENSUS": Received(ON, ["withdrawn=2025-02-20", "reopened=2026-01-15"]),
    "DECIDED-LATER": Received(ON, ["withdrawn=2025-02-20", "reopened=2026-02-02", "decision_to_assess=2026-02-10"]),
    "AGREED": Received(ON, [AGREED, "withdrawn=2025-05-20", "reopened=2026-02-02"]),
    "WITHIN-THE-MONTH": Received(ON, [AGREED, "withdrawn=2025-05-20", "reopened=2025-05-31"]),
    "WITHIN-THE-YEAR": Received(ON, [AGREED, "withdrawn=2025-05-20", "reopened=2025-06-01"]),
    "MOVED": Received(ON, [AGREED, "moved_away=2025-05-20", "reopened=2026-02-02"]),
    "PLAN": Received(ON, [AGREED, "final_plan_sent=2025-05-20", "reopened=2026-02-02", "final_plan_sent=2026-04-01"]),
    "PLAN-OPEN": Received(ON, [AGREED, "final_plan_sent=2025-05-20", "reopened=2026-02-02"]),
    "TWICE": Received(ON, [AGREED, "withdrawn=2025-05-20", "reopened=2025-06-02", "withdrawn=2025-07-01"]),
    "TAKEN-BACK": Received(ON, [AGREED, "withdrawn=2025-05-20", "retracted:withdrawn=2025-05-20"]),
    "IN-ERROR": Received(ON, [AGREED, "opened_in_error=2025-05-20", "reopened=2026-02-02"]),
}


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), CASES, {}) as council:
        yield council


@pytest.mark.parametrize(
    ("name", "period", "expected"),
    [
        ("requests_withdrawn", YEAR, "WITHDRAWN, DECIDED-LATER"),
        ("requests_not_decided", YEAR, "BY-THE-CENSUS"),
        ("assessments_withdrawn", MAY, "AGREED, WITHIN-THE-YEAR, TWICE"),
        ("assessments_withdrawn", YEAR, "AGREED, TWICE"),
        ("assessments_not_decided", MAY, "MOVED"),
        ("assessments_issue", MAY, "PLAN, PLAN-OPEN"),
        ("assessments_issue", NEXT, "PLAN"),
        ("plans_issued", MAY, "PLAN, PLAN-OPEN"),
        ("plans_twenty_weeks", YEAR, "PLAN, PLAN-OPEN"),
        ("plans_over_a_year", NEXT, "PLAN"),
        ("withdrawals_after_six_weeks", MAY, "AGREED, WITHIN-THE-YEAR, TWICE"),
    ],
)
def test_who_is_counted(year: Council, name: str, period: Period, expected: str) -> None:
    found = behind(year.db, measure(name), period, OFFICER, Side.COUNTED, page=None).cases
    assert {each.case_ref for each in found} == names(expected)
    assert one_figure(year, measure(name), period).numerator == len(found)


def test_a_frozen_month_is_not_restated_by_what_happened_after_it(council: Council) -> None:
    cases = [council.opens(ON) for _ in range(3)]
    for case, end in zip(cases, ("withdrawn", "moved_away", "final_plan_sent"), strict=True):
        write(council, case, "decision_to_assess=2025-03-05", f"{end}=2025-05-20")
    assert freeze(council.db, MAY.last, OFFICER, at("2025-06-01"))
    taken = frozen(council.db, MAY.last)
    assert taken is not None
    for case in cases:
        write(council, case, "reopened=2025-06-10")
    again = {each.measure_id for each in restated(council.db, taken)}
    assert not {each for each in again if measure(each).population in POPULATIONS}
