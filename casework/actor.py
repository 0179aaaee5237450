"""Who did it, and through which door."""

from dataclasses import dataclass
from typing import Literal

Channel = Literal["web", "api", "cli", "import", "engine", "link"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or program behind a command; both are kept with every fact that it records."""

    name: str
    channel: Channel


# What the engine records by itself, because it follows from what a person recorded.
ENGINE = Actor("EHCP Clock", "engine")

# Whoever answers by a link, having proved that its address is theirs: the ledger never holds an address.
PROFESSIONAL = Actor("professional", "link")
