"""Do the database, Temporal and a worker answer? Asked for by whoever watches the house, at any time."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Lock
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from casework.vital_signs import WAKES, vital_signs
from engine.client import connect
from engine.deployment import pollers
from engine.errors import TemporalAway
from web.place import Place

PATIENCE_SECONDS = 2.0
KEPT_SECONDS = 2.0
"""So long an answer stands for everybody who asks: anybody may ask, and asking must not become a load."""
# A worker that has nothing to do asks Temporal for work once a minute.
LATEST_POLL = timedelta(seconds=90)

Answers = Mapping[str, bool]
Told = tuple[bool, bool]
"""Whether it answers, and whether a worker does as far as it can tell."""


class Readiness:
    """Asks all at once, for two seconds at most; what has not answered by then does not answer."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="readiness")
        self._asking = Lock()
        self._asked: dict[Callable[[], Told], Future[Told]] = {}
        self._last: tuple[float, Answers] = (float("-inf"), {})

    def answers(self) -> Answers:
        """Whether each of `database`, `temporal` and `worker` answers."""
        with self._asking:
            at, answers = self._last
            if monotonic() - at >= KEPT_SECONDS:
                answers = self._ask()
                self._last = (monotonic(), answers)
            return answers

    def _ask(self) -> Answers:
        asks = [self._begin(ask) for ask in (self._database, self._temporal)]
        wait(asks, PATIENCE_SECONDS)
        database, temporal = (each.result() if each.done() else (False, False) for each in asks)
        return {"database": database[0], "temporal": temporal[0], "worker": database[1] and temporal[1]}

    def _begin(self, ask: Callable[[], Told]) -> Future[Told]:
        """What still hangs from the last time is not asked again: nothing is piled up behind it."""
        last = self._asked.get(ask)
        if last is None or last.done():
            last = self._asked[ask] = self._threads.submit(ask)
        return last

    def _database(self) -> Told:
        """A worker takes what was recorded to the clocks within seconds."""
        try:
            signs = vital_signs(self._place.db, self._place.now())
        except SQLAlchemyError:
            return False, False
        return True, all(sign.well for sign in signs if sign.what == WAKES)

    def _temporal(self) -> Told:
        """A worker asks for work all the time."""
        try:
            return True, asyncio.run(self._pollers()) > 0
        except (TemporalAway, TimeoutError):
            return False, False

    async def _pollers(self) -> int:
        settings = self._place.settings
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await pollers(await connect(settings), settings.task_queue, within=LATEST_POLL)
