"""The embedded Postgres: running while anybody uses it, stopped by whoever is last.

`ehcp up` and every short command hold a shared lock while they use the server. Whoever needs it first starts
it; whoever leaves finds out, by asking for the lock alone, whether to stop it. A user that is killed loses
its lock with its life, so no count can go wrong; at worst the server runs on until the next command has ended.
"""

import subprocess
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from config.files import write_private
from config.settings import Settings
from local import postmaster
from local.binaries import postgres_programs, service_user
from local.cluster import APP_ROLE, OWNER_ROLE, SUPERUSER, Cluster, Passwords, passwords, prepare, url
from local.errors import LocalError, StartFailed
from local.folders import run_dir
from local.locks import FileLock, exclusive
from local.logs import log_path, open_log
from local.sockets import SocketDir

START_SECONDS = 60.0
STOP_SECONDS = 30.0
# Servers that this process started and others still use. Python warns of a child that is forgotten alive.
_LEFT_TO_OTHERS: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Urls:
    """The database as its owner (migrations only) and as the application sees it."""

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)


class Postgres:
    """The embedded Postgres of one data folder, as one of its users."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._run_dir = data_dir / "run"
        self._folder = data_dir / "postgres"
        self._users = FileLock(self._run_dir / "postgres.users.lock")
        self._child: subprocess.Popen[bytes] | None = None

    def ensure_running(self) -> Urls:
        """Start the server unless it runs, and count as one of its users until `release`.

        Raises:
            StartFailed: it was not ready within a minute.
            LocalError: Postgres is not installed, or the data folder is another version's or cannot be used.
        """
        run_dir(self._data_dir)
        with self._changing():
            self._users.share()
            if self.alive() and not self._socket.current():
                self._halt()  # its socket was swept away: it lives, but nobody can reach it any more
            if not self.alive():
                self._start()
            self._finish_start()
            return self._urls()

    def release(self) -> None:
        """Use it no longer; stop it when nobody else does."""
        with self._changing():
            if self._users.alone():
                self._stop()
            elif self._child:
                _LEFT_TO_OTHERS.append(self._child)
            self._users.drop()

    def alive(self) -> bool:
        """Whether its main process lives."""
        return self.pid() is not None

    def pid(self) -> int | None:
        """The number of its main process; None when it does not run."""
        if self._child:
            self._child.poll()  # a dead child stays in the process table until its parent has asked
        found = postmaster.find(self._folder)
        return found.pid if found else None

    def superuser_url(self, database: str = "postgres") -> str:
        """`database` as the superuser sees it, while the server runs: for making databases beside `ehcp`."""
        return url(self._socket_dir(), SUPERUSER, self._passwords.superuser, database)

    @cached_property
    def _passwords(self) -> Passwords:
        return passwords(self._data_dir / "postgres.passwords")

    @cached_property
    def _socket(self) -> SocketDir:
        return SocketDir(self._run_dir / "postgres.socket", service_user())

    def _changing(self) -> AbstractContextManager[None]:
        return exclusive(self._run_dir / "postgres.start.lock", START_SECONDS + STOP_SECONDS)

    def _socket_dir(self) -> Path:
        found = self._socket.current()
        if found is None:
            raise LocalError(f"Postgres of {self._data_dir} does not run: start it with `ehcp up`")
        return found

    def _urls(self) -> Urls:
        where, words = self._socket_dir(), self._passwords
        return Urls(url(where, OWNER_ROLE, words.owner), url(where, APP_ROLE, words.app))

    def _cluster(self, socket_dir: Path) -> Cluster:
        programs, user = postgres_programs(), self._socket.user
        if user and not programs.usable_by(user):
            programs = programs.copied_to(socket_dir / "programs")
        return Cluster(self._folder, programs, user)

    def _start(self) -> None:
        socket_dir = self._socket.ensure()
        cluster = self._cluster(socket_dir)
        cluster.create(socket_dir, self._passwords.superuser)
        self._forget_child()
        postmaster.clear_stale(self._folder, socket_dir)
        with open_log(self._data_dir, "postgres") as log:
            self._child = cluster.serve(socket_dir, log)

    def _finish_start(self) -> None:
        # Also for a server found running: whoever started it may have been killed before it was prepared.
        socket_dir = self._socket_dir()
        self._wait_until_ready(Cluster(self._folder, postgres_programs(), self._socket.user), socket_dir)
        prepared = self._data_dir / "postgres.prepared"
        if not prepared.exists():
            prepare(socket_dir, self._passwords)
            write_private(prepared, "")

    def _wait_until_ready(self, cluster: Cluster, socket_dir: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not cluster.is_ready(socket_dir):
            ended = self._child is not None and self._child.poll() is not None and not self.alive()
            if ended or time.monotonic() > deadline:
                raise StartFailed(f"Postgres did not start: see {log_path(self._data_dir, 'postgres')}")
            time.sleep(0.03)

    def _stop(self) -> None:
        self._halt()
        self._socket.remove()

    def _halt(self) -> None:
        found = postmaster.find(self._folder)
        if found:
            postmaster.stop(found, STOP_SECONDS)
        self._forget_child()

    def _forget_child(self) -> None:
        # A child has to be waited for, or it stays a zombie; one that never got as far as serving is ended.
        if self._child:
            self._child.kill()
            self._child.wait(timeout=5)
            self._child = None


@contextmanager
def borrow(settings: Settings) -> Generator[Urls]:
    """The database for one short command, whether or not `ehcp up` runs.

    The server that EHCP_DATABASE_URL names, or else the embedded one: started when it does not run and
    stopped afterwards unless somebody else uses it by then.
    """
    if settings.database_url:
        yield Urls(settings.migration_url, settings.database_url)
        return
    run_dir(settings.data_dir)
    server = Postgres(settings.data_dir)
    try:
        yield server.ensure_running()
    finally:
        server.release()
