"""What can become of a letter after somebody took it."""

from datetime import datetime

from post.courier import Delivery
from records.tables import Digest

PENDING, DELIVERED, BOUNCED, DELAYED, FAILED = "pending", "delivered", "bounced", "delayed", "failed"
NOTIFY = "notify"


def note_taken(digest: Digest, delivery: Delivery, now: datetime) -> None:
    """Write by whom and when a letter was taken. Notify can be asked what became of it; a mail server cannot."""
    digest.sent_at = now
    digest.carrier, digest.carrier_id = delivery.carrier, delivery.carrier_id or None
    digest.fate, digest.fate_at = (PENDING, None) if delivery.carrier == NOTIFY else ("", None)
