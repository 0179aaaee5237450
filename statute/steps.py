"""What is to be said now, to whom, and when to wake next: a pure function of timeline, requests and policy.

Whoever carries the steps out claims each by its key, so asking twice says nothing twice. A step that is no
longer among those due is no longer true, and must not be sent even if it was waiting to be.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from statute.asks import Ask
from statute.kind import ANNUAL_REVIEW
from statute.ladder import Kind, Role, Step, Steps
from statute.notifying import notices_to_services
from statute.review_steps import review_steps
from statute.situation import Matter, Situation
from statute.timeline import State

ADVICE_LIMITS = ("reg8_advice", "code_advice")
FINAL_PLAN = "reg13_final_plan"
DRAFT_NORM = "local_draft_plan"
FAMILY_VIEWS = "family_views"


def steps(situation: Situation) -> Steps:
    """The steps due at `situation.now`, those passed over, and the next wake (None: only a fact can wake it).

    Whether a mail hold keeps the steps back is for the caller, who records them as held; the wake counts the
    morning after it. Once the process has ended only the instruction to stop and the notice of a refusal are left.
    """
    if situation.timeline.process == ANNUAL_REVIEW:
        return review_steps(situation)
    if ended_on := situation.timeline.ended_on:
        told = situation.climbed(notices_to_services(situation))
        return Steps(due=(*_stops(situation, ended_on), *told.due), passed=told.passed, next_wake=None)
    return situation.climbed(_ladders(situation))


def _ladders(situation: Situation) -> Iterator[Iterable[Step]]:
    for ask in situation.asking.asks:
        yield _announcement(situation, ask)
        yield _whole_request(situation, ask)
        yield _papers(situation, ask)
        yield _passed_on(situation, ask)
        if matter := _late_or_due(situation, ask):
            yield _resumed(situation, ask, matter)
            yield _adviser(situation, ask, matter)
            yield _service_manager(situation, ask, matter)
            yield from _danger(situation, ask, matter)
    own = situation.policy.own_limits
    for limit in own.limits:
        yield _own(situation, limit, Role.CASEWORKER, own.caseworker)
        yield _own(situation, limit, Role.MANAGER, own.manager)
    yield _draft_norm(situation)
    yield _family_views(situation)
    yield from notices_to_services(situation)


# Requests for advice


def _announcement(situation: Situation, ask: Ask) -> Iterator[Step]:
    decided, at = situation.asking.decided_on, ask.request.announce_from
    # The whole request announces itself: one letter, and not two on one day.
    if ask.papers_wanted and at and decided and ask.whole_from is None:
        matter = Matter(situation.process, "announce", ask.subject, decided)
        yield matter.step(Kind.ANNOUNCE, "now", Role.ADVISER, at)


def _whole_request(situation: Situation, ask: Ask) -> Iterator[Step]:
    decided, at = situation.asking.decided_on, ask.whole_from
    if at and decided:
        yield Matter(situation.process, "request", ask.subject, decided).step(Kind.REQUEST, "now", Role.ADVISER, at)


def _papers(situation: Situation, ask: Ask) -> Iterator[Step]:
    """The officer is to send the papers, unless a letter takes them along: none does of what came before arming."""
    decided, whole = situation.asking.decided_on, ask.whole_from
    sent_along = whole is not None and whole >= situation.armed_from and not ask.request.undelivered
    if not ask.papers_wanted or decided is None or sent_along:
        return
    matter = Matter(situation.process, "papers", ask.subject, decided)
    for rung in situation.policy.papers.caseworker:
        at = situation.morning(decided + timedelta(days=rung))
        yield matter.step(Kind.PAPERS, rung, Role.CASEWORKER, at)


def _late_or_due(situation: Situation, ask: Ask) -> Matter | None:
    """The request's limit while it binds and its ladder may go on."""
    today = situation.today
    if ask.settled_by or any(quiet.said <= today <= quiet.until for quiet in ask.quiets):
        return None
    for limit in ADVICE_LIMITS:
        deadline = situation.open(limit, ask.shown)
        if deadline and deadline.legal_due:
            return Matter(situation.process, limit, ask.subject, deadline.legal_due)
    return None


def _adviser(situation: Situation, ask: Ask, matter: Matter) -> Iterator[Step]:
    began = situation.morning(ask.again_on) if ask.again_on else None
    advice = situation.policy.advice_of(ask.request.service or ask.subject)
    for rung in situation.rungs(matter.due, advice.adviser, advice.then_every):
        at = situation.quietened(ask, situation.near(matter.due, rung))
        if began is None or at > began:
            yield matter.step(Kind.CHASE, rung, Role.ADVISER, at)
    if ask.again_on and began:
        # Returned as insufficient: the due day stays, so the rungs behind it stay behind; this one says so at
        # once, and its own day makes it another step each time.
        again = f"again@{ask.again_on.isoformat()}"
        yield matter.step(Kind.CHASE, again, Role.ADVISER, situation.quietened(ask, began))


def _resumed(situation: Situation, ask: Ask, matter: Matter) -> Iterator[Step]:
    """Whoever was told to stop is told, once for each reopening, that the advice is wanted after all."""
    again = situation.asking.again_from
    if again and ask.request.stopped:
        yield matter.step(Kind.RESUME, f"resume@{again.isoformat()}", Role.ADVISER, situation.morning(again))


def _passed_on(situation: Situation, ask: Ask) -> Iterator[Step]:
    """Whoever it was passed on to within the body gets the request, once for each passing on.

    The day stays; a promise made before, or a relief, does not keep it from them.
    """
    fact = ask.passed_on
    if fact is None or ask.settled_by or not ask.request.to_colleague:
        return
    for limit in ADVICE_LIMITS:
        deadline = situation.timeline.get(limit, ask.shown)
        if deadline and deadline.legal_due:
            matter, at = Matter(situation.process, limit, ask.subject, fact.day), fact.recorded_at
            rung = f"passed@{fact.sequence}"
            yield matter.step(Kind.PASSED_ON, rung, Role.ADVISER, at or situation.morning(fact.day))


def _service_manager(situation: Situation, ask: Ask, matter: Matter) -> Iterator[Step]:
    for rung in situation.policy.advice_of(ask.request.service or ask.subject).service_manager:
        at = situation.quietened(ask, situation.near(matter.due, rung))
        yield matter.step(Kind.ESCALATE, rung, Role.SERVICE_MANAGER, at)


def _danger(situation: Situation, ask: Ask, matter: Matter) -> Iterator[Iterable[Step]]:
    """Late advice while the 20-week day is near: above the service's manager single cases go only then.

    A school has no lead above its head, so its late advice goes to the head of service alone.
    """
    final = situation.open(FINAL_PLAN)
    if final is None or final.legal_due is None:
        return
    danger = situation.policy.danger
    told = [(Role.SERVICE_LEAD, danger.service_lead), (Role.HEAD_OF_SERVICE, danger.head_of_service)]
    for role, days in told[1:] if ask.request.to_school else told:
        day = max(final.legal_due - timedelta(days=days), matter.due + timedelta(days=1))
        yield [matter.step(Kind.DANGER, f"danger@{final.legal_due}", role, situation.morning(day))]


# The authority's own limits


def _own(situation: Situation, limit: str, role: Role, rungs: Iterable[int]) -> Iterator[Step]:
    deadline = situation.open(limit)
    if deadline is None or deadline.legal_due is None:
        return
    matter = Matter(situation.process, limit, "", deadline.legal_due)
    for rung in rungs:
        kind = Kind.BREACH if rung > 0 else Kind.WARN
        yield matter.step(kind, rung, role, situation.near(matter.due, rung))


def _draft_norm(situation: Situation) -> Iterator[Step]:
    """The local norm for the draft plan: only once it is decided to assess, only while no draft is out."""
    draft = situation.timeline.get(DRAFT_NORM)
    if draft is None or draft.norm_due is None or draft.state is not State.RUNNING:
        return
    if not situation.asking.decided_on or not situation.open(FINAL_PLAN):
        return
    matter = Matter(situation.process, DRAFT_NORM, "", draft.norm_due)
    for rung in situation.policy.norms.caseworker:
        yield matter.step(Kind.WARN, rung, Role.CASEWORKER, situation.near(matter.due, rung))


def _family_views(situation: Situation) -> Iterator[Step]:
    """To invite them once, and once more to remind: through the officer, and never as something overdue."""
    decided, reminder = situation.asking.decided_on, situation.policy.family_views.reminder
    if decided is None or situation.asking.family_heard:
        return
    matter = Matter(situation.process, FAMILY_VIEWS, "", decided)
    for rung in (0, reminder) if reminder else (0,):
        at = situation.morning(decided + timedelta(days=rung))
        yield matter.step(Kind.VIEWS, rung, Role.CASEWORKER, at)


def _stops(situation: Situation, ended_on: date) -> Iterator[Step]:
    """Nothing after closure or death except this: whoever may still be working on advice need not."""
    for ask in situation.asking.asks:
        if ask.owes_an_answer:
            matter = Matter(situation.process, "stop", ask.subject, ended_on)
            yield matter.step(Kind.STOP, "now", Role.ADVISER, situation.now)
