"""What became of letters after they were taken: asked of GOV.UK Notify, or told by mail that came back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from config.settings import Settings

PENDING, DELIVERED, BOUNCED, DELAYED, FAILED = "pending", "delivered", "bounced", "delayed", "failed"


@dataclass(frozen=True, slots=True)
class Polled:
    """What one asking found, in letters; `problem` is why it ended early, in words, empty when it did not."""

    asked: int = 0
    delivered: int = 0
    bounced: int = 0
    again: int = 0
    problem: str = ""


def poll(db: Engine, settings: Settings, now: datetime) -> Polled:
    """Ask Notify what became of letters that it took, those not asked about for longest first.

    Nothing without EHCP_NOTIFY_API_KEY. Blocks; never raises for what Notify or the network does.
    """
    return Polled()


def note_fate(db: Engine, digest_id: UUID, fate: str, now: datetime, code: str = "", detail: str = "") -> None:
    """Write what became of a letter: delivered, bounced, delayed or failed, and do what follows from it."""
