"""Which measures are together a whole, and which figures are others together."""

from collections.abc import Sequence

from scorecard.packs.amounts import Key

PARTITIONS: Sequence[Sequence[str]] = (
    ("requests_agreed", "requests_refused", "requests_not_decided", "requests_withdrawn"),
    ("decisions_six_weeks", "decisions_over_six_weeks"),
    ("assessments_issue", "assessments_no_plan", "assessments_not_decided", "assessments_withdrawn"),
    ("no_plan_sixteen_weeks", "no_plan_over_sixteen_weeks"),
    ("plans_twenty_weeks", "plans_to_a_year", "plans_over_a_year"),
    ("plans_twenty_weeks_ex", "plans_to_a_year_ex", "plans_over_a_year_ex"),
    ("plans_twenty_weeks_ex", "late_plans_issued"),
    ("reviews_completed", "reviews_completed_before", "reviews_not_completed"),
    ("reviews_four_weeks", "reviews_over_four_weeks"),
    (
        "reviews_completed_amend",
        "reviews_completed_cease",
        "reviews_completed_maintain",
        "reviews_completed_no_outcome",
    ),
    ("reviews_four_weeks_2025", "reviews_over_four_weeks_2025"),
    ("reviews_amend_2025", "reviews_cease_2025", "reviews_maintain_2025"),
)
"""Measures whose figures together are the denominator of the first, each case in one of them."""

SUMS: Sequence[tuple[Key, Sequence[Key]]] = (
    (("open_over_twenty_weeks", ""), (("open_assessments", "21 to 52 weeks"), ("open_assessments", "over 52 weeks"))),
    (("open_over_a_year", ""), (("open_assessments", "over 52 weeks"),)),
    (("open_by_age", ""), (("open_assessments", ""),)),
    (("reviews_expected_four_weeks_2025", ""), (("reviews_four_weeks_2025", ""),)),
)
"""Figures that are others together, though they are counted apart."""
