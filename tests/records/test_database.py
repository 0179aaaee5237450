"""Reaching Postgres: addresses, limits, and a server that dies and comes back."""

import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from records.database import connect, database_url
from records.errors import DatabaseError
from tests.support.database import Database
from tests.support.postgres import Server

CHILD = "Archer"
STARTED = """
from tests.support.postgres import Server

server = Server()
server.start()
print(server.data, flush=True)
input()
"""


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgres_may_be_written_in_every_usual_way(scheme: str) -> None:
    assert database_url(f"{scheme}://u:p@h/d").render_as_string(False) == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize("url", ["sqlite:///cases.db", "mysql://u:s3cret@h/d", "u:s3cret@h", ""])
def test_another_address_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        connect(url)
    assert "s3cret" not in str(refusal.value)
    assert "postgresql://" in str(refusal.value)


def test_nothing_may_wait_for_ever(database: Database) -> None:
    with database.engine.connect() as connection:
        limits = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in (
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone", "application_name",
        )}  # fmt: skip
    assert limits == {
        "statement_timeout": "1min", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "1min",
        "TimeZone": "UTC", "application_name": "ehcp",
    }  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO policy_version VALUES (1, :name, now(), ''), (1, :name, now(), '')",
        "INSERT INTO policy_version VALUES (NULL, :name, now(), '')",
        "SELECT CAST(:name AS date)",
        "INSERT INTO officer (authority, username, name, role, active) VALUES ('301', :name, '', '', true), ('301', :name, '', '', true)",
    ],
)  # fmt: skip
def test_an_error_never_repeats_what_was_to_be_stored(database: Database, statement: str) -> None:
    with database.engine.connect() as connection, pytest.raises(DBAPIError) as refusal:
        connection.execute(text(statement), {"name": CHILD})
    told = "".join(traceback.format_exception(refusal.value))
    assert CHILD not in told
    assert "SQLSTATE" in told


def test_a_killed_server_is_found_again_when_it_is_back() -> None:
    server = Server()
    engine: Engine | None = None
    try:
        server.start()
        engine = connect(server.url("postgres"))
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            server.kill()
            with pytest.raises(OperationalError):
                connection.execute(text("SELECT 1"))
        with pytest.raises(OperationalError):
            engine.connect()
        server.start()
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    finally:
        if engine:
            engine.dispose()
        server.stop()


def test_of_a_test_run_that_is_killed_neither_server_nor_files_are_left() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", STARTED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    with run:
        assert run.stdout
        data = Path(run.stdout.readline().decode().strip())
        assert (data / "postmaster.pid").exists()
        run.kill()
    until = time.monotonic() + 60
    while data.exists():
        assert time.monotonic() < until, f"{data} is still there"
        time.sleep(0.05)
