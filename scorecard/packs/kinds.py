"""The kinds of packs: what each is called, and how many months it is of."""

from collections.abc import Mapping
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
"""All of them. A board reads what is worth a word; managers read all."""
