"""The pages about the house itself: who works in it, whom it writes to, whether it is well, who looked at what."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.place import Desk

TABS = (
    ("/people", "Staff"),
    ("/people/services", "Services"),
    ("/people/settings", "Schools and settings"),
    ("/people/bounces", "Mail refused"),
    ("/policy", "Policy"),
    ("/checks", "Checks"),
    ("/reads", "Who read what"),
)


def tabs(at: "Desk") -> Sequence[Mapping[str, object]]:
    """The sub-navigation of these pages, as its component takes it."""
    here = at.request.url.path
    return [{"href": url, "text": text, "current": url == here} for url, text in TABS]
