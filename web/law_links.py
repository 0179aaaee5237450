"""Where the law behind a limit can be read."""

from collections.abc import Iterator

from statute.annual_review import LIMITS as OF_REVIEWS
from statute.limit import Limit
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.limits_of_assessments import LOCAL_DRAFT_PLAN
from statute.limits_of_plans import TRANSFER_LIMITS
from statute.limits_of_reviews import REG21, REG28_FINAL, REG28_REPRESENTATIONS
from statute.timeline import Deadline


def limit_behind(deadline: Deadline) -> Limit | None:
    """The limit that a deadline is of, as it is cited there: some have two readings."""
    found = [limit for limit in _all() if limit.id == deadline.limit]
    return next((limit for limit in found if limit.citation == deadline.citation), found[0] if found else None)


def link_of(deadline: Deadline) -> str:
    """The address of the law behind a deadline, on legislation.gov.uk or of the Code; empty for a local norm."""
    limit = limit_behind(deadline)
    return limit.link if limit and not limit.id.startswith("local_") else ""


def _all() -> Iterator[Limit]:
    yield from OF_ASSESSMENTS.values()
    yield LOCAL_DRAFT_PLAN
    yield from OF_REVIEWS.values()
    yield from TRANSFER_LIMITS.values()
    yield from REG21.values()
    yield from (REG28_FINAL, REG28_REPRESENTATIONS)
