"""What every mailbox is to whoever reads it. A mail that was dealt with is put aside, never deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from post.errors import PostError

BEGINNING = 64 * 1024
"""Bytes that are read of a mail that is too large: its headers, and how it begins."""


class MailboxAway(PostError):
    """The mailbox cannot be read now. The message says why in our own words, without password or address."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits to be read: the mailbox's own name of it, and all of it unless it is larger than LARGEST."""

    name: str
    raw: bytes
    whole: bool = True


class Mailbox(Protocol):
    """Mails that wait, the oldest first, each until it is put aside."""

    def waiting(self, most: int) -> Iterator[Waiting]:
        """At most so many. Raises MailboxAway."""
        ...

    def put_aside(self, name: str) -> None:
        """That mail was dealt with. Raises MailboxAway."""
        ...
