"""What is odd about a relief: that it lifts nothing, and exactly why."""

from collections.abc import Iterator

from statute.assessment import LIMITS, work_out
from statute.case import read_case
from statute.docket import Docket
from statute.facts import Fact
from statute.norms import NO_NORMS
from statute.warnings import why_it_lifts_nothing
from statute.words import plain


def relief(docket: Docket, fact: Fact) -> Iterator[str]:
    """A relief that reaches no limit, with the reason for each limit that it could have meant."""
    if (named := fact.attributes.get("limit")) is not None and named not in LIMITS:
        yield f"There is no limit {named!r}: this relief lifts nothing. Known are {', '.join(LIMITS)}."
        return
    reasons = _reasons(docket, fact)
    if not reasons:
        yield f"This relief lifts nothing: {plain(fact.attributes['ground'])} is not a ground for any limit it names."
        if "limit" not in fact.attributes:
            yield "It reaches only the authority's own limits; for an adviser's add limit=reg8_advice or code_advice."
    elif "" not in reasons.values():
        told = " ".join(f"{limit}: {reason}" for limit, reason in reasons.items())
        yield f"This relief lifts nothing. {told}"


def _reasons(docket: Docket, fact: Fact) -> dict[str, str]:
    case = read_case([*docket.others, fact], docket.today, docket.case.calendar, NO_NORMS, 0)
    return why_it_lifts_nothing(fact, work_out(case))
