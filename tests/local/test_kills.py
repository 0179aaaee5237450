"""kill -9 of any part, and of `ehcp up` itself: nothing stays dead, nothing is lost, no stranger is hurt."""

import json
import os
import signal
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from local import addresses
from local.orphans import end_orphans
from local.postgres import Postgres, borrow
from local.processes import Identity, identify
from tests.local.conftest import Up, beats, lives, plain, until


def kill(pid: int) -> None:
    assert pid > 1
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("part", ["worker", "temporal", "catcher"])
def test_a_part_that_is_killed_comes_back_where_it_was(running: Up, part: str) -> None:
    before, where = running.pid_of(part), addresses.read(running.settings)
    kill(before)
    until(lambda: running.pid_of(part) not in (0, before))
    assert addresses.read(running.settings) == where
    until(lambda: f"{part} ended (killed by signal 9)" in running.said)
    if part != "worker" and where:
        port = (where.temporal_address if part == "temporal" else where.smtp_url).rsplit(":", 1)[1]
        until(lambda: _listens(running.pid_of(part), int(port)))


def test_postgres_that_is_killed_comes_back_with_everything_it_had_accepted(running: Up) -> None:
    server, where = Postgres(running.data_dir), addresses.read(running.settings)
    assert where
    with psycopg.connect(plain(where.migration_url)) as db:
        db.execute("create table kept as select 42 as n")
    before = server.pid()
    assert before
    kill(before)
    until(lambda: server.pid() not in (None, before))
    until(lambda: "postgres had ended and runs again" in running.said)
    with psycopg.connect(plain(where.migration_url)) as db:
        assert db.execute("select n from kept").fetchone() == (42,)


def test_after_a_kill_the_next_one_ends_what_was_left_and_takes_over_the_database(up: Up) -> None:
    found = up.start()
    until(lambda: beats(found) > 0)  # before that the worker has not yet learned to end when asked
    left = {part: up.pid_of(part) for part in ("worker", "temporal", "catcher")}
    database = Postgres(up.data_dir).pid()
    up.signal(signal.SIGKILL)
    assert all(map(lives, left.values()))
    assert addresses.read(up.settings) is None

    up.start()
    assert not any(map(lives, left.values()))
    assert Postgres(up.data_dir).pid() == database
    assert "asked to end" in up.log("worker")


@pytest.mark.parametrize("seconds", [0.4, 1.0])
def test_a_kill_while_starting_does_not_keep_the_next_one_from_starting(up: Up, seconds: float) -> None:
    up.begin()
    time.sleep(seconds)
    up.signal(signal.SIGKILL)
    assert up.start().temporal_address


def test_after_a_kill_a_short_command_still_works_and_stops_the_database(up: Up) -> None:
    found = up.start()
    until(lambda: beats(found) > 0)
    up.signal(signal.SIGKILL)
    with borrow(up.settings) as urls, psycopg.connect(plain(urls.app_url)) as db:
        assert db.execute("select count(*) > 0 from beat").fetchone() == (True,)
    assert Postgres(up.data_dir).pid() is None


def test_a_stranger_who_was_given_a_dead_part_s_number_is_left_alone(tmp_path: Path, stranger: psutil.Process) -> None:
    records = tmp_path / "run" / "children"
    records.mkdir(parents=True)
    (records / "worker.json").write_text(json.dumps({"pid": stranger.pid, "started": stranger.create_time() - 60}))
    (records / "temporal.json").write_text("half a rec")
    assert end_orphans(tmp_path) == 0
    assert stranger.is_running()
    assert list(records.iterdir()) == []


def test_a_process_is_known_by_its_start_as_well_as_its_number(stranger: psutil.Process) -> None:
    known = identify(stranger.pid)
    assert known.process() == stranger
    assert Identity(known.pid, known.started - 60).process() is None


def _listens(pid: int, port: int) -> bool:
    if not lives(pid):
        return False
    return any(place.laddr.port == port for place in psutil.Process(pid).net_connections("inet"))
