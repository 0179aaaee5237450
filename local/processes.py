"""Processes by number and start time, because the system gives a dead process's number to a stranger.

Nothing here ends a process unless its start time, or the mark in its environment, says that it is ours.
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from config.files import write_private

MARK = "SUPERVISED_BY_EHCP_UP"
"""Environment variable that every child of `ehcp up` carries: the data folder it works for."""
# The kernel's idea of when the machine was started moves a little with every correction of its clock.
_TOLERANCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Identity:
    """One process and no other: its number and when it started (seconds since 1970)."""

    pid: int
    started: float

    def process(self) -> psutil.Process | None:
        """The process if it still lives; a zombie waiting for its parent does not."""
        with suppress(psutil.Error):
            found = psutil.Process(self.pid)
            if abs(found.create_time() - self.started) <= _TOLERANCE_SECONDS and lives(found):
                return found
        return None


def lives(process: psutil.Process) -> bool:
    """Whether `process` still runs; a zombie, which only waits for its parent to look, does not."""
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def still_alive(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until all have ended, at most `seconds`; those that have not.

    psutil's own wait may sit out its whole time for a zombie whose parent is not us and does not look.
    """
    deadline = time.monotonic() + seconds
    left = [process for process in processes if lives(process)]
    while left and time.monotonic() < deadline:
        time.sleep(0.02)
        left = [process for process in left if lives(process)]
    return left


def identify(pid: int) -> Identity:
    """The identity of process `pid`, which must exist (a zombie does)."""
    return Identity(pid, psutil.Process(pid).create_time())


def remember(path: Path, identity: Identity) -> None:
    """Write the identity down for the next `ehcp up`, should this one be killed."""
    write_private(path, json.dumps(asdict(identity)))


def remembered(path: Path) -> Identity | None:
    """The identity in `path`; None when there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text())
        return Identity(int(found["pid"]), float(found["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def marked(mark: str) -> Iterator[psutil.Process]:
    """Living processes of this user whose environment carries `mark`."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == mark:
                yield process


def end(processes: Iterable[psutil.Process], patience_seconds: float) -> None:
    """End `processes` and what they started: asked first, killed after `patience_seconds`."""
    family = {member for process in processes for member in _with_children(process)}
    _tell(family, "terminate")
    stubborn = still_alive(family, patience_seconds)
    _tell(stubborn, "kill")
    still_alive(stubborn, 5)


def _with_children(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return [process]


def _tell(processes: Iterable[psutil.Process], what: str) -> None:
    for process in processes:
        # psutil itself compares start times before it sends a signal.
        with suppress(psutil.Error):
            getattr(process, what)()
