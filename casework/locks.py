"""Being the only one at something, wherever the worker runs, and never longer than one is alive."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_LET_GO = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


@contextmanager
def alone(db: Engine, name: str) -> Generator[bool]:
    """Whether nobody else is within a block of the same name; never waits.

    The lock belongs to a connection of its own, so that Postgres itself lets go of it when the process that holds
    it is killed. The connection is in no transaction meanwhile: an idle one would be ended by the server.
    """
    with db.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.execute(_TRY, {"name": name}).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(_LET_GO, {"name": name})
