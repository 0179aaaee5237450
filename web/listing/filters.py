"""The filter of a list: what can be chosen, what is chosen and how to drop it, and a few views ready to open."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from casework.listing.choices import Choices, Service
from casework.listing.stages import OF_REVIEWS, Stage
from statute.kinds import CATEGORIES
from web.listing.asked import FILTERS, Asked
from web.listing.kinds import Kind
from web.listing.words import BANDS
from web.names import LIMITS, service_words
from web.stages import STAGES
from web.words import day

if TYPE_CHECKING:
    from web.place import Desk

Options = Sequence[tuple[str, str]]

NAMES: Mapping[str, str] = {
    "stage": "Stage",
    "limit": "Time limit",
    "team": "Team",
    "officer": "Officer",
    "service": "Service",
    "age": "Age",
    "as_of": "As it was on",
}
# Nobody can be late with these: the family's own time, norms, and what binds only a refusal.
_NEVER_LATE = frozenset(
    {
        "reg4_refuse_assessment",
        "reg10_refuse_plan",
        "reg13_representations",
        "reg22_representations",
        "s45_hold",
        "local_draft_plan",
        "local_report_decision",
    }
)
# Lists of one limit are not narrowed by limit or service.
_OF_ONE_LIMIT = frozenset({"/saveable", "/cohort", "/waits"})


def fields(kind: Kind, asked: Asked, found: Choices) -> Sequence[tuple[str, str, Options, str]]:
    """Name, label, options and present choice of every field that this list can be narrowed by."""
    options: Mapping[str, Options] = {
        "stage": [(stage.value, words) for stage, words in _stages(kind, asked)],
        "limit": [(limit, words) for limit, words in LIMITS.items() if limit not in _NEVER_LATE],
        "team": [(team, team) for team in found.teams],
        "officer": list(found.officers),
        "service": _services(found.services),
        "age": [(band.value, words) for band, words in BANDS.items()],
    }
    offered = [name for name in FILTERS if not (kind.url in _OF_ONE_LIMIT and name in ("limit", "service"))]
    return [
        (name, NAMES[name], [("", "All"), *_with(options[name], asked.chosen.get(name))], asked.chosen.get(name, ""))
        for name in offered
    ]


def chips(kind: Kind, asked: Asked, found: Choices) -> Sequence[Mapping[str, str]]:
    """What is chosen, in words, each with the address of the list without it."""
    words = {name: dict(options) for name, _, options, _ in fields(kind, asked, found)}
    words["as_of"] = {asked.day.isoformat(): day(asked.day)}
    return [
        {
            "text": f"{name_of}: {words.get(name, {}).get(value, value)}",
            "href": asked.address(kind.url, **{name: ""}),
        }
        for name, name_of in NAMES.items()
        if (value := asked.chosen.get(name))
    ]


def ready_made(at: "Desk", found: Choices) -> Sequence[tuple[str, str]]:
    """Views that managers ask for again and again, as addresses to open or keep."""
    mine = [("My cases", _link(officer=at.me.username))]
    if at.me.team and at.me.team in found.teams:
        mine.append(("My team", _link(team=at.me.team)))
    return [
        *mine,
        ("Decisions whether to assess", "/overdue?limit=reg5_decide"),
        ("Health advice late", "/overdue?service=health"),
        ("Psychology advice late", "/overdue?service=educational_psychology"),
        ("Final plans late", "/overdue?limit=reg13_final_plan"),
        ("Review decisions late", "/overdue?limit=reg20_decision"),
        ("Open over 20 weeks", "/waits"),
        ("Open over 52 weeks", "/waits?over=52"),
    ]


def _link(**parts: str) -> str:
    return f"/overdue?{urlencode(parts)}"


def _stages(kind: Kind, asked: Asked) -> Sequence[tuple[Stage, str]]:
    if kind.url not in _OF_ONE_LIMIT:
        return list(STAGES.items())
    reviews = kind.url == "/saveable" and asked.of == "reviews"
    return [(stage, words) for stage, words in STAGES.items() if (stage in OF_REVIEWS) == reviews]


def _services(found: Sequence[Service]) -> Options:
    """Categories, and the bodies of those that have several."""
    held = [each.category for each in found]
    several = [each for each in found if held.count(each.category) > 1]
    return [
        option
        for category in CATEGORIES
        for option in (
            (category, service_words(category)),
            *((each.code, f"{service_words(category)}: {each.name}") for each in several if each.category == category),
        )
    ]


def _with(options: Options, chosen: str | None) -> Options:
    """The options, with what is chosen among them though the directories know it no more."""
    if chosen is None or chosen in dict(options):
        return options
    return [*options, (chosen, chosen)]
