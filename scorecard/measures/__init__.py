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


def in_force(year: int) -> tuple[Measure, ...]:
    """The measures whose definition holds for a calendar year: the department reports on it in the year after."""
    return tuple(each for each in MEASURES if each.since <= year + 1 <= each.until)
