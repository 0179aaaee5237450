"""The command as a user runs it: a real process with a data folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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


def run(*words: str, stdin: str = "", timeout: float = 60, **settings: str) -> Ended:
    """Run `ehcp` with these words and settings, bounded."""
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
