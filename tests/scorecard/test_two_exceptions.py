"""Two exceptions in one case: what is recorded in November takes nothing from August."""

from collections.abc import Mapping
from datetime import date

import pytest

from scorecard.figures import figures
from scorecard.measures import measure
from scorecard.period import month_of
from tests.casework.support import Council
from tests.scorecard.conftest import counted_row, write

AUGUST, OCTOBER = (month_of(date(2026, month, 1)) for month in (8, 10))
FIRST = "relief=2026-08-03;ground=personal;from=2026-08-03;to=2026-08-14;approver=h.service"
SECOND = "relief=2026-10-05;ground=absent_4w;from=2026-08-20;to=2026-09-20;approver=m.east"
LIFTS_NOTHING = "relief=2026-10-05;ground=absent_4w;from=2026-08-20;to=2026-09-15;approver=m.east"  # 27 days


def counted(council: Council, name: str) -> list[Mapping[str, int | None]]:
    """In August and in October, by part."""
    found = figures(council.db, [measure(name)], [AUGUST, OCTOBER])
    return [{each.part: each.numerator for each in of_month} for of_month in found]


def test_each_is_counted_in_its_own_month_by_its_own_ground_and_approver(council: Council) -> None:
    case = council.opens("2026-06-01")
    write(council, case, "decision_to_assess=2026-07-10")
    write(council, case, FIRST)
    before = [counted(council, name)[0] for name in ("exceptions", "exceptions_by_approver")]
    write(council, case, SECOND)
    away, personal = "away from the area for four weeks or more", "exceptional personal circumstances"
    assert counted(council, "exceptions") == [{"": 1, personal: 1}, {"": 1, away: 1}]
    assert counted(council, "exceptions_by_approver") == [{"": 1, "h.service": 1}, {"": 1, "m.east": 1}]
    assert [counted(council, name)[0] for name in ("exceptions", "exceptions_by_approver")] == before


def test_one_stays_in_its_month_when_an_order_replaces_what_it_lifted(council: Council) -> None:
    case = council.opens("2026-05-01")
    write(council, case, "decision_to_assess=2026-06-10", FIRST)
    write(council, case, "decision_not_to_issue=2026-08-14")
    assert counted(council, "exceptions")[0][""] == 1
    write(council, case, "refusal_changed=2026-10-05;why=tribunal_order")
    write(council, case, SECOND)
    assert [each[""] for each in counted(council, "exceptions")] == [1, 0]


@pytest.mark.parametrize("name", ["exceptions", "exceptions_by_approver"])
def test_one_that_lifts_nothing_is_none(council: Council, name: str) -> None:
    case = council.opens("2026-06-01")
    write(council, case, "decision_to_assess=2026-07-10", FIRST)
    write(council, case, LIFTS_NOTHING)
    assert [each[""] for each in counted(council, name)] == [1, 0]
    assert counted_row(council, case.case_ref)["excepted"] is True
