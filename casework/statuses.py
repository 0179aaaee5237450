"""What can become of a message."""

QUEUED, SENDING, SENT, FAILED, HELD, SKIPPED = "queued", "sending", "sent", "failed", "held", "skipped"
WAITING = (QUEUED, HELD)
STATUSES = (QUEUED, SENDING, SENT, FAILED, HELD, SKIPPED)
