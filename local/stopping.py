"""Being asked to stop: Ctrl-C, SIGTERM, or the terminal closing."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """It was asked to stop while something was being waited for."""


class Stopping:
    """Whether it is time to stop. Any thread may say so."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def now(self) -> None:
        """It is time."""
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds`; whether it is time to stop."""
        return self._event.wait(seconds)

    def check(self) -> None:
        """Raise Stopped when it is time."""
        if self._event.is_set():
            raise Stopped


@contextmanager
def on_signals(stopping: Stopping) -> Generator[Stopping]:
    """Set `stopping` when this process is asked to stop; only the main thread can be asked."""
    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return

    def asked(_number: int, _frame: FrameType | None) -> None:
        stopping.now()

    earlier = {number: signal.signal(number, asked) for number in _SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
