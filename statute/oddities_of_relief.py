"""What is odd about a relief: that it lifts nothing, and exactly why."""

from collections.abc import Iterator

from statute import annual_review, assessment
from statute.case import read_case
from statute.docket import Docket
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.norms import NO_NORMS
from statute.review_case import read_review
from statute.row import Row
from statute.warnings import why_it_lifts_nothing
from statute.words import plain

_LIMITS = {ASSESSMENT: OF_ASSESSMENTS, ANNUAL_REVIEW: annual_review.LIMITS}


def relief(docket: Docket, fact: Fact) -> Iterator[str]:
    """A relief that reaches no limit, with the reason for each limit that it could have meant."""
    limits = _LIMITS[docket.process]
    if (named := fact.attributes.get("limit")) is not None and named not in limits:
        yield f"There is no limit {named!r}: this relief lifts nothing. Known are {', '.join(limits)}."
        return
    reasons = _reasons(docket, fact)
    if not reasons:
        ground = plain(fact.attributes["ground"])
        if docket.process == ANNUAL_REVIEW:
            yield (
                f"This relief lifts nothing: {ground} is no ground for any limit of a review, none of which has an "
                "exception in permanent law."
            )
            return
        yield f"This relief lifts nothing: {ground} is not a ground for any limit it names."
        if "limit" not in fact.attributes:
            yield "It reaches only the authority's own limits; for an adviser's add limit=reg8_advice or code_advice."
    elif "" not in reasons.values():
        told = " ".join(f"{limit}: {reason}" for limit, reason in reasons.items())
        yield f"This relief lifts nothing. {told}"


def _reasons(docket: Docket, fact: Fact) -> dict[str, str]:
    return why_it_lifts_nothing(fact, _rows(docket, [*docket.others, fact]))


def _rows(docket: Docket, facts: list[Fact]) -> list[Row]:
    calendar = docket.case.calendar
    if docket.process == ANNUAL_REVIEW:
        return annual_review.work_out(read_review(facts, docket.today, calendar, NO_NORMS, 0))
    return assessment.work_out(read_case(facts, docket.today, calendar, NO_NORMS, 0))
