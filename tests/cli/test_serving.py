"""`ehcp web`: it refuses plainly, serves, and goes when told."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import EHCP, clean_environment, run
from tests.support.database import APP, Cluster, Database

AWAY = "postgresql://nobody:hunter2@127.0.0.1:1/none"


def test_without_a_database_it_says_what_to_set(tmp_path: Path) -> None:
    ended = run("web", EHCP_DATA_DIR=str(tmp_path))
    assert ended.code == 4
    assert "EHCP_DATABASE_URL is not set" in ended.err


def test_a_database_that_is_away_is_said_without_its_password(tmp_path: Path) -> None:
    ended = run("web", EHCP_DATA_DIR=str(tmp_path), EHCP_DATABASE_URL=AWAY)
    assert ended.code == 4
    assert "The database does not answer" in ended.err
    assert "hunter2" not in ended.out + ended.err


def test_a_database_of_another_version_is_not_served(cluster: Cluster, tmp_path: Path) -> None:
    cluster.create_empty("bare")
    ended = run("web", EHCP_DATA_DIR=str(tmp_path), EHCP_DATABASE_URL=cluster.url("bare", APP))
    cluster.drop("bare")
    assert ended.code == 4
    assert "run 'ehcp migrate'" in ended.err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "council.example"])
def test_a_demonstration_is_served_to_nobody_else(tmp_path: Path, host: str) -> None:
    for words, more in ((("web", "--host", host), {}), (("web",), {"EHCP_WEB_HOST": host})):
        ended = run(*words, EHCP_DATA_DIR=str(tmp_path), EHCP_DATABASE_URL=AWAY, EHCP_DEMO="true", **more)
        assert ended.code == 4
        assert "127.0.0.1 alone" in ended.err


def test_a_port_that_is_taken_is_said(database: Database, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("web", "--port", port, EHCP_DATA_DIR=str(tmp_path), EHCP_DATABASE_URL=database.app_url)
    assert ended.code == 4
    assert f"port {port} of 127.0.0.1" in ended.err
    assert "--port" in ended.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop_and_ends_well(
    database: Database, tmp_path: Path, unused_tcp_port: int, number: signal.Signals
) -> None:
    log = tmp_path / "web.log"
    env = {**clean_environment(), "EHCP_DATA_DIR": str(tmp_path), "EHCP_DATABASE_URL": database.app_url}
    with log.open("wb") as out:
        line = [EHCP, "web", "--port", str(unused_tcp_port)]
        serving = subprocess.Popen(line, stdout=out, stderr=out, env=env, cwd="/")
    try:
        answer = asked(f"http://127.0.0.1:{unused_tcp_port}/sign-in?next=%2Ffind%3Fname%3DFotheringay", serving, log)
        serving.send_signal(number)
        assert serving.wait(timeout=20) == 0, log.read_text()
    finally:
        if serving.poll() is None:
            os.kill(serving.pid, signal.SIGKILL)
        serving.wait(timeout=10)
    assert answer is None, "no server is named"
    said = log.read_text()
    assert "answered method=get page=sign-in status=200" in said
    assert "Fotheringay" not in said
    assert "web_stopped" in said


def asked(url: str, serving: subprocess.Popen[bytes], log: Path) -> str | None:
    """Ask until it answers; what it says that it is."""
    until = time.monotonic() + 40
    while True:
        try:
            with urlopen(url, timeout=10) as answer:
                return answer.headers["server"]
        except OSError:
            assert serving.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
