"""How letters leave, as the activities need it: who carries them, in whose name, and what is said of it."""

from dataclasses import dataclass

from casework.round import RoundResult
from engine.messages import PostReport
from post.courier import Courier
from post.house import House


@dataclass(frozen=True, slots=True)
class Mail:
    """The courier that carries letters and the house that writes them."""

    courier: Courier
    house: House


def report(result: RoundResult) -> PostReport:
    """The counts of one sending, as a message for Temporal's history."""
    return PostReport(
        sent=result.sent,
        failed=result.failed,
        held=result.held,
        skipped=result.skipped,
        # Another round was under way. Should it be one that is dying, look again later.
        left=max(result.left, 1) if result.busy else result.left,
    )
