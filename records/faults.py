"""What verification found wrong with the ledger."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded. `what` is a sentence; it names no person.

    `process_id` and `sequence` say which fact; both are None when a whole day's digest is at fault (`day`).
    """

    what: str
    process_id: UUID | None = None
    sequence: int | None = None
    day: date | None = None

    def __str__(self) -> str:
        """The sentence, with its place before it."""
        fact = "" if self.sequence is None else f", fact {self.sequence}"
        place = f"process {self.process_id}{fact}" if self.process_id else f"digest of {self.day}"
        return f"{place}: {self.what}"
