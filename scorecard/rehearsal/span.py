"""From when until when a rehearsal goes, and the instants at which its post goes round."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when (aware) it goes, with the instants of the post rounds and of the weekly summaries."""

    start: datetime
    end: datetime
    rounds: Sequence[datetime]
    weeklies: Sequence[datetime]
    at_rounds: frozenset[datetime] = field(init=False)
    at_weeklies: frozenset[datetime] = field(init=False)

    def __post_init__(self) -> None:
        """Both are asked for thousands of times."""
        object.__setattr__(self, "at_rounds", frozenset(self.rounds))
        object.__setattr__(self, "at_weeklies", frozenset(self.weeklies))


def first_after(instants: Sequence[datetime], now: datetime) -> Sequence[datetime]:
    """The first of these instants, in order, after that one; none where there is no later."""
    place = bisect_right(instants, now)
    return instants[place : place + 1]
