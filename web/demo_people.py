"""Whether this is a demonstration on somebody's own machine, where anybody may be anybody."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from casework.staff import Colleague, staff
from config.checks import is_loopback
from web.arriving import address_of
from web.place import Desk

# What a proxy adds: behind one, the connection's own address says nothing about who asks.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_own_demo(at: Desk) -> bool:
    """Only in a demonstration, listening on this machine alone, asked from this machine by its own name.

    A name of somebody else's that points at this machine (DNS rebinding) is not its own.
    """
    if not at.place.demo or not is_loopback(at.place.settings.web_host):
        return False
    headers = at.request.headers
    if any(name in headers for name in _PASSED_ON):
        return False
    return is_loopback(address_of(at.request)) and is_loopback(_host(headers.get("host", "")))


def demo_people(at: Desk) -> Sequence[Colleague]:
    """Whom one can be at a press of a button; nobody where this is no demonstration of one's own."""
    return staff(at.db) if is_own_demo(at) else ()


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
