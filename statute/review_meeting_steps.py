"""The meeting of a review on the ladder: arranged, prepared, held, reported.

What a school or other setting owes is asked of it, then of its head; where the authority arranges the review
itself (reg 21), its officer is reminded instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from statute.ladder import Kind, Role, Step
from statute.mornings import day_in_london
from statute.review_situation import Review, Wanted
from statute.situation import Matter

SCHOOL = "education"
"""The subject of what is asked of the setting: its letters go to the school or other setting of the child."""

SERVICES = ("health", "social_care")
"""Who must be invited besides (reg 20(2)) and gives advice for the papers (reg 20(4))."""

PAPERS_LIMIT = "reg20_papers"
REPORT_LIMIT = "reg20_report"
NO_MEETING = "review_meeting"
"""What a step is about when the planned day has passed without a word: no limit, the planned day."""

INVITED = "invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something that the setting is to do, and the rungs on which it, its head and the officer hear of it.

    `then_every` goes on past `after`, the day up to which something else is asked for.
    """

    kind: Kind
    limit: str
    due: date
    setting: Sequence[int]
    then_every: int = 0
    after: date = date.min
    head: Sequence[int] = ()
    caseworker: Sequence[int] = ()


def meeting_ladders(review: Review) -> Iterator[Iterable[Step]]:
    """Every ladder up to the decision: once it is made nobody is chased for what it no longer waits for."""
    if review.decided:
        return
    if review.held is None and review.planned is None:
        yield from _arranging(review)
    for errand in (_papers(review), _missing(review), _report(review)):
        if errand:
            yield from _ladders(review, errand)
    for service in SERVICES:
        yield _invitation(review, service)


# The meeting to arrange


def _arranging(review: Review) -> Iterator[Iterable[Step]]:
    """One ladder for each reader, whichever day wants the meeting at the time of a rung."""
    ladders: dict[Role, list[Step]] = {}
    for wanted in review.wanted():
        for step in chain.from_iterable(_ladders(review, _arrange(review, wanted))):
            if wanted.after < day_in_london(step.at) <= wanted.until:
                ladders.setdefault(step.role, []).append(step)
    yield from ladders.values()


def _arrange(review: Review, wanted: Wanted) -> Errand:
    chosen = review.situation.policy.reviews.arrange
    return Errand(
        kind=Kind.ARRANGE,
        limit=wanted.row.limit,
        due=wanted.by,
        setting=chosen.setting,
        then_every=chosen.then_every,
        after=wanted.after,
        head=chosen.head,
        caseworker=chosen.caseworker,
    )


# The papers


def _papers(review: Review) -> Errand | None:
    due, chosen = review.due(PAPERS_LIMIT), review.situation.policy.reviews.papers
    return due and Errand(
        kind=Kind.REVIEW_PAPERS,
        limit=PAPERS_LIMIT,
        due=due,
        setting=chosen.setting,
        caseworker=chosen.caseworker,
    )


def _invitation(review: Review, service: str) -> Iterator[Step]:
    """A service is told of the meeting once, and reminded of the advice that the papers are made of."""
    situation, due, invited = review.situation, review.due(PAPERS_LIMIT), review.invited_on
    if due and invited:
        matter = Matter(situation.process, PAPERS_LIMIT, service, due)
        for rung in situation.policy.reviews.invite.services:
            yield matter.step(Kind.INVITE, rung, Role.ADVISER, situation.near(due, rung))
        # Last, so that of two on one morning this is said: it is the one that tells of the meeting. Its own day
        # makes it another step when a meeting that was moved is moved back.
        said = f"{INVITED}@{invited.isoformat()}"
        yield matter.step(Kind.INVITE, said, Role.ADVISER, situation.morning(invited))


# The meeting that was planned, and its report


def _missing(review: Review) -> Errand | None:
    chosen = review.situation.policy.reviews.meeting
    return review.planned and Errand(
        kind=Kind.MEETING,
        limit=NO_MEETING,
        due=review.planned,
        setting=chosen.setting,
        then_every=chosen.then_every,
        caseworker=chosen.caseworker,
    )


def _report(review: Review) -> Errand | None:
    due, chosen = review.due(REPORT_LIMIT), review.situation.policy.reviews.report
    return due and Errand(
        kind=Kind.REPORT,
        limit=REPORT_LIMIT,
        due=due,
        setting=chosen.setting,
        then_every=chosen.then_every,
        head=chosen.head,
    )


# An errand as ladders


def _ladders(review: Review, errand: Errand) -> Iterator[Iterable[Step]]:
    if review.by_authority:
        both = sorted({*errand.setting, *errand.caseworker})
        yield _rungs(review, errand, Role.CASEWORKER, _onward(review, errand, both))
    else:
        yield _rungs(review, errand, Role.ADVISER, _onward(review, errand, errand.setting))
        yield _rungs(review, errand, Role.SERVICE_MANAGER, errand.head)
        yield _rungs(review, errand, Role.CASEWORKER, errand.caseworker)


def _onward(review: Review, errand: Errand, rungs: Sequence[int]) -> Iterator[int]:
    return review.situation.rungs(errand.due, rungs, errand.then_every, after=errand.after)


def _rungs(review: Review, errand: Errand, role: Role, rungs: Iterable[int]) -> Iterator[Step]:
    situation = review.situation
    matter = Matter(situation.process, errand.limit, "" if review.by_authority else SCHOOL, errand.due)
    kind = Kind.ESCALATE if role is Role.SERVICE_MANAGER else errand.kind
    for rung in rungs:
        at = situation.near(errand.due, rung)
        if role is not Role.CASEWORKER:
            at = situation.morning(situation.back_at_school(day_in_london(at)))
        yield matter.step(kind, rung, role, at)
