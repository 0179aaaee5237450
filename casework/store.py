"""The database as faces see it: open it, bring it up to date, say plainly when it does not answer."""

from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import OperationalError

from records.database import connect, database_url
from records.errors import DatabaseError
from records.migrate import current, migrate, newest, pending

CREATE_ROLE = "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', CAST(:role AS text), CAST(:password AS text))"
# Said by Postgres for a wrong password or an unknown role or database.
REMEDY = "Is it running, and is EHCP_DATABASE_URL right? 'ehcp doctor' looks closer."


class StoreAway(Exception):
    """The database does not answer, or is not at this version; the message says what to do."""


def open_store(app_url: str, owner_url: str | None = None, *, name: str = "ehcp", pool_size: int = 10) -> Engine:
    """The application's engine on a database that is at this version.

    With `owner_url` (the embedded database) missing migrations are applied; without, they are somebody's decision.
    `name` is shown to the database's administrator. Raises StoreAway.
    """
    try:
        if current(app_url) != newest():
            _bring_up(app_url, owner_url)
    except (OperationalError, DatabaseError) as error:
        raise StoreAway(f"The database does not answer. {REMEDY}") from error
    return connect(app_url, name=name, pool_size=pool_size)


def _bring_up(app_url: str, owner_url: str | None) -> None:
    if owner_url is None:
        missing = len(pending(app_url))
        raise StoreAway(
            f"The database lacks {missing} migrations of this version, or is newer than it: run 'ehcp migrate' "
            "with EHCP_MIGRATION_URL set, or install the newer version."
        )
    migrate(owner_url, _role(app_url))


def is_of_another_version(app_url: str) -> bool:
    """Whether the database was made ready by another version than this one; False where it never was."""
    try:
        return current(app_url) not in (None, newest())
    except OperationalError:
        return False


def prepare(owner_url: str, app_url: str) -> str:
    """Bring the database to this version and return its revision; the application's role is made when it is missing.

    Raises StoreAway when the database does not answer, or the owner and the application are the same role.
    """
    try:
        if _role(app_url) != _role(owner_url):
            _ensure_role(owner_url, database_url(app_url))
        return migrate(owner_url, _role(app_url))
    except OperationalError as error:
        raise StoreAway(f"The database does not answer at EHCP_MIGRATION_URL. {REMEDY}") from error
    except DatabaseError as error:
        raise StoreAway(str(error)) from error


def _role(url: str) -> str:
    return database_url(url).username or ""


def _ensure_role(owner_url: str, app: URL) -> None:
    # A new deployment's Postgres knows only the owner, who may create roles; elsewhere the role exists.
    engine = connect(owner_url, name="ehcp-setup", pool_size=1)
    try:
        with engine.begin() as connection:
            known = connection.execute(
                text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": app.username}
            ).scalar()
            if known is None:
                create = connection.execute(
                    text(CREATE_ROLE),
                    {"role": app.username, "password": str(app.password or "")},
                ).scalar_one()
                connection.exec_driver_sql(create.replace("%", "%%"))
    finally:
        engine.dispose()
