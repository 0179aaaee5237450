"""Real processes on real ports, each wait bounded, each process ended by whoever started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psutil
import psycopg
import pytest

from config.settings import Settings
from local import addresses
from local.addresses import Addresses
from local.postgres import Postgres
from local.processes import end, marked, remembered

# Below the ports that any program may be lent, and a row of its own for each of the suite's processes: while a part
# of one house is dead, no other house may take its place.
ROW = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FIRST_PORTS = count(21000 + 1000 * ROW, 5)


def until(what: Callable[[], object], seconds: float = 60) -> None:
    """Wait until `what()` is true, or fail."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"waited {seconds} seconds in vain"
        time.sleep(0.03)


def lives(pid: int) -> bool:
    """Whether process `pid` lives (a zombie does not)."""
    with suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def plain(url: str) -> str:
    """A SQLAlchemy address as psycopg itself takes it."""
    return url.replace("+psycopg", "", 1)


def beats(found: Addresses) -> int:
    """How often the small worker has written to the database."""
    with psycopg.connect(plain(found.database_url)) as db:
        row = db.execute("select count(*) from beat").fetchone()
    return row[0] if row else 0


def own_environment(**more: str) -> dict[str, str]:
    """This process's environment without its EHCP_* variables."""
    return {name: value for name, value in os.environ.items() if not name.startswith("EHCP_")} | more


@dataclass
class Up:
    """`ehcp up` on `data_dir`, with small programs in place of the other rooms', as a process of its own."""

    data_dir: Path
    said_in: Path | None = None
    process: subprocess.Popen[bytes] | None = field(default=None)
    first_port: int = field(default_factory=lambda: next(FIRST_PORTS))

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.data_dir)

    @property
    def said(self) -> str:
        return self._said.read_text() if self._said.exists() else ""

    @property
    def _said(self) -> Path:
        return (self.said_in or self.data_dir.parent) / "said.txt"

    def begin(self, *options: str, **environment: str) -> "Up":
        with self._said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.local.small_house", str(self.data_dir), str(self.first_port), *options],
                stdout=out, stderr=out, env=own_environment(**environment),
            )  # fmt: skip
        return self

    def start(self, *options: str, **environment: str) -> Addresses:
        self.begin(*options, **environment)
        until(lambda: "ready\n" in self.said or not self.runs())
        assert self.runs(), self.said
        found = addresses.read(self.settings)
        assert found
        return found

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; its exit code."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def pid_of(self, name: str) -> int:
        """The process of a part, as the house has written it down."""
        identity = remembered(self.data_dir / "run" / "children" / f"{name}.json")
        return identity.pid if identity and identity.process() else 0

    def log(self, name: str) -> str:
        path = self.data_dir / "log" / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def clear_away(self) -> None:
        """End whatever of it still runs."""
        if self.runs():
            self.signal(signal.SIGTERM)
        end(marked(str(self.data_dir)), patience_seconds=1)
        stop_database(self.data_dir)


def servers_on(data_dir: Path) -> list[psutil.Process]:
    """The Postgres processes whose data folder is below `data_dir`."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name() == "postgres" and process.cwd() == str(data_dir.resolve() / "postgres"):
                found.append(process)
    return found


def stop_database(data_dir: Path) -> None:
    """Stop a server that a killed process has left on `data_dir`."""
    if (data_dir / "run").is_dir():
        Postgres(data_dir).release()


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    """A house that is not running yet."""
    house = Up(tmp_path / "data")
    yield house
    house.clear_away()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A house that runs while tests look at it and kill parts of it."""
    house = Up(tmp_path_factory.mktemp("house") / "data")
    house.start()
    yield house
    house.clear_away()


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data folder; a server left on it is ended."""
    yield tmp_path / "data"
    stop_database(tmp_path / "data")


@pytest.fixture
def stranger() -> Iterator[psutil.Process]:
    """A living process that is none of ours."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        yield psutil.Process(process.pid)
        process.kill()
