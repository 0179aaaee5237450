"""A process of its own for each document that is looked through: what it does to that process, it does to no other."""

import json
import subprocess
import sys
from threading import BoundedSemaphore

from documents.faults import Fault
from documents.kinds import Kind
from documents.looks import SECONDS, TOO_MUCH

AT_ONCE = 2
"""Documents looked through at a time in one server: each may take the memory that `documents.looks` allows."""
_PATIENCE = 60
_TURN = BoundedSemaphore(AT_ONCE)
_BUSY = "could not be looked through now, because many are being sent. Wait a minute and try again."
# Without the environment, where keys are; and from nowhere but where this program is installed.
_PROGRAM = (sys.executable, "-I", "-m", "documents.looks")


def look_apart(kind: Kind, content: bytes) -> str:
    """As `documents.looks.look`, in a process that is ended when it takes too long. Raises Fault."""
    if not _TURN.acquire(timeout=_PATIENCE):
        raise Fault(_BUSY)
    try:
        return _asked(kind, content)
    finally:
        _TURN.release()


def _asked(kind: Kind, content: bytes) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program of ours
            [*_PROGRAM, kind.value],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries repeat there what they stumble over
            timeout=2 * SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Fault(TOO_MUCH) from error
    if done.returncode < 0:  # ended by the system: out of time, or a library broke
        raise Fault(TOO_MUCH)
    if done.returncode:
        raise RuntimeError(f"the program that looks through documents ended with {done.returncode}")
    answer = json.loads(done.stdout.splitlines()[-1])
    if answer["fault"]:
        raise Fault(answer["fault"])
    return answer["ending"]
