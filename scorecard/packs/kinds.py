"""The kinds of packs: what each is called, and how many months it is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Which pack."""

    BOARD = "board"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six-monthly"
    MANAGERS = "managers"


@dataclass(frozen=True, slots=True)
class Made:
    """How a kind of pack is made: `months` up to the chosen one, and whether every measure is told of at length."""

    title: str
    months: int
    at_length: bool = False


KINDS: Mapping[Kind, Made] = {
    Kind.BOARD: Made("Board pack", 1),
    Kind.QUARTERLY: Made("Quarterly pack", 3),
    Kind.SIX_MONTHLY: Made("Six-monthly pack", 6),
    Kind.MANAGERS: Made("Managers’ pack", 1, at_length=True),
}
"""All of them. A board reads a few pages, every measure in a row of one table; managers read all at length."""

HEADLINES: Sequence[str] = (
    "decisions_six_weeks",
    "plans_twenty_weeks",
    "due_in_time",
    "open_over_twenty_weeks",
    "advice_on_time",
    "review_decisions_four_weeks",
)
"""The measures whose months a board sees drawn: each duty with a limit once, the stock beside the flow of plans."""
