"""Which plans the authority held on a day of looking, and since when they were its own."""

OURS = "NOT EXISTS (SELECT FROM counted_review h WHERE h.plan_id = t.id AND h.came_on > {0})"
"""SQL of plans `t`: whether a plan was no other authority's on a day (put in for {0})."""

HELD = (
    "t.authority = :authority AND t.made_on <= p.as_at AND (t.ceased_on IS NULL OR t.ceased_on > p.as_at) "
    f"AND t.ended_by <> 'opened_in_error' AND {OURS.format('p.as_at')}"
)
"""SQL of plans `t` and periods `p`: whether the authority kept a plan on the day of looking."""
