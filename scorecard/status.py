"""How a figure stands against its target: green, amber, red, or nothing to be said."""

from decimal import Decimal
from enum import StrEnum

from scorecard.measure import Better


class Rag(StrEnum):
    """Red, amber, green; none where there is no figure, no target, or no better direction."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


def rag_of(value: Decimal | None, target: Decimal | None, better: Better, amber: Decimal) -> Rag:
    """Green when the target is reached, amber when it is missed by at most `amber` (in the unit of the figure)."""
    if value is None or target is None or better is Better.NEITHER:
        return Rag.NONE
    missed = target - value if better is Better.HIGHER else value - target
    if missed <= 0:
        return Rag.GREEN
    return Rag.AMBER if missed <= amber else Rag.RED
