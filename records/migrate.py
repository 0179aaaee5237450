"""Bring the database to the shape this release expects, and give the application's role what it may do."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from records import grants
from records.database import connect
from records.errors import DatabaseError

# Any number will do, so long as every migration asks for the same: two at once would trip over each other.
MIGRATING = 5_301_530
# A migration may take its time, and waits for the application's transactions to end.
PATIENT = {"statement_timeout": "0", "lock_timeout": "60s", "timezone": "UTC"}


def migrate(owner_url: str, app_role: str = "ehcp_app") -> str:
    """Upgrade to the newest revision in one transaction, set the grants of `app_role`, and say the revision.

    `owner_url` is the address for the role that owns the tables, which is never the application's. Raises
    DatabaseError if `app_role` does not exist or is the owner itself, or the database is newer than this release.
    """
    with _owner(owner_url) as connection:
        _refuse_newer(MigrationContext.configure(connection).get_current_revision())
        grants.check_role(connection, app_role)
        command.upgrade(_config(connection), "head")
        grants.apply(connection, app_role)
    return newest()


def downgrade(owner_url: str, revision: str = "base") -> None:
    """Undo migrations back to `revision`. From `base` everything recorded is gone: for tests and mistakes."""
    with _owner(owner_url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """The revision the database at `url` is at; None if it was never migrated. Either role may ask."""
    engine = connect(url, name="ehcp-migrate", pool_size=1)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest() -> str:
    """The revision this release expects."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision
    return revision


def pending(url: str) -> tuple[str, ...]:
    """The revisions that `migrate` would still apply to the database at `url`, in order.

    Raises DatabaseError if the database is newer than this release.
    """
    at = current(url)
    _refuse_newer(at)
    ahead = ScriptDirectory.from_config(_config()).iterate_revisions("head", at or "base")
    return tuple(script.revision for script in ahead)[::-1]


def _refuse_newer(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseError(
            f"the database is at revision {revision}, which this release does not know: install the newer release"
        )


@contextmanager
def _owner(url: str) -> Generator[Connection]:
    engine = connect(url, name="ehcp-migrate", pool_size=1, limits=PATIENT)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
            yield connection
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    # Found by the package's own path, so that an installed wheel needs no alembic.ini beside it.
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
