"""What a list was asked for in its address: filters, day, page. Addresses are saved views, so they are read kindly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from casework.days import read_day
from casework.list_queries import Filter
from casework.listing.ages import Band
from casework.listing.cohorts import Month, month_of
from casework.listing.stages import Stage
from web.faults import Faults
from web.names import LIMITS

LONGEST = 100
"""Characters of one part of an address."""
# What parts of an address are called, where the name alone would not do.
NAMED = {"as_of": "day", "of": "part", "after": "page"}
FILTERS = ("stage", "limit", "team", "officer", "service", "age")
FIELDS = frozenset({*FILTERS, "as_of"})
WITHIN = (7, 14, 28)
OVER = (20, 30, 52)
OF = ("plans", "lost", "reviews")

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `chosen` is every part of the address that was understood, but where the page begins."""

    today: date
    day: date
    narrow: Filter
    within: int
    over: int
    of: str
    month: Month
    after: str
    chosen: Mapping[str, str]
    faults: Faults = field(default_factory=Faults)

    def address(self, url: str, **other: str) -> str:
        """The address of a list with what was chosen, and `other` parts in their place (empty: without it)."""
        parts = {name: value for name, value in {**self.chosen, **other}.items() if value}
        return f"{url}?{urlencode(parts)}" if parts else url


def read_asked(query: QueryParams, today: date) -> Asked:
    """What an address asks for; what makes no sense is said in `faults` and left out."""
    said = _Said(query)
    narrow = Filter(
        stage=said.code("stage", Stage),
        limit=said.among("limit", LIMITS, "a time limit"),
        team=said.text("team"),
        officer=said.text("officer"),
        service=said.text("service"),
        age=said.code("age", Band),
    )
    return Asked(
        today=today,
        day=said.past_day("as_of", today) or today,
        narrow=narrow,
        within=said.number("within", WITHIN, 14),
        over=said.number("over", OVER, 20),
        of=said.among("of", OF, "a part of this list") or OF[0],
        month=said.month("month") or month_of(today),
        after=said.text("after", keep=False) or "",
        chosen=said.chosen,
        faults=said.faults,
    )


class _Said:
    """The parts of an address, read one by one."""

    def __init__(self, query: QueryParams) -> None:
        self._query, self.chosen, self.faults = query, dict[str, str](), Faults()

    def text(self, name: str, *, keep: bool = True) -> str | None:
        value = self._query.get(name, "").strip()
        if not value:
            return None
        if len(value) > LONGEST or not value.isprintable():
            return self._wrong(name, f"The {NAMED.get(name, name)} cannot be read. Choose it from the list.")
        if keep:
            self.chosen[name] = value
        return value

    def among(self, name: str, known: Mapping[str, str] | tuple[str, ...], what: str) -> str | None:
        value = self.text(name)
        if value is None or value in known:
            return value
        return self._wrong(name, f"“{value}” is not {what}. Choose one from the list.")

    def code(self, name: str, codes: type[Code]) -> Code | None:
        value = self.among(name, tuple(codes), f"a known {name}")
        return codes(value) if value else None

    def number(self, name: str, known: tuple[int, ...], usual: int) -> int:
        value = self.among(name, tuple(str(each) for each in known), f"a choice for “{name}”")
        return int(value) if value else usual

    def past_day(self, name: str, today: date) -> date | None:
        value = self.text(name)
        try:
            day = read_day(value or "")
        except ValueError:
            return self._wrong(name, "The day must be a real day, such as 27/10/2026.")
        if day is not None and day > today:
            return self._wrong(name, "The day must be today or in the past.")
        if day is None or day == today:
            self.chosen.pop(name, None)
            return None
        self.chosen[name] = day.isoformat()
        return day

    def month(self, name: str) -> Month | None:
        value = self.text(name)
        try:
            return month_of(date.fromisoformat(f"{value}-01")) if value else None
        except ValueError:
            return self._wrong(name, "The month must be a real month, such as 2026-11.")

    def _wrong(self, name: str, sentence: str) -> None:
        self.chosen.pop(name, None)
        self.faults.say(name if name in FIELDS else "", sentence)
