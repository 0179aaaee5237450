"""A courier that goes nowhere: every letter becomes a file. Used when no mail server is set."""

import os
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from post.courier import Delivery, Outcome
from post.letters import Letter
from post.mime import as_bytes


class DryRun:
    """Writes `.eml` files into a folder (0700), each readable by its owner alone (0600).

    A file is named after the day and the Message-ID, so a letter that is sent twice lies there once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def deliver(self, letter: Letter) -> Delivery:
        """Write it down; a full or closed folder is a temporary failure."""
        try:
            path = self._write(letter)
        except OSError as error:
            detail = f"the dry-run folder could not be written to: {error.strerror}"
            return Delivery(Outcome.TEMPORARY, detail=detail)
        return Delivery(Outcome.ACCEPTED, detail=f"dry run: {path.name}")

    @asynccontextmanager
    async def session(self) -> "AsyncGenerator[DryRun, None]":
        """Nothing to keep open."""
        yield self

    def _write(self, letter: Letter) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{letter.written_at:%Y-%m-%d}-{_plain(letter.message_id)}.eml"
        partial = path.with_suffix(".partial")
        # Closed to others from the first byte, and whole or absent whatever happens meanwhile.
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(as_bytes(letter))
        return partial.replace(path)


def _plain(message_id: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", message_id.partition("@")[0])
