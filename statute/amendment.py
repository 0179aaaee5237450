"""Amending a plan, after a review (reg 22) or without one (reg 28): the notice, the family's time, and what ends it.

One amendment at a time: what the notices opened is ended by the amended plan or the decision not to amend.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from statute.endings import END_AN_AMENDMENT, went_to_family
from statute.facts import Fact


@dataclass(slots=True)
class Amendment:
    """The amendment in hand: its `notices` in order, and what `ended` it."""

    notices: list[Fact] = field(default_factory=lambda: [])
    ended: Fact | None = None

    @property
    def plan(self) -> Fact | None:
        """The amended plan that went to the family, or None."""
        return self.ended if self.ended is not None and self.ended.kind == "amended_plan_sent" else None


def current_amendment(facts: Iterable[Fact]) -> Amendment:
    """The latest amendment that these facts (counted, in order) make.

    A meeting or a decision after one that was ended begins another. A notice from before the meeting whose
    amendment was never ended goes on: its eight weeks count.
    """
    current = Amendment()
    for fact in facts:
        if fact.kind in _BEGIN:
            current = Amendment() if current.ended is not None else current
            if fact.kind == "amendment_notice_sent":
                current.notices.append(fact)
        elif fact.kind in END_AN_AMENDMENT and current.ended is None and _ended(fact):
            current.ended = fact
    return current


_BEGIN = frozenset({"amendment_notice_sent", "decision_amend", "review_meeting"})


def _ended(fact: Fact) -> bool:
    return fact.kind != "amended_plan_sent" or went_to_family(fact)
