"""Locks between processes on files of the data folder.

The kernel drops a lock with the process that held it, so kill -9 leaves none behind. Python closes the file
in children, so none of them keeps a lock by accident.
"""

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from config.files import PRIVATE_FILE
from local.errors import LocalError


class FileLock:
    """One holder of the lock on `path`; shared with others or exclusive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def share(self) -> bool:
        """Hold the lock together with others; False when somebody holds it alone."""
        return self._take(fcntl.LOCK_SH)

    def alone(self) -> bool:
        """Hold the lock alone, also when it was shared before; False when others hold it."""
        return self._take(fcntl.LOCK_EX)

    def drop(self) -> None:
        """Hold it no longer."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def write(self, text: str) -> None:
        """Say in the file who holds the lock."""
        if self._descriptor is None:
            raise LocalError(f"{self._path} is not locked by this process")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def _take(self, kind: int) -> bool:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            # A failed change from shared to alone may have lost the shared lock: hold nothing, clearly.
            self.drop()
            return False
        return True


@contextmanager
def exclusive(path: Path, wait_seconds: float) -> Generator[None]:
    """Hold the lock on `path` alone for a block, waiting for it at most `wait_seconds`."""
    lock = FileLock(path)
    deadline = time.monotonic() + wait_seconds
    while not lock.alone():
        if time.monotonic() > deadline:
            raise LocalError(f"{path} has been locked by another command for {wait_seconds:.0f} seconds")
        time.sleep(0.02)
    try:
        yield
    finally:
        lock.drop()
