"""What is to be said of one annual review now, to whom, and when to wake next.

A pure function of the review's timeline, standing facts, policy, terms and the present. The meeting has its own
module; here are the authority's limits, what follows a decision, and the end.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from statute.ladder import Kind, Role, Step, Steps
from statute.phase_transfer import backward
from statute.policy_reviews import Warned
from statute.review_meeting_steps import SCHOOL, SERVICES, meeting_ladders
from statute.review_situation import DECISION, EARLY_YEARS, REVIEW_DUE, TRANSFER, Review
from statute.situation import Matter, Situation
from statute.timeline import Deadline

FINALS = ("reg22_final", "devon_final")
MET_TOGETHER = ((DECISION, *REVIEW_DUE), (*FINALS, TRANSFER), ("reg15_inform",))
"""The authority's own limits, those together that one act meets: the decision, the amended plan, the letter."""

LOCAL_DECISION = "local_report_decision"
LOCAL_TRANSFER = "local_transfer_decision"
"""Worked backwards from a phase transfer: the day on which decision and notice must be out. No limit of the law."""

NOTICE = "amendment_notice"
WINDOW = "reg22_representations"
HOLD = "s45_hold"
STOP = "stop"


def review_steps(situation: Situation) -> Steps:
    """The steps due at `situation.now`, those passed over, and the next wake, as for every process."""
    review = Review(situation)
    if ended_on := situation.timeline.ended_on:
        return Steps(due=tuple(_stops(review, ended_on)), passed=(), next_wake=None)
    return situation.climbed(chain(meeting_ladders(review), _ladders(review)))


def row_of(situation: Situation, step: Step) -> Deadline | None:
    """The limit that says why of a step of a review; None for a planned day and for a stop."""
    if step.kind is Kind.NOTICE:
        return situation.timeline.get(DECISION)
    if step.limit == LOCAL_TRANSFER:
        return situation.timeline.get(TRANSFER, step.subject)
    if step.kind in (Kind.ARRANGE, Kind.ESCALATE) and step.limit != "reg20_report":
        wanted = Review(situation).wanted()
        return next((each.row for each in wanted if (each.by, each.row.limit) == (step.due_day, step.limit)), None)
    return situation.timeline.get(step.limit, step.subject) or situation.timeline.get(step.limit)


def _ladders(review: Review) -> Iterator[Iterable[Step]]:
    for together in MET_TOGETHER:
        yield from _own(review, together)
    yield _local_decision(review)
    yield from _transfers(review)
    yield _early_years(review)
    yield _notice(review)
    yield _window(review)
    yield _hold_over(review)


# The authority's own limits


def _own(review: Review, together: tuple[str, ...]) -> Iterator[Iterable[Step]]:
    """The earliest of limits that one act meets is warned of; a later one is told only once it is broken."""
    days: set[date] = set()
    for row, due in sorted(review.binding(*together), key=lambda bound: bound[1]):
        if due not in days:
            chosen = _warned(review, row.limit)
            for role, rungs in ((Role.CASEWORKER, chosen.caseworker), (Role.MANAGER, chosen.manager)):
                yield _warnings(review, row, due, role, [rung for rung in rungs if rung > 0 or not days])
        days.add(due)


def _warned(review: Review, limit: str) -> Warned:
    chosen = review.situation.policy.reviews
    if limit == DECISION:
        return chosen.decision
    return chosen.final if limit in FINALS else chosen.due


def _warnings(review: Review, row: Deadline, due: date, role: Role, rungs: Iterable[int]) -> Iterator[Step]:
    matter = Matter(review.situation.process, row.limit, row.subject, due)
    for rung in rungs:
        kind = Kind.BREACH if rung > 0 else Kind.WARN
        yield matter.step(kind, rung, role, review.situation.near(due, rung))


# Days that are not the law's: to the officer alone, and never as a breach


def _local_decision(review: Review) -> Iterator[Step]:
    row, legal = review.situation.timeline.get(LOCAL_DECISION), review.due(DECISION)
    if row and row.norm_due and legal and row.norm_due < legal and not review.decided:
        rungs = review.situation.policy.reviews.decision.local
        yield from _reminders(review, Kind.WARN, LOCAL_DECISION, row.norm_due, rungs)


def _transfers(review: Review) -> Iterator[Iterable[Step]]:
    """By when the notice must be out for a phase transfer, unless the law wants it sooner."""
    if review.notice_is_out:
        return
    legal = review.due(DECISION)
    for row, due in review.binding(TRANSFER):
        by = backward(due).decision
        if legal is None or by < legal:
            rungs = review.situation.policy.reviews.decision.transfer
            yield _reminders(review, Kind.WARN, LOCAL_TRANSFER, by, rungs, row.subject)


def _early_years(review: Review) -> Iterator[Step]:
    if due := review.due(EARLY_YEARS):
        rungs = review.situation.policy.reviews.early_years.caseworker
        yield from _reminders(review, Kind.WARN, EARLY_YEARS, due, rungs)


def _reminders(
    review: Review, kind: Kind, limit: str, due: date, rungs: Iterable[int], subject: str = ""
) -> Iterator[Step]:
    situation = review.situation
    matter = Matter(situation.process, limit, subject, due)
    for rung in rungs:
        yield matter.step(kind, rung, Role.CASEWORKER, situation.near(due, rung))


# After the decision


def _notice(review: Review) -> Iterator[Step]:
    """A decision to amend is made in time only together with the notice (R (L, M and P) v Devon CC [2022])."""
    decided = review.decided
    if decided and decided.kind == "decision_amend" and (review.due(DECISION) or not review.notice_is_out):
        rungs = review.situation.policy.reviews.notice.caseworker
        yield from _reminders(review, Kind.NOTICE, NOTICE, decided.day, rungs)


def _window(review: Review) -> Iterator[Step]:
    """The family's fifteen days are over (reg 22(2)(c)), so the plan can be finished."""
    row = review.situation.timeline.get(WINDOW)
    if row and row.legal_due and review.due(FINALS[0]):
        rungs = review.situation.policy.reviews.family_window.caseworker
        yield from _reminders(review, Kind.FINALISE, WINDOW, row.legal_due, rungs)


def _hold_over(review: Review) -> Iterator[Step]:
    """The plan may cease once nobody can appeal any more, or the appeal is over (s.45(4))."""
    row = review.situation.timeline.get(HOLD)
    if row and row.legal_due and (free := _free_to_cease(review, row.legal_due)):
        rungs = review.situation.policy.reviews.hold_over.caseworker
        yield from _reminders(review, Kind.HOLD_OVER, HOLD, free, rungs)


def _free_to_cease(review: Review, window: date) -> date | None:
    """The last day on which the plan is kept up; None while an appeal is undetermined."""
    appeal = review.last("appeal_registered", "appeal_determined")
    if appeal is None:
        return window
    if appeal.kind == "appeal_registered":
        return None
    # Reg 44(2)(a): once the appeal is dismissed the plan ceases at once, whatever is left of the window.
    return appeal.day if appeal.attributes.get("outcome") == "dismissed" else max(appeal.day, window)


# After the end


def _stops(review: Review, ended_on: date) -> Iterator[Step]:
    """Nothing after the end except this: whoever was invited to a meeting that was still to come need not."""
    planned = review.planned
    if review.invited_on is None or planned is None or planned < ended_on:
        return
    for subject in SERVICES if review.by_authority else (SCHOOL, *SERVICES):
        matter = Matter(review.situation.process, STOP, subject, ended_on)
        yield matter.step(Kind.STOP, "now", Role.ADVISER, review.situation.now)
