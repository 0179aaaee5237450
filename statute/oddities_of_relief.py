"""What is odd about a relief: that it lifts nothing, and exactly why."""

from collections.abc import Iterator

from statute.assessment import LIMITS, timeline
from statute.case import read_case
from statute.docket import Docket
from statute.facts import Fact
from statute.norms import NO_NORMS
from statute.reliefs import concerns, why_not
from statute.words import plain


def relief(docket: Docket, fact: Fact) -> Iterator[str]:
    """A relief that reaches no limit, with the reason for each limit that it could have meant."""
    if (named := fact.attributes.get("limit")) is not None and named not in LIMITS:
        yield f"There is no limit {named!r}: this relief lifts nothing. Known are {', '.join(LIMITS)}."
        return
    reasons = _why_it_lifts_nothing(docket, fact)
    if not reasons:
        yield f"This relief lifts nothing: {plain(fact.attributes['ground'])} is not a ground for any limit it names."
    elif "" not in reasons.values():
        told = " ".join(f"{limit}: {reason}" for limit, reason in reasons.items())
        yield f"This relief lifts nothing. {told}"


def _why_it_lifts_nothing(docket: Docket, fact: Fact) -> dict[str, str]:
    """For each limit that the relief could mean, why it does not lift it (empty where it does)."""
    reasons: dict[str, str] = {}
    facts = [*docket.others, fact]
    case = read_case(facts, docket.today, docket.case.calendar, NO_NORMS, 0)
    for each in timeline(facts, docket.today).deadlines:
        limit = LIMITS[each.limit]
        if not _meant(fact, each.limit, each.subject):
            continue
        if each.start is None or each.legal_due is None:
            reasons.setdefault(each.limit, "its clock has not started.")
        else:
            reason = why_not(fact, limit, case, each.start, each.legal_due)
            reasons[each.limit] = reason if reasons.get(each.limit, reason) else ""
    return reasons


def _meant(fact: Fact, limit: str, subject: str) -> bool:
    if "limit" not in fact.attributes:
        return LIMITS[limit].own and fact.attributes["ground"] in LIMITS[limit].grounds
    return concerns(fact, LIMITS[limit], subject)
