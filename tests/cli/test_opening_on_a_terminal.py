"""`ehcp open` on a terminal asks one question after another; Ctrl-C gives up quietly."""

import signal
from collections.abc import Callable

from tests.cli.conftest import Terminal


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
