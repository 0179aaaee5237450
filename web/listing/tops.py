"""What stands above some lists: figures to weigh one against another, and a bar of a month's plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.listing.cohorts import Outcome, cohort, month_of
from casework.listing.waits import to_save, waits
from web.listing.asked import OF, OVER, WITHIN, Asked
from web.listing.words import OUTCOMES

if TYPE_CHECKING:
    from web.listing.kinds import Kind
    from web.place import Desk

WIDTH = 600
"""Units of the bar's own width."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number on top of a list, where it leads, and whether it is a warning ("late", "soon" or neither)."""

    number: str
    words: str
    href: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the bar: how many plans, what became of them, and its place in units."""

    outcome: str
    words: str
    colour: str
    number: int
    x: float
    width: float


def top_of(at: "Desk", kind: "Kind", asked: Asked) -> Mapping[str, Any]:
    """What stands above this list."""
    if kind.url == "/saveable":
        return {"figures": _waits(at, asked), **_saveable(at, asked)}
    if kind.url == "/cohort":
        return {"figures": _waits(at, asked), "month": asked.month, **_month(at, asked)}
    if kind.url == "/due":
        return {"choices": _numbers(kind, asked, "within", WITHIN, "{} days")}
    if kind.url == "/waits":
        return {"choices": _numbers(kind, asked, "over", OVER, "Over {} weeks")}
    return {}


def _waits(at: "Desk", asked: Asked) -> Sequence[Figure]:
    found = waits(at.db, at.actor, asked.today, asked.narrow)
    others = {"of": "", "month": ""}
    past_20, past_52 = asked.address("/waits", **others), asked.address("/waits", over="52", **others)
    longest = "0" if found.longest is None else str(found.longest)
    return [
        Figure(longest, "weeks, the longest wait", past_20, "late" if found.longest else ""),
        Figure(f"{found.over_20:,}", "open past 20 weeks", past_20, "late" if found.over_20 else ""),
        Figure(f"{found.over_52:,}", "open past 52 weeks", past_52, "late" if found.over_52 else ""),
    ]


def _saveable(at: "Desk", asked: Asked) -> Mapping[str, Any]:
    numbers = to_save(at.db, at.actor, asked.today, month_of(asked.today).last, asked.narrow)
    words = ("Plans that can be in time", "Plans that no longer can", "Review decisions due this month")
    choices = [
        {"href": asked.address("/saveable", of=of), "text": f"{text} ({number:,})", "current": of == asked.of}
        for of, text, number in zip(OF, words, numbers, strict=True)
    ]
    return {"choices": choices, "total": numbers[OF.index(asked.of)]}


def _month(at: "Desk", asked: Asked) -> Mapping[str, Any]:
    found = {outcome: number for outcome, number in _shares(at, asked).items() if number}
    total, x = sum(found.values()), 0.0
    bar: list[Part] = []
    for outcome, number in found.items():
        width = WIDTH * number / total
        words, colour = OUTCOMES[outcome]
        bar.append(Part(outcome.value, words, colour, number, round(x, 2), round(width, 2)))
        x += width
    return {"bar": bar, "total": total, "bar_width": WIDTH, "neighbours": _neighbours(asked)}


def _shares(at: "Desk", asked: Asked) -> Mapping[Outcome, int]:
    return cohort(at.db, at.actor, asked.today, asked.month, asked.narrow)


def _neighbours(asked: Asked) -> Sequence[tuple[str, str]]:
    months = (asked.month.before, asked.month.after)
    return [(f"{m.first:%B %Y}", asked.address("/cohort", month=f"{m.first:%Y-%m}")) for m in months]


def _numbers(kind: "Kind", asked: Asked, name: str, known: Sequence[int], words: str) -> Sequence[Mapping[str, object]]:
    present = getattr(asked, name)
    return [
        {"href": asked.address(kind.url, **{name: str(each)}), "text": words.format(each), "current": each == present}
        for each in known
    ]
