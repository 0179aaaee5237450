"""What can go wrong on the way to Temporal."""


class TemporalAway(Exception):
    """Temporal did not answer in time.

    Nothing is lost: whatever was recorded waits in Postgres, and the worker's relay delivers it within
    seconds of Temporal's return.
    """

    def __init__(self, address: str, detail: str) -> None:
        super().__init__(
            f"Temporal does not answer at {address} ({detail}). What was recorded is safe and will be acted "
            "on when it returns. Is it running, and is EHCP_TEMPORAL_ADDRESS right?"
        )
        self.address = address
        self.detail = detail
