"""`ehcp open` on a terminal asks one question after another; Ctrl-C gives up quietly."""

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from tests.cli.conftest import EHCP, clean_environment
from tests.support.database import Database


class Terminal:
    """A command with a terminal of its own."""

    def __init__(self, *words: str, **settings: str) -> None:
        self.ours, theirs = pty.openpty()
        environment = {**clean_environment(), **settings}
        self.process = subprocess.Popen([EHCP, *words], stdin=theirs, stdout=theirs, stderr=theirs, cwd="/",
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


def test_it_asks_and_asks_again_where_an_answer_cannot_be(terminal: Callable[..., Terminal]) -> None:
    asked = terminal("open")
    for question, answer in [
        ("Day the request was received", "soon"),
        ("not a day", "2026-09-02"),
        ("Source", "1"),
        ("Surname", ""),
        ("must be known", "Quill"),
        ("Forename", "Ada"),
        ("Date of birth", "14/02/2018"),
        ("UPN", ""),
        ("URN", ""),
        ("username", ""),
        ("reference", "C-7"),
    ]:
        asked.wait_for(question)
        asked.type(f"{answer}\n")
    asked.wait_for("Opened C-7")
    assert asked.process.wait(timeout=10) == 0


def test_giving_up_is_quiet(terminal: Callable[..., Terminal]) -> None:
    asked = terminal("open")
    asked.wait_for("Day the request was received")
    asked.process.send_signal(signal.SIGINT)
    assert asked.process.wait(timeout=10) in (1, 130)
    assert "Traceback" not in asked.rest()
