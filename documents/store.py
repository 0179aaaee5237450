"""What a place for documents must be able to do. It sees sealed bytes and ids, and nothing that a user has typed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol


class Store(Protocol):
    """A place outside the database. Every method raises documents.errors.StoreAway when it cannot be reached.

    A key is the id of a document, a UUID in its usual form with small letters; anything else raises ValueError.
    """

    def put(self, key: str, sealed: bytes) -> None:
        """Keep these bytes under that key: all of them are there for good when this returns, or none."""
        ...

    def get(self, key: str) -> bytes:
        """What was put there. Raises documents.errors.Gone."""
        ...

    def remove(self, key: str) -> None:
        """Remove it, if it is there."""
        ...

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Every key, with the moment (aware) at which it was put there."""
        ...

    def tidy(self, before: datetime) -> None:
        """Throw away what was only half written, longer ago than that moment."""
        ...
