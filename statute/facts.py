"""What happened: the facts a statutory process is made of.

A fact says that something happened on a day, lawful or not. The kinds, their attributes and their effect
are those of the ledger; this module only holds and reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


def _no_attributes() -> Mapping[str, str]:
    return NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened in one process.

    `day` is when it happened (a whole day, Europe/London); `recorded_at` when it was written down (aware, UTC).
    `subject` is a category (`health`), a category and body (`health/slt`) or a provider; empty where there is none.
    `attributes` hold codes, days (ISO) and ids only, never names or free text.
    `sequence` orders facts of one process; `supersedes` is the `sequence` of the fact that a correction,
    retraction or reopening is about.
    """

    kind: str
    day: date
    subject: str = ""
    attributes: Mapping[str, str] = field(default_factory=_no_attributes)
    sequence: int = 0
    supersedes: int | None = None
    recorded_at: datetime | None = None

    @property
    def name(self) -> str:
        """Kind and subject, as a correction or a retraction names what it is about."""
        return f"{self.kind}:{self.subject}" if self.subject else self.kind
