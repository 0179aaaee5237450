"""Which review is meant by the reference of a plan: a plan lives for years and may have two reviews open at once.

While the amended plan of one review is still owed, the next has begun already (s.44(1)(b) counts from the decision).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from casework.errors import Refused
from records.ledger import facts_of_many
from records.tables import Plan, Process, Review
from statute.facts import Fact
from statute.kind import ASSESSMENT, split_subject
from statute.kinds import ABOUT_THE_RECORD, KINDS, VOIDS
from statute.standing import as_now_known, standing, target_of

# Said of a child whose assessment is over, these are about the plan that it made.
_OF_THE_CHILD = frozenset({"moved_away", "died", "attained_26", "mail_hold"})

_AMENDING = frozenset({"decision_amend", "amendment_notice_sent"})
_CEASING = frozenset({"decision_cease"})
_APPEALED = frozenset({"decision_cease", "appeal_registered"})
_UNDER_WAY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "amendment_notice_sent": _AMENDING,
        "amended_plan_sent": _AMENDING,
        "decided_not_to_amend": _AMENDING,
        "phase_transfer": _AMENDING,  # the amended plan that is under way may name the place already
        "plan_ceased": _CEASING,
        "appeal_registered": _APPEALED,
        "appeal_determined": _APPEALED,
    }
)
"""What goes to the oldest open review in which any of these stands, by its kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One review of a plan: its process, what was recorded in it, and what stands of that."""

    process: Process
    facts: Sequence[Fact]
    stands: Sequence[Fact]

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.process.ended_on is None

    def has(self, *kinds: str) -> bool:
        """Whether anything of these kinds stands in it."""
        return any(fact.kind in kinds for fact in self.stands)


def said_among(stands: Iterable[Fact], fact: Fact) -> bool:
    """Whether that very fact stands: kind, subject and day, and everything else that is said of it."""
    return any(
        (known.kind, known.subject, known.day) == (fact.kind, fact.subject, fact.day)
        and fact.attributes.items() <= known.attributes.items()
        for known in stands
    )


def plan_called(session: Session, reference: str, authority: str) -> Plan | None:
    """The plan with that reference, in whatever capitals. Raises Refused where two read alike and neither is exact."""
    folded = func.upper(col(Plan.plan_ref)) == reference.upper()
    found = session.exec(select(Plan).where(Plan.authority == authority, folded)).all()
    exact = [plan for plan in found if plan.plan_ref == reference]
    if len(found) > 1 and not exact:
        names = " and ".join(sorted(plan.plan_ref for plan in found))
        raise Refused(f"{reference!r} could be {names}. Write it in the capitals and small letters of the one meant.")
    return next(iter(exact or found), None)


def plan_meant(session: Session, assessment: Process, facts: Sequence[Fact]) -> Plan | None:
    """The plan that an assessment made, where what is to be recorded is about the plan: None where it is not."""
    if not facts or not all(_may_be_of_the_plan(assessment, fact) for fact in facts):
        return None
    plan = session.exec(select(Plan).where(Plan.process_id == assessment.id)).first()
    if plan is None or all(_only_of_plans(fact) for fact in facts):
        return plan
    return plan if means_plan(assessment, facts_of_many(session, [assessment.id])[assessment.id], facts) else None


def means_plan(assessment: Process, recorded: Sequence[Fact], facts: Sequence[Fact]) -> bool:
    """Whether what is to be recorded is about the plan that an assessment made, and not about the assessment."""
    if not facts or not all(_may_be_of_the_plan(assessment, fact) for fact in facts):
        return False
    if all(_only_of_plans(fact) for fact in facts):
        return True
    said = as_now_known(recorded)
    return not any(fact.kind in ABOUT_THE_RECORD and target_of(said, fact) is not None for fact in facts)


def current_review(session: Session, plan: Plan) -> Process | None:
    """The review that is at work: the oldest open one whose meeting was held, else the newest."""
    reviews = _reviews(session, plan)
    held = [each for each in reviews if each.open and each.has("review_meeting")]
    return held[0].process if held else _newest(reviews)


def review_for(session: Session, plan: Plan, facts: Sequence[Fact]) -> Process | None:
    """The review in which these facts are to be recorded, by their kinds.

    Where they stand already, word for word, it is that review. Raises Refused when they belong to different ones.
    """
    return review_among(_reviews(session, plan), facts)


def review_among(reviews: Sequence[Candidate], facts: Sequence[Fact]) -> Process | None:
    """Of the reviews of a plan, in their order, the one in which these facts are to be recorded; see `review_for`."""
    if again := [each for each in reviews if all(said_among(each.stands, fact) for fact in facts)]:
        return again[-1].process
    found = {process.case_ref: process for fact in facts if (process := _picked(reviews, fact)) is not None}
    if len(found) > 1:
        names = " and ".join(sorted(found))
        raise Refused(f"These entries belong to different reviews of the plan: {names}. Record them one review each.")
    return next(iter(found.values()), None)


def _reviews(session: Session, plan: Plan) -> Sequence[Candidate]:
    return reviews_of(session, [plan.id]).get(plan.id, [])


def reviews_of(session: Session, plans: Collection[UUID]) -> Mapping[UUID, Sequence[Candidate]]:
    """The reviews of plans in their order, with what was recorded in each."""
    query = select(Review.plan_id, Process).join(Process, col(Process.id) == col(Review.process_id))
    rows = session.exec(query.where(col(Review.plan_id).in_(plans)).order_by(col(Review.cycle))).all()
    facts = facts_of_many(session, [process.id for _, process in rows])
    found: dict[UUID, list[Candidate]] = {}
    for plan, process in rows:
        found.setdefault(plan, []).append(Candidate(process, facts[process.id], standing(facts[process.id])))
    return found


def _newest(reviews: Sequence[Candidate]) -> Process | None:
    """The newest, of those that were not opened in error if there are others."""
    newest = [each for each in reviews if not each.has(*VOIDS)] or reviews
    return newest[-1].process if newest else None


def _picked(reviews: Sequence[Candidate], fact: Fact) -> Process | None:
    if fact.kind in ABOUT_THE_RECORD:
        about = [each for each in reviews if target_of(as_now_known(each.facts), fact) is not None]
        return about[-1].process if about else _newest(reviews)
    if (earlier := _before_the_last_decision(reviews, fact)) is not None:
        return earlier
    still = [each for each in reviews if each.open]
    if not still:
        return _newest(reviews)
    return next(filter(_wanted(fact.kind), _in_turn(still, fact.kind)), still[-1]).process


def _before_the_last_decision(reviews: Sequence[Candidate], fact: Fact) -> Process | None:
    """The earlier review for a meeting, its invitations, papers or report from before its decision, entered late.

    In the next review what happened on or before the day of that decision would not count.
    """
    if not fact.kind.startswith("review_"):
        return None
    real = [each for each in reviews if not each.has(*VOIDS)]
    begun = [each for each in real if all(one.day < fact.day for one in each.stands if one.kind == "last_review")]
    return begun[-1].process if begun and begun[-1] is not real[-1] else None


def _in_turn(still: Sequence[Candidate], kind: str) -> Sequence[Candidate]:
    """The open reviews in the order in which they are looked at: a meeting is prepared in the newest."""
    return still[::-1] if kind.startswith("review_") else still


def _wanted(kind: str) -> Callable[[Candidate], bool]:
    """Which review something goes to, by its kind: the first that this says yes to, else the newest."""
    if kind.startswith(("review_", "decision_")):
        return lambda each: not each.has("decision_maintain", "decision_amend", "decision_cease")
    under_way = _UNDER_WAY.get(kind, frozenset())
    return lambda each: each.has(*under_way)


def _may_be_of_the_plan(assessment: Process, fact: Fact) -> bool:
    return _only_of_plans(fact) or (assessment.ended_on is not None and _kind(fact) in _OF_THE_CHILD)


def _only_of_plans(fact: Fact) -> bool:
    kind = KINDS.get(_kind(fact))
    return kind is not None and ASSESSMENT not in kind.processes


def _kind(fact: Fact) -> str:
    """The kind that something is about: of a correction or retraction, the kind that it names."""
    return split_subject(fact.subject)[0] if fact.kind in ABOUT_THE_RECORD else fact.kind
