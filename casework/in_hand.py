"""How many open cases each officer has: counted in one way wherever it is said."""

HIDDEN = "p.person_id IN (SELECT id FROM person WHERE sensitivity = 'restricted' AND NOT :viewer = ANY (restricted_to))"
"""Restricted people count for those who are named alone; where `viewer` is NULL, for the house, all do."""

# By plan first: to count what is distinct, Postgres would sort every open case.
COUNTED = (
    "SELECT officer, sum(assessments)::int AS assessments, count(plan_id)::int AS plans, "  # noqa: S608 - no words of users
    "sum(reviews)::int AS reviews FROM "
    "(SELECT p.officer, v.plan_id, count(*) FILTER (WHERE v.process_id IS NULL) AS assessments, "
    "count(*) FILTER (WHERE v.process_id IS NOT NULL AND v.opens_on IS NULL) AS reviews "
    "FROM process p LEFT JOIN review v ON v.process_id = p.id "
    f"WHERE p.authority = :authority AND p.ended_on IS NULL AND NOT {HIDDEN} "
    "GROUP BY p.officer, v.plan_id) AS each_plan GROUP BY officer"
)
"""Of each officer (NULL: of nobody) `assessments` and `plans` that are open, and `reviews` whose clock runs."""
