"""The measures of the scorecard, as data."""

from scorecard.measure import Measure
from scorecard.measures.dfe_assessments import ASSESSMENTS
from scorecard.measures.dfe_plans import PLANS
from scorecard.measures.dfe_requests import REQUESTS
from scorecard.measures.dfe_reviews import REVIEWS
from scorecard.measures.dfe_reviews_2025 import REVIEWS_2025
from scorecard.measures.fed import FED
from scorecard.measures.operational_advice import ADVICE
from scorecard.measures.operational_balance import BALANCE
from scorecard.measures.operational_exceptions import EXCEPTIONS, TEAM
from scorecard.measures.operational_open import OPEN
from scorecard.measures.operational_reviews import REVIEW_FLOW

MEASURES: tuple[Measure, ...] = (
    *REQUESTS,
    *ASSESSMENTS,
    *PLANS,
    *OPEN,
    *ADVICE,
    *REVIEWS,
    *REVIEWS_2025,
    *REVIEW_FLOW,
    *BALANCE,
    *EXCEPTIONS,
    *TEAM,
    *FED,
)
"""Every measure, in the order in which it is shown under its heading."""

_BY_ID = {each.id: each for each in MEASURES}


def measure(name: str) -> Measure:
    """The measure of that id. Raises KeyError where there is none."""
    return _BY_ID[name]


_IN_PLACE_OF = {
    "reviews_met_2025": "reviews_completed",
    "reviews_not_met_2025": "reviews_not_completed",
    "reviews_four_weeks_2025": "reviews_four_weeks",
    "reviews_over_four_weeks_2025": "reviews_over_four_weeks",
    "reviews_expected_four_weeks_2025": "reviews_expected_four_weeks",
    "reviews_amend_2025": "reviews_completed_amend",
    "reviews_cease_2025": "reviews_completed_cease",
    "reviews_maintain_2025": "reviews_completed_maintain",
}
"""What the department counts since its release of 2026, by what it counted before."""


def is_in_force(of: Measure, year: int) -> bool:
    """Whether the definition holds for a calendar year: the department reports on it in the year after."""
    return of.since <= year + 1 <= of.until


def in_force(year: int) -> tuple[Measure, ...]:
    """The measures whose definition holds for a calendar year."""
    return tuple(each for each in MEASURES if is_in_force(each, year))


def instead_of(of: Measure, year: int) -> Measure | None:
    """The measure that is in force in a calendar year in place of one that is not; None without one."""
    pairs = {**_IN_PLACE_OF, **{new: old for old, new in _IN_PLACE_OF.items()}}
    found = _BY_ID.get(pairs.get(of.id, ""))
    return found if found and is_in_force(found, year) else None
