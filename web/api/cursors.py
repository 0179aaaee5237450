"""Where a page of a list ended, as an opaque word for the client to give back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

Row = TypeVar("Row")
K = TypeVar("K")


class BadCursor(Exception):
    """A cursor that no page of this list has given."""


def cursor_of(key: Sequence[Any]) -> str:
    """The word for a key of days and text."""
    return urlsafe_b64encode(_Any.dump_json(key)).decode().rstrip("=")


def key_in(cursor: str | None, shape: TypeAdapter[K]) -> K | None:
    """The key behind a word. Raises BadCursor."""
    if cursor is None:
        return None
    try:
        return shape.validate_json(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, ValidationError) as error:
        raise BadCursor from error


def page_of(
    rows: Sequence[Row], size: int, after: tuple[Any, ...] | None, key: Callable[[Row], tuple[Any, ...]]
) -> tuple[Sequence[Row], str | None]:
    """A page of rows that are in order of their key, from behind `after` on, and the word for the next page."""
    rest = [row for row in rows if after is None or key(row) > after]
    return cut(rest, size, key)


def cut(rows: Sequence[Row], size: int, key: Callable[[Row], Sequence[Any]]) -> tuple[Sequence[Row], str | None]:
    """The first `size` rows, and the word for the next page when there are more."""
    shown = rows[:size]
    return shown, cursor_of(key(shown[-1])) if len(rows) > size else None


_Any: TypeAdapter[Any] = TypeAdapter(Any)
