"""What every command that needs the records works with: settings, database, actor and the time."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cli import output
from config.clock import london_day, utc_now

# Reading the settings and the database take most of a second to load: a command that needs neither does not wait.
if TYPE_CHECKING:
    from sqlalchemy import Engine

    from casework.actor import Actor
    from config.settings import Settings

STOPPED_ANSWERING = (
    "The database stopped answering. What this command has not said to be done was not done: look, then give it "
    "again. 'ehcp doctor' says what is wrong."
)
NO_DATABASE = (
    "EHCP_DATABASE_URL is not set and the packages for one machine are not installed. Set it, or install the "
    "extra 'local'."
)


ANOTHER_VERSION = (
    "An 'ehcp up' of another version runs on {folder}, or one of this version is just starting. Nothing was changed. "
    "Try again in a moment; else stop it and start it with this version, or use its own command."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """One command's place of work; `now` is aware UTC and is read once."""

    settings: "Settings"
    db: "Engine"
    actor: "Actor"
    now: datetime

    @property
    def today(self) -> date:
        """The day in London."""
        return london_day(self.now)


def settings_or_fail() -> "Settings":
    """The settings; wrong ones end the command, each with its variable named."""
    from config.errors import SettingsError
    from config.settings import get_settings

    try:
        return get_settings()
    except SettingsError as error:
        output.fail(error.problems, output.UNAVAILABLE)


def settings_here() -> "Settings":
    """The settings, with what they leave open filled in from an `ehcp up` that runs on the same data folder."""
    settings = settings_or_fail()
    try:
        from local.addresses import resolve
    except ImportError:
        return settings
    found = resolve(settings)
    # The embedded database is borrowed, under its lock, not reached by address.
    return found.model_copy(update={name: getattr(settings, name) for name in ("database_url", "migration_url")})


@contextmanager
def written_as_in_the_house() -> Generator[None]:
    """Letters are written here as an `ehcp up` on the same data folder writes them, if one runs."""
    try:
        from local.addresses import written_as_there
    except ImportError:
        yield
        return
    with written_as_there(settings_or_fail()):
        yield


@contextmanager
def urls_of(settings: "Settings") -> Generator[tuple[str, str]]:
    """The owner's and the application's address of the database; the embedded one is started if need be.

    Ends the command where an `ehcp up` of another version uses it: it would be changed under it.
    """
    from casework.store import is_of_another_version

    if settings.database_url:
        yield settings.migration_url or settings.database_url, settings.database_url
        return
    try:
        from local.addresses import is_up
        from local.errors import LocalError
        from local.postgres import borrow
    except ImportError:
        output.fail(NO_DATABASE, output.UNAVAILABLE)
    with ExitStack() as using:
        try:
            urls = using.enter_context(borrow(settings))
        except LocalError as error:
            output.fail(str(error), output.UNAVAILABLE)
        except OSError as error:
            output.fail(f"The database in {settings.data_dir} cannot be used: {error}", output.UNAVAILABLE)
        if is_up(settings.data_dir) and is_of_another_version(urls.app_url):
            output.fail(ANOTHER_VERSION.format(folder=settings.data_dir), output.UNAVAILABLE)
        yield urls.owner_url, urls.app_url


@contextmanager
def desk() -> Generator[Desk]:
    """Everything a command needs; the embedded database is brought up to date, a server's must be by `ehcp migrate`."""
    from sqlalchemy.exc import InterfaceError, OperationalError

    from casework.actor import Actor
    from casework.store import StoreAway, open_store

    settings = settings_here()
    with urls_of(settings) as (owner_url, app_url):
        try:
            db = open_store(app_url, owner_url=None if settings.database_url else owner_url)
        except StoreAway as error:
            output.fail(str(error), output.UNAVAILABLE)
        try:
            yield Desk(settings, db, Actor(settings.actor, "cli"), utc_now())
        except (OperationalError, InterfaceError):
            output.fail(STOPPED_ANSWERING, output.UNAVAILABLE)
        finally:
            db.dispose()


@contextmanager
def refusals() -> Generator[None]:
    """Turn what casework refuses into messages and exit codes; nothing was recorded when one of these appears."""
    from casework.errors import CaseworkError, NeedsConfirmation

    try:
        yield
    except NeedsConfirmation as question:
        remedy = "Nothing was recorded. If this is what happened, say it again with --confirm."
        output.fail([*question.messages, remedy], output.NEEDS_CONFIRMATION)
    except CaseworkError as error:
        output.fail(error.messages)
