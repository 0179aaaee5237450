"""Where a page of a list ended, as an opaque word for the client to give back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine

from casework.shown import case_ref_of, mail_ref_of

Row = TypeVar("Row")
K = TypeVar("K", bound=tuple[Any, ...])


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


@dataclass(frozen=True, slots=True)
class CaseKeys(Generic[K]):
    """The keys of a list of cases, whose place `ref` is the case reference.

    That may hold a child's initials, and a cursor stands in addresses, which are kept: it holds the mail reference.
    """

    shape: TypeAdapter[K]
    ref: int

    def read(self, db: Engine, cursor: str | None) -> K | None:
        """The key behind a word. Raises BadCursor, also where there is no such case."""
        key = key_in(cursor, self.shape)
        if key is None:
            return None
        with db.connect() as connection:
            case_ref = case_ref_of(connection, key[self.ref])
        if case_ref is None:
            raise BadCursor
        return self._with(key, case_ref)

    def told(self, db: Engine, key: K) -> K:
        """The key as a word may hold it."""
        return self._with(key, mail_ref_of(db, key[self.ref]))

    def _with(self, key: K, reference: str) -> K:
        return cast("K", (*key[: self.ref], reference, *key[self.ref + 1 :]))


def cut(rows: Sequence[Row], size: int, key: Callable[[Row], Sequence[Any]]) -> tuple[Sequence[Row], str | None]:
    """The first `size` rows, and the word for the next page when there are more."""
    shown = rows[:size]
    return shown, cursor_of(key(shown[-1])) if len(rows) > size else None


_Any: TypeAdapter[Any] = TypeAdapter(Any)
