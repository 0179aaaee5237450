"""How a letter travels: what every courier promises."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from post.letters import Letter


class Outcome(StrEnum):
    """What became of one attempt to hand a letter over."""

    # The server took responsibility for it.
    ACCEPTED = "accepted"
    # Not taken, but the same letter may be later: busy server, no connection, our sign-in refused.
    TEMPORARY = "temporary"
    # This address (or this letter) was refused for good: try the fallback contact.
    PERMANENT = "permanent"
    # The connection was lost after the letter had been sent and before the answer. The server may have it.
    # Send it again with the same Message-ID: this is the one documented case of a duplicate.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt: its outcome, the server's code (if it spoke) and what it meant.

    `detail` is fit for the record: never the letter's body, never a password. `carrier` is smtp or notify;
    `carrier_id` the carrier's own name for the letter, if it has one. `not_before` (aware): whoever did not take it
    said that it is of no use to try again earlier.
    """

    outcome: Outcome
    code: int | None = None
    detail: str = ""
    carrier: str = "smtp"
    carrier_id: str = ""
    not_before: datetime | None = None

    @property
    def accepted(self) -> bool:
        """Whether the server took responsibility for the letter."""
        return self.outcome is Outcome.ACCEPTED


class Session(Protocol):
    """A run of deliveries that share one connection."""

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter. Never raises for what a server or network does: that is the outcome."""
        ...


class Courier(Protocol):
    """Something that carries letters."""

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter, alone.

        Never raises for what a server or network does: that is the outcome.
        """
        ...

    def session(self) -> AbstractAsyncContextManager[Session]:
        """Hand over several: `async with courier.session() as session: await session.deliver(letter)`."""
        ...
