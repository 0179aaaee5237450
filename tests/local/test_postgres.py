"""The embedded Postgres: shared by commands, private, and still there after any crash."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from config.settings import Settings
from local.binaries import postgres_programs, service_user
from local.postgres import Postgres, borrow
from tests.local.conftest import lives, own_environment, plain, servers_on, until

BORROW = """
import sys, pathlib
from config.settings import Settings
from local.postgres import borrow
with borrow(Settings(data_dir=pathlib.Path(sys.argv[1]))) as urls:
    print(urls.app_url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def borrower(data_dir: Path) -> Generator["subprocess.Popen[str]"]:
    """A command that uses the database until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", BORROW, str(data_dir)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=own_environment(),
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def url_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def leave(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def ask(url: str, query: str) -> object:
    with psycopg.connect(plain(url)) as db:
        row = db.execute(query.encode()).fetchone()
    return row[0] if row else None


@pytest.fixture
def server(data_dir: Path) -> Iterator[Postgres]:
    """A running server, used by this test."""
    postgres = Postgres(data_dir)
    postgres.ensure_running()
    yield postgres
    postgres.release()


def test_a_command_starts_the_database_uses_it_and_stops_it(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    with borrow(settings) as urls:
        assert ask(urls.app_url, "select current_user") == "ehcp_app"
        assert ask(urls.owner_url, "select current_user") == "ehcp_owner"
        assert ask(urls.owner_url, "select count(*) from pg_database where datname = 'ehcp'") == 1
    assert servers_on(data_dir) == []


def test_what_a_command_wrote_the_next_one_reads(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    with borrow(settings) as urls, psycopg.connect(plain(urls.owner_url)) as db:
        db.execute("create table kept as select 42 as n")
    with borrow(settings) as urls:
        assert ask(urls.owner_url, "select n from kept") == 42


def test_a_database_server_named_by_the_settings_is_used_as_it_is(data_dir: Path) -> None:
    url = "postgresql+psycopg://u@db/ehcp"
    with borrow(Settings(data_dir=data_dir, database_url=url)) as urls:
        assert (urls.app_url, urls.owner_url) == (url, "")
    assert not data_dir.exists()


def test_commands_that_begin_at_the_same_moment_share_one_server(data_dir: Path) -> None:
    with borrower(data_dir) as first, borrower(data_dir) as second:
        assert url_of(first) == url_of(second) != ""
        leave(first)
        assert Postgres(data_dir).alive()
        leave(second)
        assert servers_on(data_dir) == []


def test_a_killed_command_leaves_a_server_that_the_next_command_uses_and_stops(data_dir: Path) -> None:
    with borrower(data_dir) as killed:
        url = url_of(killed)
        pid = Postgres(data_dir).pid()
        killed.kill()
        killed.wait(timeout=60)
        assert pid is not None
        assert lives(pid)
        with borrow(Settings(data_dir=data_dir)) as urls:
            assert urls.app_url == url
            assert Postgres(data_dir).pid() == pid
    assert not lives(pid)


def test_a_killed_server_comes_back_at_the_same_address(server: Postgres) -> None:
    before = server.ensure_running()
    with psycopg.connect(plain(before.owner_url)) as db:
        db.execute("create table kept as select 42 as n")
    pid = server.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    until(lambda: not server.alive())
    assert server.ensure_running() == before
    assert ask(before.owner_url, "select n from kept") == 42


def test_a_server_killed_under_its_dead_parent_s_eyes_is_not_taken_for_alive(data_dir: Path) -> None:
    """The parent does not ask about its child, so that the dead server stays in the process table."""
    with borrower(data_dir) as parent:
        url_of(parent)
        pid = Postgres(data_dir).pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
        with borrow(Settings(data_dir=data_dir)) as urls:
            assert ask(urls.app_url, "select 1") == 1


def test_a_stranger_with_a_dead_server_s_number_is_neither_believed_nor_killed(
    data_dir: Path, stranger: psutil.Process
) -> None:
    settings = Settings(data_dir=data_dir)
    with borrow(settings):
        left_behind = (data_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[1]
    (data_dir / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n{left_behind}")
    assert Postgres(data_dir).pid() is None
    with borrow(settings) as urls:
        assert ask(urls.app_url, "select 1") == 1
    assert stranger.is_running()


def test_a_socket_that_was_swept_away_comes_back_at_the_same_address(server: Postgres) -> None:
    before = server.ensure_running()
    shutil.rmtree(before.app_url.split("host=")[1].split("&")[0])
    assert server.ensure_running() == before
    assert ask(before.app_url, "select 1") == 1


def test_a_crash_while_the_data_folder_was_made_is_made_good(data_dir: Path) -> None:
    (data_dir / "postgres.new" / "base").mkdir(parents=True)
    with borrow(Settings(data_dir=data_dir)) as urls:
        assert ask(urls.app_url, "select 1") == 1
    assert not (data_dir / "postgres.new").exists()


def test_a_data_folder_deeper_than_a_socket_s_name_may_be_works(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["quite-a-long-name-for-a-folder"] * 6)
    with borrow(Settings(data_dir=deep)) as urls:
        assert ask(urls.app_url, "select 1") == 1


def test_every_role_needs_its_password_and_none_can_do_what_it_need_not(server: Postgres) -> None:
    urls = server.ensure_running()
    password = urls.app_url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(urls.app_url.replace(password, "guessed"), "select 1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(urls.app_url, "create table mine (n int)")
    assert ask(urls.app_url, "select rolsuper or rolcreaterole from pg_roles where rolname = current_user") is False
    assert ask(server.superuser_url(), "show listen_addresses") == ""


def test_a_statement_that_fails_leaves_nothing_of_itself_in_the_log(server: Postgres, data_dir: Path) -> None:
    urls = server.ensure_running()
    with psycopg.connect(plain(urls.owner_url), autocommit=True) as db:
        db.execute("create table person (name text primary key)")
        db.execute("insert into person values ('Jo Smith')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            db.execute("insert into person values (%s)", ["Jo Smith"])
        with pytest.raises(psycopg.errors.SyntaxError):
            db.execute("select 'Jo Smith' from from")
    log = (data_dir / "log" / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "Smith" not in log


def test_the_server_never_runs_as_root(server: Postgres) -> None:
    pid = server.pid()
    assert pid
    assert psutil.Process(pid).uids().effective != 0


def test_programs_out_of_the_server_s_reach_are_copied_to_where_it_can_start_them(tmp_path: Path) -> None:
    """As for a clone below /root: the user that root becomes for Postgres cannot walk there."""
    hidden, user = tmp_path / "hidden", service_user()
    reach = Path(tempfile.mkdtemp(dir="/tmp"))
    reach.chmod(0o755)
    original = postgres_programs().copied_to(hidden)
    hidden.chmod(0o700)
    try:
        copy = original.copied_to(reach)
        assert user is None or (not original.usable_by(user) and copy.usable_by(user))
        said = subprocess.run([copy["pg_isready"], "--version"], capture_output=True, text=True, check=True, timeout=60)
        assert copy.major in said.stdout
    finally:
        shutil.rmtree(reach)
