"""What ends a process: a closing, and some documents only in their place.

A final plan closes an assessment, and the decision after a review closes that, once it went to the family. An amended
plan, or the decision not to amend after all, closes a review only where it belongs to it: an amendment under regulation
28 leaves the review to be done.
"""

from collections.abc import Iterable
from datetime import date

from statute.attributes import codes_of
from statute.facts import Fact
from statute.kinds import ENDS

_FAMILY = frozenset({"family", "parent", "young_person", "representative"})
# What must have been sent to the family to count: plans, and the decisions after a review (regs 20(10), 21(9), 22).
_TO_THE_FAMILY = frozenset(
    {
        "final_plan_sent",
        "amended_plan_sent",
        "decision_maintain",
        "decision_amend",
        "decision_cease",
        "decided_not_to_amend",
    }
)
END_AN_AMENDMENT = frozenset({"amended_plan_sent", "decided_not_to_amend"})
# Ends after which the plan goes on with the same authority; after the others nobody owes a next review.
ANOTHER_REVIEW_FOLLOWS = END_AN_AMENDMENT | {"decision_maintain", "appeal_determined"}
THE_PLAN_GOES_ON = frozenset({"allowed", "conceded"})


def went_to_family(fact: Fact) -> bool:
    """Whether a plan or letter went to the family; so it is taken where nobody is named."""
    to = codes_of(fact, "to") if "to" in fact.attributes else _FAMILY
    return bool(to & _FAMILY)


def kept_from_family(fact: Fact) -> bool:
    """Whether it is a plan or decision that went to others alone: then it meets and ends nothing."""
    return fact.kind in _TO_THE_FAMILY and not went_to_family(fact)


def closes(fact: Fact, among: Iterable[Fact] = ()) -> bool:
    """Whether the fact closes its process, given the facts it stands `among` (in any order)."""
    if fact.kind not in ENDS or kept_from_family(fact):
        return False
    if fact.kind in END_AN_AMENDMENT:
        return ends_a_review(fact, among)
    if fact.kind == "appeal_determined":
        return reverses(fact, among)
    return True


def ends_a_review(fact: Fact, among: Iterable[Fact]) -> bool:
    """Whether what ends an amendment belongs to a review: a decision to amend, or a meeting, is there before it.

    An amendment notice that was sent before the meeting and never after it was one under regulation 28: what ends
    it says nothing about the review.
    """
    before = [each for each in among if each.day <= fact.day]
    since = max((each.day for each in before if each.kind == "last_review"), default=date.min)
    before = [each for each in before if each.day > since and not kept_from_family(each)]
    if any(each.kind == "decision_amend" for each in before):
        return True
    held = min((each.day for each in before if each.kind == "review_meeting"), default=None)
    notices = [each.day for each in before if each.kind == "amendment_notice_sent"]
    return held is not None and (not notices or max(notices) >= held)


def reverses(determined: Fact, among: Iterable[Fact]) -> bool:
    """Whether the appeal it determines kept a plan that was to cease: the plan goes on after all."""
    if determined.attributes.get("outcome") not in THE_PLAN_GOES_ON:
        return False
    return any(each.kind == "decision_cease" and each.day <= determined.day for each in among)
