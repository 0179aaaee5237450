"""What the law expects to be recorded next in a process: the first things to offer whoever has something to record.

Anything else that happened can be recorded too; this orders, it never forbids.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from statute.amendment import current_amendment
from statute.asks import Ask
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.kinds import REFUSALS
from statute.review_case import present

_ASSESS = ("decision_to_assess", "decision_not_to_assess")
_ISSUE = ("decision_to_issue", "decision_not_to_issue")
_AFTER_A_MEETING = ("decision_maintain", "decision_amend", "decision_cease")


@dataclass(frozen=True, slots=True)
class Next:
    """One thing that may be recorded next, by its kind and (for a request, the category and body) its subject."""

    kind: str
    subject: str = ""


def expected(
    process: str, stands: Sequence[Fact], asks: Iterable[Ask] = (), ended_by: Fact | None = None
) -> tuple[Next, ...]:
    """What is to be recorded next, the likeliest first.

    `stands` are the standing facts in order, `asks` the requests for advice, `ended_by` what closed the process: then
    only what would open it again.
    """
    if ended_by is not None:
        return tuple(_closed(ended_by))
    found = _of_a_review(present(stands)) if process == ANNUAL_REVIEW else _of_an_assessment(stands, asks)
    return tuple(dict.fromkeys(found))


def _closed(ended_by: Fact) -> Iterator[Next]:
    if ended_by.kind in REFUSALS:
        yield Next("refusal_changed")
    yield Next("reopened")


def _of_an_assessment(stands: Sequence[Fact], asks: Iterable[Ask]) -> Iterator[Next]:
    """Regs 4 and 5, then 6 and 8, then 10 and 13."""
    said = {fact.kind for fact in stands}
    if "decision_to_assess" not in said:
        yield from map(Next, _ASSESS)
        return
    if "draft_plan_sent" in said:
        yield Next("final_plan_sent")
    yield from _advice(asks)
    yield from _replies(stands)
    if "family_views" not in said:
        yield Next("family_views")
    yield Next("draft_plan_sent")
    if "draft_plan_sent" in said:
        yield Next("consulted")
    if not said.intersection(_ISSUE):
        yield from map(Next, _ISSUE)


def _advice(asks: Iterable[Ask]) -> Iterator[Next]:
    for ask in asks:
        if not ask.settled_by:
            yield Next("advice_received" if ask.asked_on else "advice_requested", ask.subject)


def _replies(stands: Sequence[Fact]) -> Iterator[Next]:
    replied = {fact.subject for fact in stands if fact.kind == "consultation_reply"}
    for fact in stands:
        if fact.kind == "consulted" and fact.subject not in replied:
            yield Next("consultation_reply", fact.subject)


def _of_a_review(stands: Sequence[Fact]) -> Iterator[Next]:
    """Regs 20 and 21, then 22, then section 45."""
    said = {fact.kind for fact in stands}
    amendment = current_amendment(stands)
    if amendment.notices and amendment.ended is None:
        yield from map(Next, ("amended_plan_sent", "decided_not_to_amend"))
    elif "decision_amend" in said and amendment.ended is None:
        yield Next("amendment_notice_sent")
    if "decision_cease" in said:
        yield from map(Next, _after_a_decision_to_cease(said))
    if not said.intersection(_AFTER_A_MEETING):
        yield from map(Next, _up_to_the_decision(said))


def _after_a_decision_to_cease(said: set[str]) -> Iterable[str]:
    if "appeal_registered" in said and "appeal_determined" not in said:
        return ("appeal_determined",)
    return ("plan_ceased", "appeal_registered")


def _up_to_the_decision(said: set[str]) -> Iterator[str]:
    if "review_meeting" in said:
        if "review_report_received" not in said:
            yield "review_report_received"
        yield from _AFTER_A_MEETING
        return
    if "review_arranged_by" not in said:
        yield "review_arranged_by"
    if "review_invited" not in said:
        yield "review_invited"
    elif "review_papers_sent" not in said:
        yield "review_papers_sent"
    yield "review_meeting"
