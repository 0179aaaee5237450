"""What was over on a day of looking: days of the period (what is due today is neither done nor late yet), and cases."""

UNDER_WAY = (
    "a.authority = :authority AND NOT a.void AND a.began <= p.as_at AND (a.ended_on IS NULL OR a.ended_on > p.as_at) "
    "AND (a.gaps @> p.as_at) IS NOT TRUE"
)
"""SQL: whether an assessment was under way on the day of looking, also where it was over then and went on later."""


def over(day: str) -> str:
    """SQL: whether a day of the period is over when it is looked at: of a period that is over every day is."""
    return f"(p.is_over OR {day} < p.as_at)"
