"""How we reach Postgres: one small pool, with limits on everything that could wait for ever."""

from collections.abc import Mapping

import psycopg
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url

from records.errors import DatabaseError
from records.liveness import ask_the_idle

CONNECT_SECONDS = 5
POOL_SECONDS = 10
# A connection is renewed after half an hour, so that a changed password or a moved server is noticed.
RENEW_SECONDS = 1800

# Said by the server for every session. An orphaned transaction must not keep a case locked over lunch.
LIMITS: Mapping[str, str] = {
    "statement_timeout": "60s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    # Compiling a question takes longer than any of ours: the costs of our lists are guessed high, and it would begin.
    "jit": "off",
    # The tables of one council lie in memory, or on a disk without arms: a row found by an index costs hardly more
    # than the next one. With Postgres' own guess whole tables were read for the sake of a few thousand rows.
    "random_page_cost": "1.1",
}


def connect(url: str, *, name: str = "ehcp", pool_size: int = 10, limits: Mapping[str, str] = LIMITS) -> Engine:
    """An engine for the database at `url`; nothing is contacted until it is used.

    `name` is shown to the database's administrator. A connection that died with its server is replaced
    unnoticed (`records.liveness`); work that was under way when it died fails with
    `sqlalchemy.exc.OperationalError` and may be done again. Raises DatabaseError if `url` is not an address
    of Postgres.
    """
    engine = create_engine(
        database_url(url),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=5,
        pool_timeout=POOL_SECONDS,
        pool_recycle=RENEW_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": name,
            "options": " ".join(f"-c {setting}={value}" for setting, value in limits.items()),
            "keepalives_idle": 30,
        },
    )
    ask_the_idle(engine)
    event.listen(engine, "handle_error", _name_no_values)
    return engine


def database_url(url: str) -> URL:
    """`url` for our driver, psycopg 3, whichever way Postgres was written in it."""
    try:
        parsed = make_url(url)
    except Exception:
        # The address holds a password: the original message, which repeats it, must not travel on.
        raise DatabaseError("this is not a database address; write postgresql://user:password@host/name") from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseError(f"{parsed.get_backend_name()} is not supported; only postgresql:// is")
    return parsed.set(drivername="postgresql+psycopg")


def _name_no_values(context: ExceptionContext) -> None:
    """Take the row's values out of an error, for it may end in a log or a workflow's history.

    Postgres repeats them in its DETAIL ("Key (surname)=(...) already exists") and, for data it cannot read
    (SQLSTATE class 22), in the message itself.
    """
    problem, shown = context.original_exception, context.sqlalchemy_exception
    if not isinstance(problem, psycopg.Error) or not problem.sqlstate:
        return
    unreadable = problem.sqlstate.startswith("22")
    quiet = "data that does not fit" if unreadable else problem.diag.message_primary or "refused"
    message = f"{quiet} (SQLSTATE {problem.sqlstate})"
    problem.args = (message,)
    if shown is not None:
        shown.args = (f"({type(problem).__name__}) {message}",)
