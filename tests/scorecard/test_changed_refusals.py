"""Refusals that were changed: one of its own accord leaves the twenty weeks running, any other replaces them.

R (W) v Hertfordshire [2023] EWHC 3138 (Admin); regulations 44 and 45. Requests of Monday 1 June 2026 have their twenty
weeks on Monday 19 October; the month is October, looked at on its last day unless it is said otherwise.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from scorecard.behind import Side, behind
from scorecard.figures import figures
from scorecard.measures import measure
from scorecard.period import Period, month_of
from scorecard.spreads import DueMonth, due_months
from tests.casework.support import OFFICER, Council
from tests.scorecard.conftest import counted_row
from tests.scorecard.worked import Received, council_with, names
from tests.support.database import Cluster

JUNE = "2026-06-01"
REFUSED = "decision_not_to_assess+30"
OWN_ACCORD, ORDERED = "why=own_accord", "why=tribunal_order"
OCTOBER = month_of(date(2026, 10, 1))
LAST_DAY = Period(OCTOBER.last, OCTOBER.last, OCTOBER.last)
CASES = {
    "OWN-OPEN": Received(JUNE, [REFUSED, f"refusal_changed+50;{OWN_ACCORD}"]),
    "OWN-140": Received(JUNE, [REFUSED, f"refusal_changed+50;{OWN_ACCORD}", "final_plan_sent+140"]),
    "OWN-141": Received(JUNE, [REFUSED, f"refusal_changed+50;{OWN_ACCORD}", "final_plan_sent+141"]),
    "OWN-CHANGED-LATE": Received(JUNE, [REFUSED, f"refusal_changed=2026-10-30;{OWN_ACCORD}"]),
    "OWN-CHANGED-NEXT-MONTH": Received(JUNE, [REFUSED, f"refusal_changed=2026-11-02;{OWN_ACCORD}"]),
    "ORDERED-OPEN": Received(JUNE, [REFUSED, f"refusal_changed+50;{ORDERED}"]),
    "ORDERED-141": Received(JUNE, [REFUSED, f"refusal_changed+50;{ORDERED}", "final_plan_sent+141"]),
    "ORDERED-NEXT-MONTH": Received(JUNE, [REFUSED, f"refusal_changed=2026-11-02;{ORDERED}"]),
    "OWN-THEN-ORDERED": Received(
        JUNE, [REFUSED, f"refusal_changed+50;{OWN_ACCORD}", "refusal_changed=2026-08-03;why=consent_order"]
    ),
    "TWICE": Received(
        "2026-03-02",
        [
            REFUSED,
            f"refusal_changed=2026-05-05;{OWN_ACCORD}",
            "decision_not_to_issue=2026-08-05",
            f"refusal_changed=2026-10-05;{ORDERED}",
        ],
    ),
    "WITHDRAWN": Received(JUNE, [REFUSED, f"refusal_changed+50;{ORDERED}", "withdrawn=2026-10-12"]),
    "NEVER-AGREED": Received(JUNE, ["withdrawn=2026-10-12"]),
    "DRAFT-WITHDRAWN": Received(JUNE, ["draft_plan_sent+100", "withdrawn=2026-10-12"]),
    "DRAFT-MOVED": Received(JUNE, ["draft_plan_sent+100", "moved_away=2026-10-12"]),
    "REFUSED-AGAIN": Received(JUNE, [REFUSED, f"refusal_changed+50;{OWN_ACCORD}", "decision_not_to_assess+130"]),
}
LATE = "OWN-141, OWN-OPEN, OWN-CHANGED-LATE"


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("house"), CASES, {}) as council:
        yield council


def cases(council: Council, name: str, period: Period = OCTOBER, side: Side = Side.COUNTED) -> set[str]:
    found = behind(council.db, measure(name), period, OFFICER, side, page=None).cases
    return {each.case_ref for each in found}


@pytest.mark.parametrize(
    ("name", "period", "expected"),
    [
        ("due_in_time", OCTOBER, "OWN-140"),
        ("due_in_time_ex", OCTOBER, "OWN-140"),
        ("went_late", OCTOBER, LATE),
        ("late_plans_issued", OCTOBER, "OWN-141, ORDERED-141"),
        ("still_late", LAST_DAY, "OWN-OPEN, OWN-CHANGED-LATE"),
        ("refusals_overturned", month_of(date(2026, 5, 1)), "TWICE"),
        ("refusals_overturned", OCTOBER, "TWICE, OWN-CHANGED-LATE"),
        ("refusals_overturned", month_of(date(2026, 8, 1)), ""),
        ("assessments_withdrawn", OCTOBER, "WITHDRAWN, DRAFT-WITHDRAWN"),
        ("assessments_not_decided", OCTOBER, "DRAFT-MOVED"),
    ],
)
def test_who_is_counted(house: Council, name: str, period: Period, expected: str) -> None:
    assert cases(house, name, period) == names(expected)


def test_the_denominator_is_of_all_whose_twenty_weeks_bound(house: Council) -> None:
    assert cases(house, "due_in_time", side=Side.AMONG) == names(f"OWN-140, {LATE}")
    left = behind(house.db, measure("due_in_time"), OCTOBER, OFFICER, Side.LEFT_OUT, page=None).cases
    replaced = {each.case_ref for each in left if each.why.startswith("refused, and that was changed by an agreement")}
    assert replaced == names("ORDERED-OPEN, ORDERED-141, OWN-THEN-ORDERED")


def test_who_relents_after_the_day_is_late_from_then_on_and_not_before(house: Council) -> None:
    """On 31 October both were refused; two days later one of them is late by its first limit, and the other has another."""
    seen_later = Period(OCTOBER.first, OCTOBER.last, date(2026, 11, 20))
    assert cases(house, "went_late", seen_later) == names(f"{LATE}, OWN-CHANGED-NEXT-MONTH")
    assert not cases(house, "due_in_time", seen_later, Side.AMONG) & {"ORDERED-NEXT-MONTH"}


def test_what_is_still_late_is_what_the_list_of_the_overdue_holds(house: Council) -> None:
    today = date(2026, 11, 20)
    with house.db.connect() as connection:
        overdue = connection.execute(
            text(
                "SELECT p.case_ref FROM deadline d JOIN process p ON p.id = d.process_id WHERE d.to_day IS NULL "
                "AND d.limit_id = 'reg13_final_plan' AND d.standing = 'open' AND d.legal_due < :today"
            ),
            {"today": today},
        )
        on_the_list = set(overdue.scalars())
    assert cases(house, "still_late", Period(today, today, today, over=False)) == on_the_list
    assert on_the_list == names("OWN-OPEN, OWN-CHANGED-LATE, OWN-CHANGED-NEXT-MONTH")


def test_the_chart_of_the_months_says_the_same(house: Council) -> None:
    counted_row(house, "TWICE")
    with house.db.connect() as connection:
        (october,) = due_months(connection, OCTOBER.last, date(2026, 11, 20), months=1)
    assert october == DueMonth(OCTOBER.first, in_time=1, late=1, still_open=3)


def test_each_refusal_that_was_changed_is_counted_by_its_own_reason(house: Council) -> None:
    may_to_october = Period(date(2026, 5, 1), OCTOBER.last, OCTOBER.last)
    (found,) = figures(house.db, [measure("refusals_overturned")], [may_to_october])
    parts = {each.part: each.numerator for each in found}
    # Eight in July: of OWN-THEN-ORDERED the first change, which the second finds done. Two of TWICE.
    assert parts == {"": 11, "of its own accord": 7, "ordered by the Tribunal": 4}


@pytest.mark.parametrize(
    ("case_ref", "agreed", "replaced"),
    [
        ("OWN-OPEN", date(2026, 7, 21), None),
        ("ORDERED-OPEN", date(2026, 7, 21), date(2026, 7, 21)),
        ("OWN-THEN-ORDERED", date(2026, 7, 21), date(2026, 8, 3)),
        ("DRAFT-WITHDRAWN", date(2026, 9, 9), None),
        ("NEVER-AGREED", None, None),
    ],
)
def test_the_row_says_when_it_was_agreed_and_when_other_days_took_over(
    house: Council, case_ref: str, agreed: date | None, replaced: date | None
) -> None:
    row = counted_row(house, case_ref)
    assert (row["agreed_on"], row["replaced_on"]) == (agreed, replaced)
