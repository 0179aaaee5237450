"""What the addresses of the scorecard ask for: a month, a measure, and who may see figures by officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import HTTPException

from scorecard.measure import Measure
from scorecard.measures import MEASURES, in_force, is_in_force, measure
from scorecard.period import Period, month_after, month_of
from scorecard.spans import period_of
from scorecard.words import month_words
from web.place import Desk
from web.roles import MANAGE

EARLIEST = date(2014, 9, 1)
"""The first month there were plans."""
CHOICE = 24
"""Months that are offered."""
TABS = (
    ("/scorecard", "Scorecard"),
    ("/scorecard/forecast", "Forecast"),
    ("/scorecard/months", "Frozen months"),
    ("/scorecard/packs", "Packs"),
    ("/scorecard/fed", "From outside"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """The chosen month, as seen on `today`: the one under way unless another was asked for."""

    first: date
    today: date

    @property
    def code(self) -> str:
        """As addresses have it: `2026-10`."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """Its last day."""
        return month_of(self.first).last

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.last < self.today

    @property
    def words(self) -> str:
        """`October 2026`, and how far it is."""
        return month_words(self.first) if self.over else f"{month_words(self.first)}, up to today"

    @property
    def last_whole(self) -> date:
        """The last day of it, or of the month before while it is not over: trends end there."""
        return self.last if self.over else month_of(month_after(self.first, -1)).last

    def period(self, of: Measure) -> Period:
        """The days that a measure's figure is of."""
        return period_of(of, self.first, self.today)

    def to(self, path: str, **more: object) -> str:
        """A path with the month and what else is asked for; what is empty is left out."""
        parts = {"month": self.code, **more}
        return f"{path}?{urlencode({name: value for name, value in parts.items() if value})}"

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """The months to choose from, the newest first, the chosen one among them."""
        now = self.today.replace(day=1)
        known = [month_after(now, -back) for back in range(CHOICE)]
        return [(f"{each:%Y-%m}", month_words(each)) for each in sorted({*known, self.first}, reverse=True)]


def month_asked(at: Desk, said: str) -> Month:
    """The month of an address; what is none, or still to come, is the month under way."""
    return Month(known_month(at, said) or at.today.replace(day=1), at.today)


def known_month(at: Desk, said: str) -> date | None:
    """The first day of a month written `2026-10`; None for what is none or still to come."""
    try:
        found = date.fromisoformat(f"{said}-01")
    except ValueError:
        return None
    return found if EARLIEST <= found <= at.today else None


def measure_asked(at: Desk, said: str) -> Measure:
    """The measure of an address. Raises 404 for one that there is not, or whose figures are for managers alone."""
    try:
        found = measure(said)
    except KeyError:
        raise HTTPException(404) from None
    if found.for_managers and not for_managers(at):
        raise HTTPException(404)
    return found


def figure_asked(at: Desk, said: str, month: str) -> tuple[Measure, Month]:
    """The measure and the month of an address. Raises 404 as `measure_asked`, and for a year it is not defined for."""
    found, chosen = measure_asked(at, said), month_asked(at, month)
    if not is_in_force(found, chosen.first.year):
        raise HTTPException(404)
    return found, chosen


def years_of(of: Measure) -> str:
    """The calendar years for which it is defined."""
    return f"up to {of.until - 1}" if of.until < 9999 else f"from {of.since - 1}"


def address_of(of: Measure) -> str:
    """Where a measure's own page is."""
    return f"/scorecard/measures/{quote(of.id)}"


def for_managers(at: Desk) -> bool:
    """Whether figures by officer may be shown: to line managers only."""
    return may_write(at)


def may_write(at: Desk) -> bool:
    """Whether owner, target, action and narrative, and figures from outside, may be written."""
    return at.me.role in MANAGE.roles


def shown(at: Desk, month: Month) -> Sequence[Measure]:
    """The measures whose definitions hold in the year of the month."""
    return [each for each in in_force(month.first.year) if for_managers(at) or not each.for_managers]


def amber(at: Desk) -> Decimal:
    """By how much a missed target is amber, not red."""
    return at.place.settings.scorecard_amber


def tabs(at: Desk) -> Sequence[dict[str, Any]]:
    """The sub-navigation of these pages."""
    here = at.request.url.path
    return [{"href": url, "text": words, "current": url == here} for url, words in TABS]


def named(measure_id: str) -> Measure | None:
    """The measure of that id, None where it is defined no more."""
    return next((each for each in MEASURES if each.id == measure_id), None)
