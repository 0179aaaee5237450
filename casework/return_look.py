"""One look at what became of letters: the return mailbox, then GOV.UK Notify, then sending on what came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from casework.deliveries import Polled, poll
from casework.return_sending import send_on
from casework.returns import Read, read_returns
from config.settings import Settings
from post.courier import Courier
from post.house import House


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found, and how many letters were sent on because of it."""

    read: Read
    polled: Polled
    sent_on: int


def look(db: Engine, settings: Settings, now: datetime, courier: Courier, house: House) -> Looked:
    """Look once. Safe to repeat. Blocks; must not be called from a running event loop."""
    read = read_returns(db, settings, now)
    polled = poll(db, settings, now)
    return Looked(read, polled, send_on(db, now, courier, house))
