"""The small parts: ports, addresses, which parts run here, a child that keeps dying."""

import socket
import stat
import sys
import time
from pathlib import Path

import pytest

from config.settings import Settings
from local import addresses
from local.child import Child, Command
from local.errors import LocalError
from local.house import House, usual_programs
from local.locks import FileLock, exclusive
from local.logs import LARGEST_BYTES, open_log
from local.ports import LOOPBACK, USUAL, free_ports, ports_from
from local.postgres import Urls
from tests.local.conftest import lives, until

URLS = Urls("postgresql+psycopg://ehcp_owner:o@/ehcp", "postgresql+psycopg://ehcp_app:a@/ehcp")


def settings(tmp_path: Path, **more: str) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, **more})


def test_a_port_that_is_taken_is_replaced_and_the_others_are_kept() -> None:
    wanted = free_ports(ports_from(42000))
    with socket.socket() as taken:
        taken.bind((LOOPBACK, wanted.smtp))
        taken.listen()
        found = free_ports(wanted)
    assert found.smtp != wanted.smtp
    assert (found.web, found.mail_page, found.temporal, found.temporal_ui) == (
        wanted.web, wanted.mail_page, wanted.temporal, wanted.temporal_ui,
    )  # fmt: skip


def test_a_port_asked_for_is_that_of_the_pages_and_the_others_follow() -> None:
    assert ports_from(9000) == type(USUAL)(web=9000, mail_page=9001, smtp=9002, temporal=9003, temporal_ui=9004)


def test_the_pages_are_served_on_this_machine_alone_and_know_where_they_stand(tmp_path: Path) -> None:
    house, programs = House(settings(tmp_path), True, USUAL), usual_programs(demo=True)
    assert programs.web
    assert house.pages(programs.web).line[-4:] == ("--host", LOOPBACK, "--port", "8000")
    assert house.of_the_pages({"EHCP_DEMO": "true"}) == {
        "EHCP_DEMO": "true",
        "EHCP_PUBLIC_URL": "http://127.0.0.1:8000",
    }
    named = House(settings(tmp_path, public_url="https://ehcp.council.example"), False, USUAL)
    assert "EHCP_PUBLIC_URL" not in named.of_the_pages({})


def test_what_a_setting_names_elsewhere_does_not_run_here(tmp_path: Path) -> None:
    bare = House(settings(tmp_path), False, USUAL)
    assert (bare.has_postgres, bare.has_temporal, bare.has_catcher) == (True, True, True)
    named = settings(
        tmp_path, database_url="postgresql://u@db/ehcp", temporal_address="t:7233", smtp_url="smtp://127.0.0.1:2525"
    )
    elsewhere = House(named, False, USUAL)
    assert (elsewhere.has_postgres, elsewhere.has_temporal, elsewhere.has_catcher) == (False, False, False)
    told = elsewhere.environment(None)
    assert not {"EHCP_DATABASE_URL", "EHCP_TEMPORAL_ADDRESS", "EHCP_SMTP_URL"} & told.keys()


def test_a_demonstration_catches_its_mail_whatever_the_settings_say(tmp_path: Path) -> None:
    house = House(settings(tmp_path, smtp_url="smtp://127.0.0.1:2525"), True, USUAL)
    told = house.environment(URLS)
    assert told["EHCP_SMTP_URL"] == "smtp://127.0.0.1:1025"
    assert told["EHCP_DEMO"] == "true"


def test_only_a_demonstration_sends_links_to_its_catcher_because_caught_mail_reaches_nobody(tmp_path: Path) -> None:
    here = "http://127.0.0.1:8000"
    assert House(settings(tmp_path), True, USUAL).environment(URLS)["EHCP_PUBLIC_URL"] == here
    caught = House(settings(tmp_path, public_url="https://ehcp.council.example"), False, USUAL)
    assert caught.environment(URLS)["EHCP_PUBLIC_URL"] == ""
    assert "EHCP_PUBLIC_URL" not in caught.of_the_pages(caught.environment(URLS))
    real = House(settings(tmp_path, smtp_url="smtp://127.0.0.1:2525"), False, USUAL)
    assert "EHCP_PUBLIC_URL" not in real.environment(URLS)


def test_the_programs_are_told_what_get_settings_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in House(settings(tmp_path), True, USUAL).environment(URLS).items():
        monkeypatch.setenv(name, value)
    told = Settings()
    assert (told.data_dir, told.database_url, told.demo) == (tmp_path, URLS.app_url, True)


def test_a_worker_is_never_told_how_to_own_the_tables(tmp_path: Path) -> None:
    assert URLS.owner_url not in House(settings(tmp_path), True, USUAL).environment(URLS).values()


def test_a_demonstration_loads_its_caseload_behind_the_first_answer() -> None:
    assert [chore.name for chore in usual_programs(demo=True).chores] == ["schedules", "load-demo", "load-council"]
    assert [chore.name for chore in usual_programs(demo=False).chores] == ["schedules"]


def test_other_commands_find_what_is_up_and_what_is_set_wins(tmp_path: Path) -> None:
    house = House(settings(tmp_path), False, USUAL)
    (tmp_path / "run").mkdir()
    lock = addresses.up_lock(tmp_path)
    assert lock.alone()
    addresses.write(house.addresses(URLS))
    assert stat.S_IMODE(addresses.addresses_path(tmp_path).stat().st_mode) == 0o600

    found = addresses.resolve(settings(tmp_path))
    assert (found.database_url, found.smtp_url) == (URLS.app_url, "smtp://127.0.0.1:1025")
    assert found.signing_key.get_secret_value()
    chosen = addresses.resolve(settings(tmp_path, database_url="postgresql://u@db/x", temporal_address="t:7233"))
    assert (chosen.database_url, chosen.temporal_address) == ("postgresql+psycopg://u@db/x", "t:7233")

    lock.drop()
    assert addresses.read(settings(tmp_path)) is None
    assert addresses.resolve(settings(tmp_path)).database_url == ""


def test_what_people_are_told_holds_no_password(tmp_path: Path) -> None:
    told = House(settings(tmp_path), False, USUAL).addresses(URLS, pages=True)
    assert next(iter(told.for_people().items())) == ("Pages", "http://127.0.0.1:8000")
    assert "http://127.0.0.1:8025" in told.for_people().values()
    assert not [where for where in told.for_people().values() if "postgresql" in where]
    assert URLS.app_url not in repr(told)


def test_a_child_that_keeps_dying_is_started_again_later_each_time(tmp_path: Path) -> None:
    child = Child(Command("short", (sys.executable, "-c", "raise SystemExit(7)")), tmp_path, {})
    (tmp_path / "run" / "children").mkdir(parents=True)
    child.start()
    news: list[tuple[float, str]] = []

    def watched() -> bool:
        said = child.watch()
        news.extend([(time.monotonic(), said)] if said else [])
        return len(news) == 5

    until(watched)
    child.stop()
    assert "short ended (exit code 7)" in news[0][1]
    assert f"{tmp_path}/log/short.log" in news[0][1]
    first, second = news[1][0] - news[0][0], news[3][0] - news[2][0]
    assert 0.4 < first < second


def test_a_child_that_ignores_being_asked_is_ended_and_so_is_what_it_started(tmp_path: Path) -> None:
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True);"
        "time.sleep(600)"
    )
    child = Child(Command("deaf", (sys.executable, "-c", code), patience_seconds=0.3), tmp_path, {})
    (tmp_path / "run" / "children").mkdir(parents=True)
    child.start()
    log = tmp_path / "log" / "deaf.log"
    until(lambda: log.read_text().strip().isdigit())
    child.stop()
    assert child.exit_code() == -9
    assert not lives(int(log.read_text()))


def test_a_lock_is_shared_by_many_or_held_alone(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.share()
    assert second.share()
    assert not first.alone()
    second.drop()
    assert first.alone()
    with pytest.raises(LocalError, match="locked by another command"), exclusive(tmp_path / "lock", 0.1):
        raise AssertionError("two held the lock alone")
    first.drop()


def test_a_log_that_has_grown_large_is_moved_aside(tmp_path: Path) -> None:
    with open_log(tmp_path, "worker") as log:
        log.truncate(LARGEST_BYTES + 1)
    with open_log(tmp_path, "worker") as log:
        log.write(b"new")
    assert (tmp_path / "log" / "worker.log").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "log" / "worker.log").stat().st_mode) == 0o600
    assert (tmp_path / "log" / "worker.log.1").stat().st_size == LARGEST_BYTES + 1
