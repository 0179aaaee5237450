"""A review on a morning, as the ladder sees it: the facts in the words of the ledger, the days from the law itself."""

from datetime import datetime

from statute.asks import asking
from statute.ladder import Step
from statute.mornings import day_in_london
from statute.policy import Policy, default_policy
from statute.processes import timeline_of
from statute.situation import Situation
from statute.standing import standing
from statute.steps import steps
from statute.terms import NO_TERMS, Terms
from tests.statute.rungs import LONG_AGO, P, at
from tests.statute.saying import facts

# Due on Wednesday 12 May 2027, so that the meeting is wanted by Wednesday 14 April and its clock opens on 20 January.
BEFORE = ("plan_made=2024-05-13", "last_review=2026-05-13;meeting=2026-04-22")
INVITED = (*BEFORE, "review_invited=2027-03-08;meeting=2027-04-14")
HELD = (*INVITED, "review_papers_sent=2027-03-22;meeting=2027-04-14", "review_meeting=2027-04-14")
REPORTED = (*HELD, "review_report_received=2027-04-26;recommends=amend")
AMENDING = (*REPORTED, "decision_amend=2027-05-10", "amendment_notice_sent=2027-05-10")
# To secondary school: the plan must name the school by 14 February 2027, so the meeting is wanted by 22 November.
TRANSFER = "phase_transfer:school=2027-09-01"
BY_AUTHORITY = "review_arranged_by=2026-05-13;by=authority"


def review(
    now: datetime,
    *said: str,
    policy: Policy | None = None,
    terms: Terms = NO_TERMS,
    armed_from: datetime = LONG_AGO,
) -> Situation:
    known, today = facts(*said), day_in_london(now)
    timeline, stands = timeline_of("annual-review", known, today), standing(known, today)
    chosen = policy or default_policy()
    return Situation(P, timeline, asking(stands, ()), chosen, armed_from, now, facts=stands, terms=terms)


def due(day: str, *said: str, policy: Policy | None = None, terms: Terms = NO_TERMS) -> list[Step]:
    """Everything to be said on that morning."""
    return list(steps(review(at(day), *said, policy=policy, terms=terms)).due)


def told(day: str, kind: str, *said: str, role: str = "", policy: Policy | None = None) -> list[str]:
    """Who is told of that kind of step on that morning, and on which rung."""
    found = (step for step in due(day, *said, policy=policy) if step.kind == kind)
    return [f"{step.role} {step.rung}" for step in found if role in ("", step.role)]
