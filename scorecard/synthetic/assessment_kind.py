"""What can be on record of one assessment."""

from dataclasses import dataclass
from enum import Enum


class Came(Enum):
    """When the request came: before the year that is counted, in it, or in January before the census."""

    BEFORE = "before"
    IN_YEAR = "in the year"
    AFTER = "after"


class Decided(Enum):
    """When it was first decided whether to assess: before the year, in it within six weeks or later, in January before
    the census, or not yet."""

    BEFORE = "before"
    IN_TIME = "within six weeks"
    LATE = "after six weeks"
    JANUARY = "in January"
    NOT_YET = "not yet"


class Fate(Enum):
    """What became of it in the year that is counted."""

    PLAN_WITHIN = "plan within 20 weeks"
    PLAN_YEAR = "plan within 52 weeks"
    PLAN_OVER = "plan after 52 weeks"
    PLAN_TO_COME = "decided to issue a plan, which was sent later"
    NO_PLAN_IN_TIME = "no plan, within 16 weeks"
    NO_PLAN_LATE = "no plan, after 16 weeks"
    WITHDREW = "withdrawn"
    LEFT = "ended without a decision"
    REFUSED = "not assessed"
    OPEN = "still open"


PLANS = (Fate.PLAN_WITHIN, Fate.PLAN_YEAR, Fate.PLAN_OVER)
"""Fates with a plan sent in the year."""


@dataclass(frozen=True, slots=True)
class AssessmentKind:
    """When a request came and was decided on, what became of it, and whether a relief lifts the twenty weeks."""

    came: Came
    decided: Decided
    fate: Fate
    flagged: bool = False
