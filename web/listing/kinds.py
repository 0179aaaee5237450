"""The managers' lists: where each is, what is on it, and which columns it shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from casework.list_queries import Query, due_query, lifted_query, overdue_query
from casework.listing.cohorts import month_of
from casework.listing.queries import cohort_query, decisions_query, saveable_query, waits_query
from web.listing.asked import Asked
from web.words import day


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: its address, its name in the sub-navigation and in files, its title and rows for what was asked.

    `columns` are those of the page, in order; `keeps` the parts of the address that are its own, beside the filters.
    """

    url: str
    name: str
    title: Callable[[Asked], str]
    query: Callable[[Asked], Query]
    columns: Sequence[str]
    keeps: Sequence[str] = ()
    nothing: str = "Nothing is on this list."
    order: str = "oldest"

    @property
    def path(self) -> str:
        """What files and the log of reads call it."""
        return self.url.removeprefix("/")


def _overdue_title(asked: Asked) -> str:
    return "Overdue" if asked.day == asked.today else f"Overdue on {day(asked.day)}"


def _saveable(asked: Asked) -> Query:
    if asked.of == "reviews":
        return decisions_query(asked.today, month_of(asked.today).last)
    return saveable_query(asked.today, can=asked.of == "plans")


_SAVEABLE_TITLES: Mapping[str, str] = {
    "plans": "Saveable before late",
    "lost": "Plans that can no longer be in time",
    "reviews": "Review decisions due this month",
}

KINDS = (
    Kind(
        "/overdue",
        "Overdue",
        _overdue_title,
        lambda asked: overdue_query(asked.day, asked.today),
        ("case", "limit", "due", "late", "action", "promised", "contact", "weeks", "officer"),
        ("as_of",),
        "Nothing is overdue.",
    ),
    Kind(
        "/due",
        "Due soon",
        lambda asked: f"Due in the next {asked.within} days",
        lambda asked: due_query(asked.today, asked.today + timedelta(days=asked.within)),
        ("case", "limit", "due", "left", "action", "promised", "contact", "weeks", "officer"),
        ("within",),
        "Nothing falls due in these days.",
        "soonest",
    ),
    Kind(
        "/saveable",
        "Saveable",
        lambda asked: _SAVEABLE_TITLES[asked.of],
        _saveable,
        ("case", "stage", "due", "left", "must", "contact", "weeks", "officer"),
        ("of",),
        "There is none.",
        "soonest",
    ),
    Kind(
        "/cohort",
        "Due this month",
        lambda asked: f"Plans due in {asked.month.first:%B %Y}",
        lambda asked: cohort_query(asked.today, asked.month.first, asked.month.last),
        ("case", "outcome", "due", "met", "stage", "must", "weeks", "officer"),
        ("month",),
        "No plan was or is due in this month.",
    ),
    Kind(
        "/waits",
        "Longest waits",
        lambda asked: f"Open longer than {asked.over} weeks",
        lambda asked: waits_query(asked.today, asked.over),
        ("case", "stage", "weeks", "due", "action", "contact", "officer"),
        ("over",),
        "No assessment has been open for so long.",
    ),
    Kind(
        "/lifted",
        "Lifted",
        lambda _: "Lifted and past its day",
        lambda asked: lifted_query(asked.today),
        ("case", "limit", "due", "ground", "until", "target", "action", "contact", "officer"),
        (),
        "No exception has lifted a limit that is past its day.",
    ),
)


def subnav(here: Kind | None) -> Sequence[Mapping[str, object]]:
    """The lists, as the sub-navigation's component takes them."""
    return [{"href": kind.url, "text": kind.name, "current": kind is here} for kind in KINDS]
