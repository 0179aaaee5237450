"""Showing Temporal that a long activity is alive."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import copy_context

from temporalio import activity

# Seconds between heartbeats; the workflows give up on a worker after several times as long.
PULSE = 10.0


@contextmanager
def beating(pulse: float = PULSE) -> Generator[None]:
    """Heartbeat every `pulse` seconds while the block runs.

    The work itself (a round of several hundred letters) knows nothing of Temporal. When the worker dies the
    heartbeat dies with it, and another worker takes the round over within a minute instead of after hours.
    """
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(pulse):
            activity.heartbeat()

    activity.heartbeat()
    # The activity is known by a context variable, which a new thread would not have.
    thread = threading.Thread(target=copy_context().run, args=(beat,), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
