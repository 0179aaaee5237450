"""`ehcp up` as a whole: it starts, tells where everything is, refuses a second one, and stops cleanly."""

import signal
import socket
import stat
from pathlib import Path
from urllib.request import urlopen

import psutil

from local import addresses
from local.addresses import Addresses
from local.postgres import borrow
from tests.local.conftest import Up, beats, servers_on, until


def answers(address: str) -> bool:
    host, port = address.rsplit("/", 1)[-1].split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def where(up: Up) -> Addresses:
    found = addresses.read(up.settings)
    assert found
    return found


def socket_dir(found: Addresses) -> Path:
    return Path(found.database_url.split("host=")[1].split("&")[0])


def test_from_nothing_to_stopped_cleanly(up: Up) -> None:
    found = up.start()
    assert all(map(answers, (found.web, found.temporal_address, found.temporal_ui, found.smtp_url, found.mail_page)))
    with urlopen(found.web, timeout=10) as page:
        assert page.read().decode() == found.web
    until(lambda: beats(found) > 0)
    until(lambda: (up.data_dir / "chore.txt").exists() and (up.data_dir / "chore.txt").read_text() == "done done ")
    everything = [*psutil.Process(found.pid).children(recursive=True)]
    assert len(everything) >= 4

    assert up.signal(signal.SIGINT) == 0
    assert [process for process in everything if process.is_running()] == []
    assert "asked to end" in up.log("worker")
    assert "database system is shut down" in up.log("postgres")
    assert not socket_dir(found).exists()
    assert addresses.read(up.settings) is None
    assert not (up.data_dir / "run" / "addresses.json").exists()


def test_only_this_user_may_read_the_data_folder(running: Up) -> None:
    assert stat.S_IMODE(running.data_dir.stat().st_mode) == 0o700
    walked = [path for path in running.data_dir.rglob("*") if not path.is_socket()]
    assert [path for path in walked if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []
    assert stat.S_IMODE(socket_dir(where(running)).stat().st_mode) == 0o700


def test_nothing_listens_beyond_this_machine_and_no_password_shows_in_a_command_line(running: Up) -> None:
    found = where(running)
    house = [psutil.Process(found.pid), *psutil.Process(found.pid).children(recursive=True)]
    listening = [place.laddr.ip for each in house for place in each.net_connections("inet") if place.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}
    password = found.database_url.split(":")[2].split("@")[0]
    assert password not in " ".join(word for each in house for word in each.cmdline())


def test_a_second_one_on_the_same_folder_refuses_and_the_first_runs_on(running: Up, tmp_path: Path) -> None:
    second = Up(running.data_dir, said_in=tmp_path)
    second.begin()
    assert second.process
    assert second.process.wait(timeout=60) == 1
    assert f"`ehcp up` already runs on {running.data_dir} (process {where(running).pid})" in second.said
    assert running.runs()
    assert answers(where(running).temporal_address)


def test_a_short_command_works_alongside_and_leaves_the_database_running(running: Up) -> None:
    found = where(running)
    with borrow(running.settings) as urls:
        assert urls.app_url == found.database_url
    before = beats(found)
    until(lambda: beats(found) > before)


def test_two_houses_share_a_machine_by_taking_other_ports(running: Up, up: Up) -> None:
    first, second = where(running), up.start()
    assert first.temporal_address != second.temporal_address
    assert first.mail_page != second.mail_page
    assert first.web != second.web


def test_a_failing_migration_is_said_with_its_log_and_leaves_nothing_running(up: Up) -> None:
    up.begin("--bad-migration")
    assert up.process
    assert up.process.wait(timeout=60) == 1
    assert f"migrate ended (exit code 3): see {up.data_dir}/log/migrate.log" in up.said
    assert servers_on(up.data_dir) == []
    assert not any(map(up.pid_of, ("temporal", "catcher", "worker")))


def test_pages_that_do_not_start_are_said_with_their_log_and_leave_nothing_running(up: Up) -> None:
    up.begin("--bad-pages")
    assert up.process
    assert up.process.wait(timeout=60) == 1
    assert f"web ended (exit code 4): see {up.data_dir}/log/web.log" in up.said
    assert servers_on(up.data_dir) == []


def test_a_demonstration_ignores_a_mail_server_and_refuses_a_database_server(up: Up) -> None:
    up.begin("--demo", EHCP_DATABASE_URL="postgresql://u@db/ehcp")
    assert up.process
    assert up.process.wait(timeout=60) == 1
    assert "unset EHCP_DATABASE_URL" in up.said
    found = up.start("--demo", EHCP_SMTP_URL="smtps://mail.council.example", EHCP_MAIL_FROM="clock@council.example")
    assert found.smtp_url.startswith("smtp://127.0.0.1:")


def test_being_asked_to_stop_while_starting_stops_cleanly(up: Up) -> None:
    up.begin()
    until(lambda: up.pid_of("temporal"))
    assert up.signal(signal.SIGTERM) == 0
    assert servers_on(up.data_dir) == []
    assert not any(map(up.pid_of, ("temporal", "catcher", "worker")))
