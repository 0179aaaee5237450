"""Not faster than a mail server likes: turns, evenly spaced."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from threading import Lock


class Pace:
    """At most `per_second` turns a second, shared by all who hold it, on whatever thread or event loop they are.

    `clock` counts seconds and never goes back, `sleep` waits so many.
    """

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._lock = Lock()

    async def turn(self) -> None:
        """Wait for one's turn."""
        wait = self.take()
        if wait > 0:
            await self._sleep(wait)

    def take(self) -> float:
        """Take a turn and do not wait for it: whoever comes next waits the longer. How long waiting would have been."""
        with self._lock:
            now = self._clock()
            mine = max(now, self._next)
            self._next = mine + self._gap
            return mine - now
