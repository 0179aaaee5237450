"""Everything that the README tells people to type is typed here, in its order."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, run
from tests.support.database import Database

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
STARTED_ELSEWHERE = {"up"}
"""`ehcp up` stays in the foreground: test_the_demo.py starts it."""


def commands(block: str) -> Iterator[tuple[list[str], str]]:
    """The words after `.venv/bin/ehcp` of each line, and what is piped into it."""
    for line in block.splitlines():
        before, found, words = line.partition(".venv/bin/ehcp ")
        if found:
            piped = shlex.split(before)[1] if before.strip() else ""
            yield shlex.split(words, comments=True), piped


ALL = [command for block in BLOCKS for command in commands(block)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("readme")
    for name in ("services", "settings", "officers"):
        shutil.copy(ROOT / "demo" / f"{name}.csv", made)
    shutil.copy(ROOT / "demo" / "assessments.csv", made / "cases.csv")
    shutil.copy(ROOT / "demo" / "plans.csv", made)
    return made


def test_it_tells_people_to_type_something() -> None:
    assert len(ALL) >= 18


def test_every_command_does_what_it_says(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    own_cases_first = sorted(
        ALL, key=lambda command: 0 if command[0][1:2] == ["import"] or command[0][0] == "import" else 1
    )
    for words, piped in own_cases_first:
        if words[0] in STARTED_ELSEWHERE:
            continue
        done = typed(database, folder, words, piped)
        expected = {0, 1} if words[0] == "doctor" else {0}
        assert done.code in expected, f"ehcp {shlex.join(words)}: {done.err}"
        assert done.out.strip() or done.err.strip(), f"ehcp {shlex.join(words)} says nothing"


def typed(database: Database, folder: Path, words: list[str], piped: str) -> Ended:
    return run(
        *words,
        stdin=piped,
        EHCP_DATABASE_URL=database.app_url,
        EHCP_MIGRATION_URL=database.owner_url,
        EHCP_DATA_DIR=str(folder / "data"),
        EHCP_TEMPORAL_ADDRESS="127.0.0.1:1",
        EHCP_SIGNING_KEY="k" * 64,
    )
