"""`ehcp up`: the whole house on one machine, in the foreground, until it is asked to stop."""

import os
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from config.files import private_dir
from config.settings import Settings
from local import temporal
from local.addresses import Addresses, addresses_path, up_lock, write
from local.errors import AlreadyRunning, LocalError
from local.folders import run_dir
from local.house import House, Programs, accepts, choose_ports, moved, usual_programs
from local.locks import FileLock
from local.orphans import end_orphans
from local.postgres import Postgres, Urls
from local.stopping import Stopped, Stopping, on_signals
from local.supervisor import News, Supervisor

TEMPORAL_SECONDS = 60.0
CATCHER_SECONDS = 30.0
MIGRATE_SECONDS = 300.0
WEB_SECONDS = 60.0


def up(
    settings: Settings,
    *,
    demo: bool = False,
    port: int | None = None,
    on_ready: Callable[[Addresses], None] = lambda _: None,
    on_news: News = lambda _: None,
    programs: Programs | None = None,
    stopping: Stopping | None = None,
) -> None:
    """Run everything that no setting names elsewhere; return once Ctrl-C or SIGTERM has stopped it cleanly.

    `port` is the first of five ports in a row (pages, mail page, SMTP, Temporal, its pages); None: the usual ones.
    `on_ready` is called once everything answers, `on_news` with a sentence whenever a part dies or lives again.

    Raises:
        AlreadyRunning: another `ehcp up` works on the same data folder.
        StartFailed: a part did not come up; the message names its log. What had started is stopped again.
        LocalError: something else on this machine prevents it.
    """
    demo = demo or settings.demo
    if demo and settings.database_url:
        raise LocalError("a demonstration is not loaded into a database server: unset EHCP_DATABASE_URL")
    with on_signals(stopping or Stopping()) as stop, _alone(settings.data_dir), suppress(Stopped):
        end_orphans(settings.data_dir)
        ports = choose_ports(port)
        if word := moved(port, ports):
            on_news(word)
        house = House(settings, demo, ports)
        _run(house, programs or usual_programs(demo), Supervisor(settings.data_dir, stop, on_news), on_ready)


def _run(house: House, programs: Programs, supervisor: Supervisor, on_ready: Callable[[Addresses], None]) -> None:
    try:
        addresses = _start(house, programs, supervisor)
        write(addresses)
        on_ready(addresses)
        supervisor.watch()
    finally:
        addresses_path(house.data_dir).unlink(missing_ok=True)
        supervisor.stop()


def _start(house: House, programs: Programs, supervisor: Supervisor) -> Addresses:
    # Those that take a moment come first, and start while Postgres does.
    catcher = supervisor.start(house.catcher(), {}) if house.has_catcher else None
    server = supervisor.start(house.temporal(), {}) if house.has_temporal else None
    urls = _database(house, supervisor)
    told = house.environment(urls)
    if programs.migrate:
        supervisor.run_once(programs.migrate, _as_owner(told, urls), MIGRATE_SECONDS)
    if server:
        supervisor.wait_for(server, lambda: temporal.answers(house.data_dir, house.ports), TEMPORAL_SECONDS)
    if catcher:
        supervisor.wait_for(catcher, lambda: accepts(house.ports.mail_page), CATCHER_SECONDS)
    for worker in programs.workers:
        supervisor.start(worker, told)
    if programs.web:
        pages = supervisor.start(house.pages(programs.web), house.of_the_pages(told))
        supervisor.wait_for(pages, lambda: accepts(house.ports.web), WEB_SECONDS)
    supervisor.queue(programs.chores, told)
    return house.addresses(urls, pages=programs.web is not None)


def _database(house: House, supervisor: Supervisor) -> Urls | None:
    if not house.has_postgres:
        return None
    supervisor.postgres = Postgres(house.data_dir)
    return supervisor.postgres.ensure_running()


def _as_owner(told: Mapping[str, str], urls: Urls | None) -> Mapping[str, str]:
    # Only the migration owns tables; a worker must not even know how to.
    return {**told, "EHCP_MIGRATION_URL": urls.owner_url} if urls else told


@contextmanager
def _alone(data_dir: Path) -> Generator[None]:
    private_dir(run_dir(data_dir) / "children")
    lock = up_lock(data_dir)
    if not _take(lock):
        raise AlreadyRunning(data_dir, _holder(data_dir))
    lock.write(str(os.getpid()))
    try:
        yield
    finally:
        lock.drop()


def _take(lock: FileLock) -> bool:
    # Another command that asks whether we run holds the lock for an instant.
    deadline = time.monotonic() + 1
    while not lock.alone():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _holder(data_dir: Path) -> int:
    with suppress(OSError, ValueError):
        return int((data_dir / "run" / "up.lock").read_text())
    return 0
