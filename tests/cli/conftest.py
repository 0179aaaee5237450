"""The command as a user runs it, with a data folder of its own: in this process for speed, or as a real process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[2]
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
    done = subprocess.run([EHCP, *words], input=stdin, capture_output=True, text=True, timeout=timeout, check=False,
                          cwd="/", env={**clean_environment(), **settings})
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def law() -> Ehcp:
    """Commands that need no database."""
    return run


@pytest.fixture
def ehcp(database: Any, tmp_path: Path) -> Iterator[Ehcp]:
    """Commands on a database of their own, with a data folder of their own."""
    settings = {"EHCP_DATABASE_URL": database.app_url, "EHCP_MIGRATION_URL": database.owner_url,
                "EHCP_DATA_DIR": str(tmp_path / "data"), "EHCP_ACTOR": "t.tester",
                "EHCP_TEMPORAL_ADDRESS": "127.0.0.1:1"}

    def command(*words: str, stdin: str = "", **more: str) -> Ended:
        return run(*words, stdin=stdin, **{**settings, **more})

    yield command
