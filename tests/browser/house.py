"""A whole house (`ehcp up`) with staff, services and schools, in which nothing has been opened yet."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from demo import FOLDER as DEMO
from tests.cli.conftest import clean_environment, run_process

Found = TypeVar("Found")
READY_SECONDS = 120
FIRST_PORT = "18900"
EMPTY_DEMO = "tests.browser.empty_demo"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class House:
    """A running house: its folder, where its pages are, and the mail that was caught."""

    folder: Path
    log: Path
    _known: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def addresses(self) -> dict[str, Any]:
        return json.loads((self.folder / "run" / "addresses.json").read_text())

    def wait_for(self, look: Callable[[], Found | None], what: str, seconds: float = 60) -> Found:
        """Whatever `look` finds first; fails, with the end of the log, when it finds nothing in time."""
        until = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < until, f"{what} did not happen in {seconds} s: {self.log.read_text()[-2000:]}"
            time.sleep(0.3)
        return found

    def letters(self) -> list[str]:
        """The letters in the catcher, as their pages show them, the newest first."""
        front = self._read(self.addresses["mail_page"])
        found = list(dict.fromkeys(re.findall(r'href="(/[^"]+)"', front)))
        for path in found:
            if path not in self._known:  # a letter that was caught stays as it is
                self._known[path] = self._read(self.addresses["mail_page"] + path)
        return [self._known[path] for path in found]

    def since(self, known: int) -> list[str]:
        """The letters that came after the first `known`, the newest first."""
        letters = self.letters()
        return letters[: len(letters) - known]

    @staticmethod
    def _read(address: str) -> str:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode()


@contextmanager
def running(folder: Path) -> Iterator[House]:
    """Start a house whose letters carry links, fill its directories, stop it again."""
    log, data = folder / "up.log", folder / "data"
    settings = {"EHCP_DATA_DIR": str(data), "EHCP_ACTOR": "n.newcomer"}
    for name in ("services", "settings", "officers"):
        done = run_process(name, "import", str(DEMO / f"{name}.csv"), **settings)
        assert done.code == 0, done.err
    with log.open("wb") as out:
        up = subprocess.Popen(
            [sys.executable, "-m", EMPTY_DEMO, FIRST_PORT],
            stdout=out,
            stderr=out,
            cwd=ROOT,
            env={**clean_environment(), **settings},
            start_new_session=True,
        )
    try:
        until = time.monotonic() + READY_SECONDS
        while "is up" not in log.read_text():
            assert up.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield House(data, log)
    finally:
        if up.poll() is None:
            os.kill(up.pid, signal.SIGINT)
            assert up.wait(timeout=60) == 0, log.read_text()[-2000:]
