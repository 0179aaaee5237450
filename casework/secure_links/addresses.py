"""Where a secret opens what it is for: the addresses that letters carry."""

from config.errors import SettingsError
from config.keys import signing_key
from config.settings import Settings


def makes_links(settings: Settings) -> bool:
    """Whether letters carry links: people must be able to reach the pages, and a link needs the house's key."""
    if not settings.public_url:
        return False
    try:
        return bool(signing_key(settings))
    except SettingsError:
        return False


def sends_by_link(settings: Settings) -> bool:
    """Whether what stands behind a link reaches people: what a dry run writes to a file reaches nobody."""
    carried = settings.demo or bool(settings.smtp_url or settings.notify_api_key.get_secret_value())
    return carried and makes_links(settings)


def link_of(settings: Settings, secret: str) -> str:
    """The address that a letter carries, whatever the link opens. Without EHCP_PUBLIC_URL there is none: empty."""
    return _at(settings, f"/advice/link/{secret}")


def calendar_of(settings: Settings, secret: str) -> str:
    """The address of a feed for calendars, which holds days and references only and asks for no code."""
    return _at(settings, f"/advice/calendar/{secret}.ics")


def _at(settings: Settings, path: str) -> str:
    return f"{settings.public_url.rstrip('/')}{path}" if settings.public_url else ""
