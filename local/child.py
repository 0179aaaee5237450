"""One supervised process: started, watched, started again when it dies, and ended."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local.logs import open_log
from local.processes import MARK, Identity, end, identify, remember

# -P: the folder somebody happens to stand in must not be able to stand in for one of our modules.
PYTHON: tuple[str, ...] = (sys.executable, "-P", "-m")
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Command:
    """A program of the house: its name (also that of its log) and its command line, which holds no secret."""

    name: str
    line: tuple[str, ...]
    environment: Mapping[str, str] | None = field(default=None, repr=False)
    """The whole environment; None: this process's with what the house adds."""
    patience_seconds: float = 10.0
    """How long it may take to end by itself when asked."""


@dataclass
class Child:
    """A `Command` as a process of the data folder `data_dir`, in the environment `house` unless it has its own."""

    command: Command
    data_dir: Path
    house: Mapping[str, str] = field(repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _identity: Identity | None = field(default=None, init=False)
    _pause: float = field(default=_FIRST_PAUSE_SECONDS, init=False)
    _started: float = field(default=0.0, init=False)
    _again_at: float | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """The command's name."""
        return self.command.name

    @property
    def pid(self) -> int | None:
        """The process's number; None before it was started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process, and write down which it is in case we are killed."""
        with open_log(self.data_dir, self.name) as log:
            self._process = subprocess.Popen(  # noqa: S603
                self.command.line, env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                # A session of its own: Ctrl-C reaches the supervisor alone, which stops all in order.
                start_new_session=True, umask=0o077,
            )  # fmt: skip
        self._started, self._again_at = time.monotonic(), None
        self._identity = identify(self._process.pid)
        remember(record_path(self.data_dir, self.name), self._identity)

    def exit_code(self) -> int | None:
        """The code it ended with (negative: the signal that ended it); None while it runs."""
        return self._process.poll() if self._process else None

    def watch(self) -> str | None:
        """Start it again when it has died, later each time; a sentence when there is news."""
        code = self.exit_code()
        if code is None:
            return None
        if self._again_at is None:
            self._again_at = time.monotonic() + self._next_pause()
            return f"{self.name} ended ({how_it_ended(code)}); starting it again. Its log: {self._log}"
        if time.monotonic() >= self._again_at:
            self.start()
            return f"{self.name} runs again"
        return None

    def stop(self) -> None:
        """Ask it to end, wait, then insist; with it whatever it started."""
        process = self._identity.process() if self._identity else None
        if process:
            end([process], self.command.patience_seconds)
        if self._process:
            self._process.wait(timeout=5)
        record_path(self.data_dir, self.name).unlink(missing_ok=True)

    @property
    def _log(self) -> Path:
        return self.data_dir / "log" / f"{self.name}.log"

    def _environment(self) -> dict[str, str]:
        chosen = {**os.environ, **self.house} if self.command.environment is None else self.command.environment
        return {**chosen, MARK: str(self.data_dir)}

    def _next_pause(self) -> float:
        if time.monotonic() - self._started > _STEADY_SECONDS:
            self._pause = _FIRST_PAUSE_SECONDS
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        return pause


def record_path(data_dir: Path, name: str) -> Path:
    """Where the identity of the process called `name` is written down."""
    return data_dir / "run" / "children" / f"{name}.json"


def how_it_ended(code: int) -> str:
    """An exit code in words."""
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
