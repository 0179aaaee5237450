"""What can be on record of the reviews of one plan."""

from dataclasses import dataclass
from enum import Enum


class When(Enum):
    """A day by its year: before the year that is counted, in it, or in January before the census."""

    BEFORE = "before"
    IN_YEAR = "in the year"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class ReviewKind:
    """What is on record of a plan of which a review was expected.

    `met` is when the last meeting was, `owed` whether its decision is: "not_due", "outstanding", or "" when it was
    decided or there was no meeting. `decided` is when the last decision was, None for none; `with_meeting` whether
    the meeting of that decision is on record, `quick` whether it was at most four weeks before. `outcome` is "amend",
    "cease", "maintain" or "".
    """

    met: When | None
    owed: str = ""
    decided: When | None = None
    with_meeting: bool = True
    quick: bool = False
    outcome: str = ""
