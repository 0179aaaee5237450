"""Files and folders that only their owner may read: exports, rejects, passwords, caught mail."""

import os
from pathlib import Path
from typing import BinaryIO

PRIVATE_FILE = 0o600
PRIVATE_DIR = 0o700


def private_dir(path: Path) -> Path:
    """`path` as a folder of mode 0700, created with its parents where missing."""
    path.mkdir(mode=PRIVATE_DIR, parents=True, exist_ok=True)
    # mkdir leaves the mode of a folder that was there before, and the umask can take bits away.
    path.chmod(PRIVATE_DIR)
    return path


def open_private(path: Path) -> BinaryIO:
    """`path` opened for writing from its beginning, mode 0600 before the first byte is in it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, PRIVATE_FILE)
    os.fchmod(descriptor, PRIVATE_FILE)
    return os.fdopen(descriptor, "wb")


def write_private(path: Path, content: bytes | str) -> Path:
    """`path` with `content`, mode 0600; a reader sees the old file or the whole new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    data = content.encode() if isinstance(content, str) else content
    with open_private(beside) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return beside.replace(path)
