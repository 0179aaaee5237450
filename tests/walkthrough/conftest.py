"""One `ehcp up --demo` for all of these tests, as a newcomer starts it: a real process in a folder of its own."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EHCP, Ended, clean_environment, run_process

READY_SECONDS = 120


@dataclass(frozen=True)
class House:
    """A running house: its folder, its own words, and commands in another terminal."""

    folder: Path
    log: Path
    started_in: float

    def ehcp(self, *words: str, stdin: str = "") -> Ended:
        return run_process(*words, stdin=stdin, EHCP_DATA_DIR=str(self.folder), EHCP_ACTOR="n.newcomer")

    @property
    def addresses(self) -> dict[str, Any]:
        return json.loads((self.folder / "run" / "addresses.json").read_text())

    def wait_until(self, true: Callable[[], bool], what: str, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, f"{what} did not happen in {seconds} s: {self.log.read_text()[-2000:]}"
            time.sleep(0.5)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "up.log"
    begin = time.monotonic()
    with log.open("wb") as out:
        up = subprocess.Popen(
            [EHCP, "up", "--demo", "--port", "18600"],
            stdout=out,
            stderr=out,
            cwd="/",
            env={**clean_environment(), "EHCP_DATA_DIR": str(folder / "data")},
            start_new_session=True,
        )
    try:
        while "is up" not in log.read_text():
            assert up.poll() is None, log.read_text()
            assert time.monotonic() < begin + READY_SECONDS, log.read_text()
            time.sleep(0.1)
        yield House(folder / "data", log, time.monotonic() - begin)
    finally:
        if up.poll() is None:
            os.kill(up.pid, signal.SIGINT)
            assert up.wait(timeout=60) == 0, log.read_text()[-2000:]
