"""How many open cases each officer has: counted in one way wherever it is said."""

from statute.kind import ANNUAL_REVIEW, ASSESSMENT

HIDDEN = (
    "p.id IN (SELECT h.id FROM person n JOIN process h ON h.person_id = n.id "
    "WHERE n.sensitivity = 'restricted' AND NOT :viewer = ANY (n.restricted_to))"
)
"""Restricted people count for those who are named alone; where `viewer` is NULL, for the house, all do."""

# Only what the index of open processes holds is asked of a review's; of an assessment's there are few. By plan first:
# to count what is distinct, Postgres would sort every open case.
_OPEN = f"p.ended_on IS NULL AND NOT {HIDDEN}"
_ASSESSMENTS = (
    "SELECT p.officer, count(*) AS assessments, 0 AS plans, 0 AS reviews FROM process p "  # noqa: S608 - no words of users
    f"WHERE p.authority = :authority AND p.kind = '{ASSESSMENT}' AND {_OPEN} GROUP BY p.officer"
)
_PLANS = (
    "SELECT p.officer, v.plan_id, count(*) FILTER (WHERE v.opens_on IS NULL) AS reviews "  # noqa: S608 - as above
    "FROM review v JOIN process p ON p.id = v.process_id "
    f"WHERE v.authority = :authority AND p.kind = '{ANNUAL_REVIEW}' AND {_OPEN} GROUP BY p.officer, v.plan_id"
)
COUNTED = (
    "SELECT officer, sum(assessments)::int AS assessments, sum(plans)::int AS plans, "  # noqa: S608 - as above
    f"sum(reviews)::int AS reviews FROM ({_ASSESSMENTS} UNION ALL "
    f"SELECT officer, 0, count(*), sum(reviews) FROM ({_PLANS}) AS each_plan GROUP BY officer) AS found "
    "GROUP BY officer"
)
"""Of each officer (NULL: of nobody) `assessments` and `plans` that are open, and `reviews` whose clock runs."""
