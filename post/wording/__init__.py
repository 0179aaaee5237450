"""The words of the letters, kept as data (`kinds.toml`, `limits.toml`).

Anybody can read and improve them, and the plain and the HTML part of a letter cannot drift apart.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from post.items import Item, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The words of one kind of news. `kinds.toml` says what each is for."""

    subject: str
    opening: str
    heading: str
    lead: str
    tally: str
    columns: tuple[str, ...]
    then: str = ""
    answer: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The words of one limit. `limits.toml` says what each is for."""

    short: str
    why: str
    law: str = ""
    what: str = ""
    within: str = ""
    answer: str = ""
    expects: str = ""
    next_step: str = ""


@cache
def news() -> Mapping[str, News]:
    """Every kind of news by its heading in the file, in the order in which a letter tells it."""
    return {name: News(**_tupled(words)) for name, words in _read("kinds.toml").items()}


@cache
def duties() -> Mapping[str, Duty]:
    """Every limit by its id, and `other`."""
    return {name: Duty(**words) for name, words in _read("limits.toml").items()}


def duty_of(item: Item) -> Duty:
    """The words of the item's limit; plain ones where the limit has none of its own."""
    return duties().get(item.limit) or duties()["other"]


def news_name(item: Item, *, late: bool) -> str:
    """The heading in `kinds.toml`.

    A chaser has one set of words up to its day and another after. A warning that was held back past its day is
    told as the breach it is; a local norm is never called one. Families' views are invited, and then remembered once.
    """
    if item.kind is Kind.CHASE:
        return "chase_late" if late else "chase_due"
    if item.kind in (Kind.WARN, Kind.BREACH):
        return _past_its_day(item) if late else "warn"
    if item.kind is Kind.VIEWS:
        return "views_again" if (item.rung or 0) > 0 else "views"
    return item.kind.value


def _past_its_day(item: Item) -> str:
    return "norm_late" if item.limit.startswith("local_") else "breach"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("post") / "wording" / name).read_text(encoding="utf-8"))


def _tupled(words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "columns": tuple(cast(list[str], words["columns"]))}
