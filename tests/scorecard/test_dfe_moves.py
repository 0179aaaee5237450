"""Moves to another phase of education, worked by hand: the columns that came with the release of 2026.

The year is 2025; the census after it is on Thursday 15 January 2026. References say what each plan is.
"""

import pytest

from scorecard.as_published import as_published
from tests.scorecard.worked import Made, council_with
from tests.support.database import Cluster

MADE = "plan_made=2022-03-01"
# To be named before 15 February of their years.
THIS, NEXT = "phase_transfer:school=2025-09-01", "phase_transfer:school=2026-09-01"
NAMED = "names_setting=yes"
PLANS = {
    "NAMED-LATE": Made(
        [MADE, THIS],
        ["review_meeting=2025-01-06", "decision_amend=2025-01-20", f"amended_plan_sent=2025-03-03;{NAMED}"],
    ),
    "NAMED-EARLY": Made(
        [MADE, NEXT],
        ["review_meeting=2025-10-06", "decision_amend=2025-10-20", f"amended_plan_sent=2025-12-31;{NAMED}"],
    ),
    "NAMED-IN-JANUARY": Made(
        [MADE, NEXT],
        ["review_meeting=2025-11-03", "decision_amend=2025-11-24", f"amended_plan_sent=2026-01-15;{NAMED}"],
    ),
    "NAMED-AFTER-CENSUS": Made(
        [MADE, NEXT],
        ["review_meeting=2025-11-03", "decision_amend=2025-11-24", f"amended_plan_sent=2026-01-16;{NAMED}"],
    ),
    # Its review is over and the move goes on in the next: one move all the same.
    "CARRIED": Made([MADE, NEXT], ["review_meeting=2025-03-03", "decision_maintain=2025-03-17"]),
    "NOT-YET": Made([MADE, "phase_transfer:school=2027-09-01"]),
    "NO-MOVE": Made([MADE]),
    "CEASED": Made([MADE, NEXT, "plan_ceased=2025-12-01"]),
    "IN-ERROR": Made([MADE, NEXT], ["opened_in_error=2025-07-01"]),
}


def test_moves_are_counted_by_the_year_of_their_day_and_of_their_plan(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with council_with(cluster, tmp_path_factory.mktemp("year"), {}, PLANS) as council:
        reviews = as_published(council.db, 2025).tables["annual_reviews"] or {}
    moves = {name: reviews[name] for name in ("due_25", "due_26", "final_25", "final_26", "number_plans")}
    assert moves == {"due_25": 1, "due_26": 4, "final_25": 2, "final_26": 1, "number_plans": 7}
