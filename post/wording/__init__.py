"""The words of the letters, kept as data (`kinds.toml`, `limits.toml`).

Anybody can read and improve them, and the plain and the HTML part of a letter cannot drift apart.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from post.items import OF_A_REVIEW, Item, Kind

REVIEW = "review"
_RECEIPT = "receipt_"


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
    then_by_link: str = ""
    why: str = ""
    answer: str = ""
    by_link: str = ""
    next: str = ""
    next_by_link: str = ""


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
    arrange: str = ""
    norm: str = ""
    planned: bool = False
    of: str = ""


@cache
def news() -> Mapping[str, News]:
    """Every kind of news by its heading in the file, in the order in which a letter tells it: receipts first."""
    receipts = {f"{_RECEIPT}{answer}": words for answer, words in _read("receipts.toml").items()}
    told = {**receipts, **_read("kinds.toml")}
    return {name: News(**_tupled(words)) for name, words in told.items()}


@cache
def duties() -> Mapping[str, Duty]:
    """Every limit by its id, and `other`."""
    return {name: Duty(**words) for name, words in _read("limits.toml").items()}


def duty_of(item: Item) -> Duty:
    """The words of the item's limit, those of its subject first; plain ones where the limit has none of its own."""
    own = duties().get(f"{item.limit}/{item.category}")
    return own or duties().get(item.limit) or duties()["other"]


def is_of_reviews(item: Item) -> bool:
    """Whether it is about an annual review, and not about an assessment."""
    return item.kind in OF_A_REVIEW or duty_of(item).of == REVIEW


def news_name(item: Item, *, late: bool) -> str:
    """The heading in `kinds.toml`.

    A chaser has one set of words up to its day and another after. A warning that was held back past its day is
    told as the breach it is; a day that is not the law's is never called one. Families' views are invited, and then
    remembered once. What a setting is asked for is told in other words to the officer, and in others again where the
    authority arranges the review itself.
    """
    if item.kind is Kind.CHASE:
        return "chase_late" if late else "chase_due"
    if item.kind in (Kind.WARN, Kind.BREACH):
        return _past_its_day(item) if late else "warn"
    if item.kind in (Kind.RECEIPT, Kind.UNDELIVERED):
        return _of_answer(item)
    if item.kind in (Kind.VIEWS, Kind.AWAY):
        return _to_whom(item)
    if item.kind is Kind.ESCALATE and is_of_reviews(item):
        return "escalate_report" if item.limit.endswith("_report") else "escalate_arrange"
    return _asked_of_a_setting(item, late=late) if item.kind in _ASKED_OF_SETTINGS else item.kind.value


def _to_whom(item: Item) -> str:
    if item.kind is Kind.AWAY:
        return "away_ours" if item.own else "away"
    return "views_again" if (item.rung or 0) > 0 else "views"


_ASKED_OF_SETTINGS = frozenset({Kind.ARRANGE, Kind.REVIEW_PAPERS, Kind.MEETING, Kind.REPORT})


def _of_answer(item: Item) -> str:
    """A receipt by what was answered, a refused letter by to whom it went where that is not the body itself."""
    if item.kind is Kind.RECEIPT:
        return f"{_RECEIPT}{item.answer or 'received'}"
    return f"{item.kind.value}_{item.answer}" if item.answer else item.kind.value


def _asked_of_a_setting(item: Item, *, late: bool) -> str:
    if item.own:
        # A report is never asked of the officer in the setting's place: the setting is chased, and then its head.
        asks = item.category and item.kind is not Kind.REPORT
        return f"{item.kind.value}_{'officer' if asks else 'ours'}"
    return f"{item.kind.value}_late" if late and item.kind is not Kind.MEETING else item.kind.value


def _past_its_day(item: Item) -> str:
    duty = duty_of(item)
    if duty.planned:
        return "planned_late"
    if item.limit.startswith("local_"):
        return "norm_late"
    return "breach_review" if duty.of == REVIEW else "breach"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("post") / "wording" / name).read_text(encoding="utf-8"))


def _tupled(words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "columns": tuple(cast(list[str], words["columns"]))}
