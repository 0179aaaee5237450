"""The main process of a Postgres server: found by its data folder, told from strangers, ended cleanly.

Postgres leaves its number in `postmaster.pid`. After kill -9 or a power cut it may be anybody's number, so a
process counts as ours only when it is called postgres and stands in this very data folder.
"""

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from local.processes import end, still_alive

_FAST = signal.SIGINT  # ends sessions and writes everything down; SIGTERM would wait for the sessions
_IMMEDIATE = signal.SIGQUIT


def find(folder: Path) -> psutil.Process | None:
    """The main process of the server on `folder`; None when it does not run."""
    try:
        process = psutil.Process(_number(folder))
    except (OSError, ValueError, psutil.Error):
        return None
    return process if _stands_in(process, folder) else None


def clear_stale(folder: Path, socket_dir: Path) -> None:
    """Make way for a start after a crash. Call it only when `find` found nothing and the start lock is held.

    Postgres itself copes with a dead process's number, but takes a zombie or a stranger of its own user for a
    living server. Sessions that have outlived their server are ended first: they could still write.
    """
    if (folder / "postmaster.pid").exists():
        end(_left_over(folder), patience_seconds=5)
        (folder / "postmaster.pid").unlink(missing_ok=True)
    for left_behind in socket_dir.glob(".s.PGSQL.*"):  # the socket and, with the same number in it, its lock
        left_behind.unlink(missing_ok=True)


def stop(process: psutil.Process, patience_seconds: float) -> None:
    """Stop the server: sessions are ended, everything is written; by force only after `patience_seconds`."""
    for how, seconds in ((_FAST, patience_seconds), (_IMMEDIATE, 5.0)):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(how)
        if not still_alive([process], seconds):
            return
    end([process], patience_seconds=0)


def _number(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])


def _left_over(folder: Path) -> Iterator[psutil.Process]:
    return (process for process in psutil.process_iter() if _stands_in(process, folder))


def _stands_in(process: psutil.Process, folder: Path) -> bool:
    # A process of another user cannot be read, and cannot be ours: Postgres opens only its own user's folder.
    with suppress(psutil.Error, OSError):
        return process.name() == "postgres" and process.cwd() == str(folder.resolve())
    return False
