"""Plans files as tests write them."""

from casework.caseload.plan_columns import COLUMNS


def plan(plan_ref: str, **cells: str) -> dict[str, str]:
    """A plain row: a child of its own for every reference, whose plan was last reviewed on 2 March 2026."""
    number = sum(plan_ref.encode())
    plain = {
        "plan_ref": plan_ref,
        "surname": f"Surname {plan_ref}",
        "forename": "Sam",
        "date_of_birth": f"2012-01-{number % 28 + 1:02d}",
        "setting_urn": "117222",
        "plan_made": "2024-03-04",
        "last_review_decision": "2026-03-02",
        "last_review_meeting": "2026-02-09",
        "caseworker": "a.marsh",
        "team": "East",
    }
    return dict.fromkeys(COLUMNS, "") | plain | cells
