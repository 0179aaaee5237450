"""Being the only one at something, wherever the worker runs, and never longer than one is alive."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_MINE = text("SELECT 1")
_LET_GO = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")

# One number for all openings of one child: any two must wait for each other, on whatever machine. In order,
# so that no two wait for each other in a ring. `who` holds the keys.
HOLD = (
    "SELECT pg_advisory_xact_lock(key) FROM (SELECT hashtextextended(unnest(CAST(:who AS text[])), 5301530) AS key "
    "ORDER BY 1 OFFSET 0) AS keys"
)


@dataclass(frozen=True, slots=True)
class Hold:
    """Whether the lock is ours, and the connection that it lives on."""

    connection: Connection
    mine: bool

    def still(self) -> None:
        """Make sure that the lock has not been lost with its connection since.

        Raises sqlalchemy.exc.OperationalError when Postgres went away meanwhile: somebody else may hold it by now.
        """
        self.connection.execute(_MINE)


@contextmanager
def alone(db: Engine, name: str) -> Generator[Hold]:
    """Try to be the only one within a block of that name; never waits, see `Hold.mine`.

    The lock belongs to a connection of its own, so that Postgres itself lets go of it when the process that holds
    it is killed. The connection is in no transaction meanwhile: an idle one would be ended by the server.
    """
    with db.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        hold = Hold(connection, bool(connection.execute(_TRY, {"name": name}).scalar_one()))
        try:
            yield hold
        finally:
            if hold.mine:
                with suppress(SQLAlchemyError):  # the connection is gone, and the lock with it
                    connection.execute(_LET_GO, {"name": name})
