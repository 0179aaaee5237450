"""What can become of a letter after somebody took it."""

from datetime import UTC, datetime, time

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from config.clock import utc_now
from post.courier import Delivery
from records.tables import Digest

PENDING, DELIVERED, BOUNCED, DELAYED, FAILED = "pending", "delivered", "bounced", "delayed", "failed"
NOTIFY = "notify"


def note_taken(digest: Digest, delivery: Delivery, now: datetime) -> None:
    """Write by whom and when a letter was taken. Notify can be asked what became of it; a mail server cannot."""
    digest.sent_at = now
    digest.carrier, digest.carrier_id = delivery.carrier, delivery.carrier_id or None
    digest.fate, digest.fate_at = (PENDING, None) if delivery.carrier == NOTIFY else ("", None)


def sent_today(db: Engine, now: datetime | None = None) -> int:
    """How many letters Notify took since its day began, at midnight UTC."""
    midnight = datetime.combine((now or utc_now()).astimezone(UTC).date(), time(), UTC)
    mine = (Digest.carrier == NOTIFY, col(Digest.sent_at) >= midnight)
    with Session(db) as session:
        return session.exec(select(func.count(col(Digest.id))).where(*mine)).one()
