"""The command as a user runs it, with a data folder of its own: in this process for speed, as a real process, or
on a terminal."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from demo import FOLDER as DEMO
from tests.support.database import Cluster, Database

AS_OF = "2026-11-20"
EHCP = Path(sys.executable).with_name("ehcp")


@dataclass(frozen=True)
class Ended:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Ehcp = Callable[..., Ended]


def clean_environment() -> dict[str, str]:
    """This environment without anybody's settings; wide enough that tables do not fold."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EHCP_")}
    return {**kept, "COLUMNS": "220", "NO_COLOR": "1", "TERM": "dumb"}


def run(*words: str, stdin: str = "", **settings: str) -> Ended:
    """Run `ehcp` with these words and settings in this process: two seconds of imports are paid once."""
    from cli.main import app

    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("EHCP_")}
    done = CliRunner().invoke(app, list(words), input=stdin, env={**unset, **clean_environment(), **settings})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def run_process(*words: str, stdin: str = "", timeout: float = 60, **settings: str) -> Ended:
    """Run `ehcp` as a process of its own, bounded."""
    done = subprocess.run(
        [EHCP, *words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd="/",
        env={**clean_environment(), **settings},
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def law() -> Ehcp:
    """Commands that need no database."""
    return run


def settings_on(database: Database, folder: Path) -> dict[str, str]:
    """The environment of commands on this database and data folder, with Temporal away."""
    return {
        "EHCP_DATABASE_URL": database.app_url,
        "EHCP_MIGRATION_URL": database.owner_url,
        "EHCP_SIGNING_KEY": "0123456789abcdef" * 2,
        "EHCP_DATA_DIR": str(folder),
        "EHCP_ACTOR": "t.tester",
        "EHCP_TEMPORAL_ADDRESS": "127.0.0.1:1",
    }


def commands_on(settings: dict[str, str]) -> Ehcp:
    """`ehcp` with these settings, and others for one command."""

    def command(*words: str, stdin: str = "", **more: str) -> Ended:
        return run(*words, stdin=stdin, **{**settings, **more})

    return command


@pytest.fixture
def ehcp(database: Database, tmp_path: Path) -> Ehcp:
    """Commands on a database of their own, with a data folder of their own."""
    return commands_on(settings_on(database, tmp_path / "data"))


class Terminal:
    """A command with a terminal of its own."""

    def __init__(self, *words: str, **settings: str) -> None:
        self.ours, theirs = pty.openpty()
        environment = {**clean_environment(), **settings}
        # Whoever runs the tests in the background has Ctrl-C ignored, here as in all that is begun from there.
        heard = ["env", "--default-signal=INT", EHCP, *words]
        self.process = subprocess.Popen(heard, stdin=theirs, stdout=theirs, stderr=theirs, cwd="/",
                                        env=environment, start_new_session=True)  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Wait until the words were shown after all that was waited for before."""
        until, shown = time.monotonic() + seconds, ""
        while words not in shown:
            left = until - time.monotonic()
            assert left > 0, f"{words!r} was not shown: {self.shown}"
            if select.select([self.ours], [], [], left)[0]:
                shown += os.read(self.ours, 4096).decode()
        self.shown += shown

    def rest(self) -> str:
        """What was shown last."""
        return os.read(self.ours, 65536).decode() if select.select([self.ours], [], [], 0)[0] else ""

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=10)
        os.close(self.ours)


@pytest.fixture
def terminal(database: Database) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def start(*words: str) -> Terminal:
        started.append(Terminal(*words, EHCP_DATABASE_URL=database.app_url, EHCP_ACTOR="t.tester"))
        return started[-1]

    yield start
    for each in started:
        each.end()


@dataclass(frozen=True)
class Council:
    """A council that took over its tracker by command. Tests look at it and record nothing."""

    ehcp: Ehcp
    settings: dict[str, str]
    tracker: Path
    imported: Ended


@pytest.fixture(scope="session")
def council(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """One import of the demonstration's files for all tests that only read."""
    fresh, folder = cluster.create(), tmp_path_factory.mktemp("council")
    settings = settings_on(fresh, folder / "data")
    ehcp = commands_on(settings)
    try:
        for kind in ("services", "settings", "officers"):
            assert ehcp(kind, "import", str(DEMO / f"{kind}.csv")).code == 0
        tracker = folder / "assessments.csv"
        tracker.write_bytes((DEMO / "assessments.csv").read_bytes())
        yield Council(ehcp, settings, tracker, ehcp("import", str(tracker), "--as-of", AS_OF, "--json"))
    finally:
        fresh.engine.dispose()
        cluster.drop(fresh.name)


def opened(ehcp: Ehcp, **fields: object) -> str:
    """Open a case, by default for a child of this test's own, and give its reference."""
    case = {"received": "2026-09-02", "source": "1", "surname": "Quill", "forename": "Ada", **fields}
    done = ehcp("open", "-", "--json", stdin=json.dumps(case))
    assert done.code == 0, done.err
    return done.json["case_ref"]
