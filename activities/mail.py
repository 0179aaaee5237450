"""How letters leave, as the activities need it: who carries them, and in whose name."""

from dataclasses import dataclass
from typing import Protocol

from engine.messages import PostReport
from post.courier import Courier
from post.house import House


@dataclass(frozen=True, slots=True)
class Mail:
    """The courier that carries letters and the house that writes them."""

    courier: Courier
    house: House


class Sending(Protocol):
    """What casework says of one sending: counts of messages."""

    @property
    def sent(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def skipped(self) -> int: ...


def report(sending: Sending) -> PostReport:
    """The same counts as a message for Temporal's history."""
    return PostReport(
        sent=sending.sent,
        failed=sending.failed,
        held=sending.held,
        skipped=sending.skipped,
        left=getattr(sending, "left", 0),
    )
