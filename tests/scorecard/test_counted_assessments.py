"""How an assessment is counted: the days and first outcomes that stand, whatever was said later about the record."""

from datetime import date
from typing import Any

import pytest

from scorecard.counted.keeping import bring_up_to_date
from tests.casework.support import Council
from tests.scorecard.conftest import counted_row, write

PERSONAL = "relief=2026-03-01;ground=personal;from=2026-02-10;to=2026-02-20;approver=m.east;limit=reg13_final_plan"


def test_every_day_of_a_case_is_counted(council: Council) -> None:
    case = council.opens("2026-01-05")
    write(
        council,
        case,
        "decision_to_assess=2026-02-10",
        "decision_to_issue=2026-04-20",
        "draft_plan_sent=2026-04-28",
        "final_plan_sent=2026-05-25",
    )
    row = counted_row(council, case.case_ref)
    assert (row["began"], row["source"], row["inherited"]) == (date(2026, 1, 5), 1, False)
    assert (row["first_decision"], row["first_decided_on"]) == ("assess", date(2026, 2, 10))
    assert (row["outcome"], row["outcome_on"]) == ("issue", date(2026, 4, 20))
    assert (row["draft_on"], row["plan_on"]) == (date(2026, 4, 28), date(2026, 5, 25))
    assert (row["ended_as"], row["ended_on"], row["excepted"]) == ("final_plan_sent", date(2026, 5, 25), False)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            ["decision_to_assess=2026-02-10", "final_plan_sent=2026-05-25"],
            {"outcome": "issue", "outcome_on": date(2026, 5, 25)},
            id="a plan says that there was a decision to issue it",
        ),
        pytest.param(
            ["decision_not_to_assess=2026-02-10", "refusal_changed=2026-04-01;why=tribunal_order"],
            {"first_decision": "not_assess", "replaced_on": date(2026, 4, 1), "ended_on": None},
            id="a changed refusal stays the first decision and the case goes on",
        ),
        pytest.param(
            ["decision_to_assess=2026-02-10", PERSONAL, "final_plan_sent=2026-05-20"],
            {"excepted": True},
            id="a plan in time is flagged when a relief lifts its limit",
        ),
        pytest.param(
            ["decision_to_assess=2026-02-10", PERSONAL.replace("reg13_final_plan", "reg5_decide")],
            {"excepted": False},
            id="a relief of another limit is no exception of the twenty weeks",
        ),
        pytest.param(
            ["decision_to_assess=2026-02-10", "final_plan_sent=2026-05-20;to=setting"],
            {"plan_on": None, "outcome": None},
            id="a plan that went to the setting alone is not sent",
        ),
        pytest.param(
            ["decision_to_assess=2026-02-10", "moved_away=2026-03-20"],
            {"outcome": None, "ended_as": "moved_away"},
            id="a child who moved away has no outcome",
        ),
    ],
)
def test_first_outcomes_stand(council: Council, facts: list[str], expected: dict[str, Any]) -> None:
    case = council.opens("2026-01-05")
    write(council, case, *facts)
    row = counted_row(council, case.case_ref)
    assert {name: row[name] for name in expected} == expected


def test_a_correction_is_counted_in_and_nothing_else_is_read_again(council: Council) -> None:
    case, _ = council.opens("2026-01-05"), council.opens("2026-01-06")
    assert bring_up_to_date(council.db) == 2
    write(council, case, "decision_to_assess=2026-02-10")
    write(council, case, "corrected:decision_to_assess=2026-02-12")
    assert bring_up_to_date(council.db) == 1
    assert counted_row(council, case.case_ref)["first_decided_on"] == date(2026, 2, 12)
    assert bring_up_to_date(council.db) == 0


def test_a_case_opened_in_error_counts_nowhere(council: Council) -> None:
    case = council.opens("2026-01-05")
    write(council, case, "opened_in_error=2026-02-10")
    assert counted_row(council, case.case_ref)["void"] is True


def test_batches_end(council: Council) -> None:
    for _ in range(5):
        council.opens("2026-01-05")
    assert bring_up_to_date(council.db, batch=2) == 5
