"""The folder of Postgres's socket: short, private, and the same for as long as anybody uses the server."""

import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.files import PRIVATE_DIR, write_private
from local.binaries import ServiceUser
from local.errors import LocalError

# A unix socket's whole name may have about 100 characters, and data folders can be deeper than that.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class SocketDir:
    """The socket folder of one server. `record` is the file that says where it is; `user` owns it."""

    record: Path
    user: ServiceUser | None

    def current(self) -> Path | None:
        """The folder, if it is still there and still only our user's: temporary folders get swept."""
        try:
            path = Path(self.record.read_text())
            found = path.lstat()
        except OSError:
            return None
        private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == PRIVATE_DIR
        return path if private and found.st_uid == self._owner else None

    def ensure(self) -> Path:
        """The folder; made when there is none, and never one that somebody else has prepared."""
        found = self.current()
        if found:
            return found
        made = self._again() or Path(tempfile.mkdtemp(prefix="ehcp-", dir=_base(self._candidates())))
        if self.user:
            os.chown(made, self.user.uid, self.user.gid)
        write_private(self.record, str(made))
        return made

    def remove(self) -> None:
        """Take the folder away once the server has stopped."""
        found = self.current()
        if found:
            shutil.rmtree(found, ignore_errors=True)
        self.record.unlink(missing_ok=True)

    def _again(self) -> Path | None:
        # Where it was, if possible: running processes were given addresses with that name in them.
        try:
            path = Path(self.record.read_text())
            path.mkdir(mode=PRIVATE_DIR)
        except OSError:
            return None
        return path

    @property
    def _owner(self) -> int:
        return self.user.uid if self.user else os.geteuid()

    def _candidates(self) -> Sequence[str]:
        if self.user:
            # Root's own temporary folder may be closed to the user that Postgres runs as.
            return ("/tmp", "/var/tmp", "/run")  # noqa: S108
        return (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp", "/var/tmp")  # noqa: S108


def _base(candidates: Sequence[str]) -> str:
    for place in candidates:
        if place and len(place) <= _LONGEST and os.access(place, os.W_OK | os.X_OK):
            return place
    raise LocalError(f"no folder for Postgres's socket: none of {', '.join(filter(None, candidates))} can be written")
