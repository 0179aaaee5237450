"""How every command behaves: help, wrong settings, lost readers, faults, and what others on the machine can see."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import Command, app
from tests.cli.conftest import EHCP, Council, Ehcp, clean_environment
from tests.support.database import Database


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path
    for name, child in (children or {}).items():
        yield from leaves(child, (*path, name))


LEAVES = sorted(leaves(get_command(app)))


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_help_shows_an_example_that_begins_with_the_command(law: Ehcp, path: tuple[str, ...]) -> None:
    done = law(*path, "--help")
    assert done.code == 0
    assert f"ehcp {' '.join(path)}" in done.out.split("Example", 1)[1]


@pytest.mark.parametrize("words", [("--help",), ("timeline", "--help"), ("overdue", "--help")])
def test_help_fits_eighty_columns(law: Ehcp, words: tuple[str, ...]) -> None:
    assert max(len(line) for line in law(*words, COLUMNS="80").out.splitlines()) <= 80


READING = (
    "timeline",
    "explain",
    "chronology",
    "messages",
    "closure",
    "overdue",
    "due",
    "lifted",
    "doctor",
    "audit verify",
)


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_speaks_json(law: Ehcp, command: str) -> None:
    assert "--json" in law(*command.split(), "--help").out


def test_wrong_settings_are_all_named_with_a_remedy(law: Ehcp) -> None:
    done = law("overdue", EHCP_AUTHORITY="Kent", EHCP_DATABSE_URL="x", EHCP_TEMPORAL_ADDRESS="nowhere")
    assert (done.code, done.out) == (4, "")
    assert len(done.err.splitlines()) == 3
    for said in ("did you mean EHCP_DATABASE_URL?", "EHCP_AUTHORITY=330", "host:port"):
        assert said in done.err


def test_a_setting_that_holds_a_password_is_never_repeated(law: Ehcp) -> None:
    done = law("overdue", EHCP_DATABASE_URL="mysql://ehcp:hunter2@db/ehcp")
    assert done.code == 4
    assert "EHCP_DATABASE_URL" in done.err
    assert "hunter2" not in done.err


def test_a_database_that_is_away_is_said_to_be_away(ehcp: Ehcp) -> None:
    away = "postgresql://ehcp:hunter2@127.0.0.1:1/ehcp"
    case = json.dumps({"received": "2026-09-02", "surname": "Quill", "forename": "Ada"})
    for words in (("overdue",), ("timeline", "X-1"), ("record", "X-1", "draft_plan_sent=2026-11-02"), ("open", "-")):
        done = ehcp(*words, stdin=case, EHCP_DATABASE_URL=away)
        assert (done.code, done.out) == (4, "")
        assert "EHCP_DATABASE_URL" in done.err
        assert "hunter2" not in done.err


def test_a_fault_of_ours_is_told_without_what_was_being_recorded() -> None:
    broken = typer.Typer(cls=Command)

    @broken.command()
    def stumble() -> None:
        raise RuntimeError("Key (surname)=(Quillfeather) already exists")

    @broken.command()
    def walk() -> None: ...

    done = CliRunner().invoke(broken, ["stumble"])
    assert done.exit_code == 5
    assert "RuntimeError at" in done.stderr
    assert "Quillfeather" not in done.output


def environment(database: Database) -> dict[str, str]:
    return {**clean_environment(), "EHCP_DATABASE_URL": database.app_url, "EHCP_ACTOR": "t.tester"}


@pytest.mark.parametrize("form", ["--json", ""])
def test_a_reader_who_leaves_is_no_fault(council: Council, form: str) -> None:
    out, into = os.pipe()
    os.close(out)
    try:
        done = subprocess.run([EHCP, "overdue", *filter(None, [form])], stdout=into, stderr=subprocess.PIPE, text=True,
                              timeout=60, check=False, env={**clean_environment(), **council.settings})  # fmt: skip
    finally:
        os.close(into)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert "fault" not in done.stderr


def test_nothing_about_a_child_stands_in_the_process_list(database: Database) -> None:
    opening = subprocess.Popen([EHCP, "open", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env=environment(database))  # fmt: skip
    seen: set[str] = set()
    assert opening.stdin
    assert opening.stdout
    opening.stdin.write(json.dumps({"received": "2026-09-02", "surname": "Quillfeather", "forename": "Ada"}).encode())
    opening.stdin.close()
    until = time.monotonic() + 60
    while opening.poll() is None and time.monotonic() < until:
        for process in [psutil.Process(opening.pid), *psutil.Process(opening.pid).children(recursive=True)]:
            try:
                seen |= {*process.cmdline(), *process.environ().values()}
            except psutil.Error:
                continue
        time.sleep(0.02)
    assert "case_ref" in json.loads(opening.stdout.read())
    opening.stdout.close()
    assert "open" in seen
    assert not [word for word in seen if "Quillfeather" in word]
