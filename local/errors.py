"""What can stand in the way of running everything on one machine."""


class LocalError(RuntimeError):
    """Something on this machine prevents it; the message says what, where and what to do."""


class AlreadyRunning(LocalError):
    """Another `ehcp up` (process id `pid`, 0 when unknown) works on the same data folder."""

    def __init__(self, data_dir: object, pid: int) -> None:
        self.pid = pid
        super().__init__(
            f"`ehcp up` already runs on {data_dir} (process {pid or 'unknown'}). "
            "Stop it first, or set EHCP_DATA_DIR to another folder."
        )


class StartFailed(LocalError):
    """A part of the house did not come up in time or ended at once; the message names its log."""
