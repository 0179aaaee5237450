"""Asking a connection whether it still lives, but only one that has been idle.

Under load a connection goes from hand to hand within milliseconds, and asking each time costs a journey for every
command. A server that was killed takes longer to come back than IDLE_SECONDS.
"""

import time

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

IDLE_SECONDS = 0.25
_RETURNED = "returned"


def ask_the_idle(engine: Engine) -> None:
    """Have the engine's pool replace a connection that died while nobody used it."""
    dialect = engine.dialect

    def asked(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        returned = entry.info.get(_RETURNED)
        if returned is not None and time.monotonic() - returned > IDLE_SECONDS:
            _ask(dialect, connection)

    event.listen(engine, "checkin", _note)
    event.listen(engine, "checkout", asked)


def _note(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_RETURNED] = time.monotonic()


def _ask(dialect: Dialect, connection: DBAPIConnection) -> None:
    try:
        dialect.do_ping(connection)
    except psycopg.Error as dead:
        # One dead connection means a server that went away: none of the others can be trusted.
        raise InvalidatePoolError from dead
