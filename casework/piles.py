"""On which pile of the backlog a review lies: by what stands of its facts, its phase transfers and the child's place.

A review whose needs have changed, a child without a place and a phase transfer cannot wait; a plan that the report
says can be maintained needs a decision and a letter and nothing to be drafted. To cease a plan needs consultation
and can be appealed, so it is never a quick one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.spells import Spell
from statute.facts import NO_ATTRIBUTES, Fact
from statute.review_case import DECISIONS
from statute.review_situation import TRANSFER
from statute.standing import standing

DUTIES = frozenset({"reg20_decision", "reg22_final", "devon_final"})
"""The limits of a review that are worked down pile by pile: the decision after the meeting, and the final plans."""


class Pile(StrEnum):
    """Which pile of the backlog a review lies on, in the order in which they are worked."""

    URGENT = "urgent"
    TO_DECIDE = "to_decide"
    MAINTAIN = "maintain"


# Why a review lies on top, in words a caseworker uses.
CHANGED_NEEDS, NO_PLACE, PHASE_TRANSFER = "changed_needs", "no_place", "phase_transfer"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the facts of a review say for the backlog.

    `report` is the last report of a meeting and `recommends` what it says is to be done; `decided` the decision that
    was notified already ("maintain", "amend", "cease"; empty: none). `changed` and `placeless`: the report says that
    needs have changed, that there is no place. `elsewhere`: the authority itself arranges, so that a child without a
    setting need not be without a place.
    """

    report: Fact | None
    recommends: str
    decided: str
    changed: bool
    placeless: bool
    elsewhere: bool

    def reasons(self, setting_urn: str | None, *, transfer: bool) -> list[str]:
        """Why the review must not wait: what its report says, and what is known of the child's place."""
        found = {
            CHANGED_NEEDS: self.changed,
            NO_PLACE: self.placeless or (not setting_urn and not self.elsewhere),
            PHASE_TRANSFER: transfer,
        }
        return [reason for reason, true in found.items() if true]

    def pile(self, reasons: Sequence[str]) -> Pile:
        """The pile of a review with these reasons not to wait."""
        if reasons:
            return Pile.URGENT
        return Pile.MAINTAIN if self.recommends == "maintain" and not self.decided else Pile.TO_DECIDE


def standing_of(facts: Sequence[Fact]) -> Standing:
    """What these facts of a review say, which stand, in their order."""
    report = last(facts, "review_report_received")
    said = report.attributes if report else NO_ATTRIBUTES
    decision = last(facts, *DECISIONS)
    return Standing(
        report,
        said.get("recommends", ""),
        decision.kind.removeprefix("decision_") if decision else "",
        said.get("changed_needs") == "yes",
        said.get("no_place") == "yes",
        any("authority" in (fact.subject, fact.attributes.get("by")) for fact in facts),
    )


def last(facts: Sequence[Fact], *kinds: str) -> Fact | None:
    """The last fact of these kinds."""
    return next((fact for fact in reversed(facts) if fact.kind in kinds), None)


def owed_in_piles(spell: Spell) -> bool:
    """Whether the spell is a duty of the backlog that binds now."""
    return spell.limit in DUTIES and _binds(spell)


def lies_on(facts: Sequence[Fact], found: Iterable[Spell], today: date) -> tuple[Pile, bool]:
    """The pile of a review by its facts and spells, were the child at a setting; and whether it is taught elsewhere.

    The setting is asked with the list: it changes without a word in the ledger.
    """
    stands = standing_of(standing(facts, today))
    transfer = any(spell.limit == TRANSFER and _binds(spell) and spell.legal_due is not None for spell in found)
    reasons = stands.reasons("a setting", transfer=transfer)
    return stands.pile(reasons), stands.elsewhere


def _binds(spell: Spell) -> bool:
    return spell.standing == "open" and spell.to_day is None
