"""What is recorded of a review only once confirmed: unlawful but real, to be shown as a breach."""

from collections.abc import Iterator, Sequence
from datetime import date

from statute.annual_review import work_out
from statute.attributes import day_of
from statute.docket import Docket
from statute.facts import Fact
from statute.limit import Limit
from statute.limits_of_reviews import REG22_REPRESENTATIONS
from statute.norms import NO_NORMS
from statute.review_case import read_review
from statute.window import served_on
from statute.words import day_words

# Only these can put a plan that was sent or that ceased into time that is the family's.
_CAN_BREACH = frozenset(
    {
        "amended_plan_sent",
        "amendment_notice_sent",
        "plan_ceased",
        "decision_cease",
        "appeal_registered",
        "appeal_determined",
    }
)


def review_confirmations(docket: Docket, fact: Fact) -> Iterator[str]:
    """What a person must confirm before the fact is recorded of a plan and its review."""
    if fact.kind in _CAN_BREACH:
        before = _breaches(docket, docket.others)
        for breach in _breaches(docket, [*docket.others, fact]):
            if breach not in before:
                yield f"{breach} It will be shown as a breach."
    if fact.kind == "amendment_notice_sent":
        yield from too_short_a_notice(docket, fact, REG22_REPRESENTATIONS, "regulation 22(2)(c)")


def too_short_a_notice(docket: Docket, draft: Fact, limit: Limit, source: str) -> Iterator[str]:
    """A notice that gives the family less time to answer than the law does."""
    until = day_of(draft, "reps_until")
    served, _ = served_on(draft, docket.case.calendar)
    least = limit.rule.last_day(served)
    if until is not None and until < least:
        yield (
            f"The notice gives the family until {day_words(until)}; the law gives at least 15 days beginning with "
            f"service, up to and including {day_words(least)} ({source}), and that day will be kept."
        )


def _breaches(docket: Docket, facts: Sequence[Fact]) -> list[str]:
    case = read_review(facts, date.max, docket.case.calendar, NO_NORMS, 0)
    return [row.breach for row in work_out(case) if row.breach]
