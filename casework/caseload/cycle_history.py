"""What is held of one cycle of a plan: with which decision it began, and what belongs to its own review."""

from dataclasses import dataclass
from datetime import date

from casework.caseload.history import Held, History
from statute.review_case import DECISIONS, OF_ONE_REVIEW


@dataclass(frozen=True, slots=True)
class CycleHistory:
    """What is held of one cycle of a plan. `follows` says that its last review was worked out from the decision
    recorded in the cycle before: it is corrected there."""

    history: History
    follows: bool = False

    @property
    def began(self) -> date | None:
        """The decision of the review before it, None in the cycle of a plan that was never reviewed."""
        return _day(self.history, "last_review")

    @property
    def last_review(self) -> Held | None:
        """That decision as it is recorded."""
        return next((each for each in reversed(self.history.of(("last_review",), "")) if each.live), None)

    @property
    def met(self) -> date | None:
        """The meeting of its own review."""
        return _day(present(self.history, self.began), "review_meeting")

    @property
    def decision(self) -> Held | None:
        """The decision of its own review."""
        live = [each for each in present(self.history, self.began).of(DECISIONS, "") if each.live]
        return live[-1] if live else None

    def holds(self, kind: str, subject: str = "") -> bool:
        """Whether such a fact stands in it."""
        return any(each.live for each in self.history.of((kind,), subject))


def present(history: History, since: date | None) -> History:
    """What is held, without what belongs to a review before the one that began with the decision of that day."""
    return History(tuple(each for each in history.held if not is_earlier(each.fact.kind, each.fact.day, since)))


def is_earlier(kind: str, day: date, since: date | None) -> bool:
    """Whether a fact of that kind and day belongs to a review that was over on the day `since`."""
    return since is not None and kind in OF_ONE_REVIEW and day <= since


def _day(history: History, kind: str) -> date | None:
    return max((each.fact.day for each in history.of((kind,), "") if each.live), default=None)
