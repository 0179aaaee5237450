"""The log files of the processes on this machine: DATA/log/NAME.log, private, one older one kept."""

import os
from pathlib import Path
from typing import BinaryIO

from config.files import PRIVATE_FILE, private_dir

LARGEST_BYTES = 10_000_000


def log_path(data_dir: Path, name: str) -> Path:
    """Where the process called `name` logs."""
    return data_dir / "log" / f"{name}.log"


def open_log(data_dir: Path, name: str) -> BinaryIO:
    """The log of `name`, opened to append; one that has grown large is first moved aside to `NAME.log.1`."""
    path = log_path(data_dir, name)
    private_dir(path.parent)
    if path.exists() and path.stat().st_size > LARGEST_BYTES:
        path.replace(path.with_suffix(".log.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    return os.fdopen(descriptor, "ab")
