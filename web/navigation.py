"""Where one can go from every page, by role."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from web.roles import ADVICE, OVERSEE, READ, WORK, Access

if TYPE_CHECKING:
    from web.place import Desk

PLACES: Sequence[tuple[str, str, Access]] = (
    ("/work", "My work", WORK),
    ("/find", "Find a case", READ),
    ("/open", "Open a case", WORK),
    ("/overdue", "Overdue", READ),
    ("/reviews", "Reviews", READ),
    ("/team", "Team", OVERSEE),
    ("/services", "Services", ADVICE),
    ("/scorecard", "Scorecard", OVERSEE),
    ("/calendar", "Calendar", READ),
    ("/people", "People", OVERSEE),
)
"""Address, what it is called, and who may go there."""

BELONGS: Mapping[str, tuple[str, ...]] = {
    "/work": ("/unfiled",),
    "/overdue": ("/due", "/saveable", "/cohort", "/waits", "/lifted"),
    "/open": ("/record-many",),
    "/people": ("/policy", "/checks", "/reads"),
}
"""What is reached from a place without standing below its address."""


def navigation(at: "Desk") -> Sequence[Mapping[str, object]]:
    """The items of the service navigation, in the shape that the Design System's component takes."""
    if at.signed_in is None:
        return []
    here = at.request.url.path
    mine = [(url, text) for url, text, access in PLACES if at.signed_in.role in access.roles]
    return [{"href": url, "text": text, "active": _stands(here, url)} for url, text in mine]


def _stands(here: str, url: str) -> bool:
    return any(here == each or here.startswith(f"{each}/") for each in (url, *BELONGS.get(url, ())))
