"""What a meeting with a provider looks at: one month and the year up to it, each breach, and what is open now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Engine

from casework.actor import Actor
from casework.service_figures import Counted, Figure, Figures, Outcome, behind, figures_of, month_after, month_of
from casework.service_requests import Asked, Service, requests_of
from statute.words import MONTHS

TREND = 12
"""Months of the trend, the month of the report among them."""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one service in the month (of all together: `service` empty); `oldest` is how many calendar days
    past its day the latest of its open requests is today, None where none is late."""

    service: str
    figures: Figures | None
    oldest: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """The report of some services about the month that begins on `month`, as it is known on `made_on`.

    `breaches` are the requests whose day fell in the month and which had not come by then, `open` what is out today.
    """

    title: str
    month: date
    made_on: date
    lines: Sequence[Line]
    trend: Sequence[Figures]
    breaches: Sequence[Counted]
    open: Sequence[Asked]
    called: str

    @property
    def processes(self) -> frozenset[UUID]:
        """Everybody whose reference stands in it."""
        return frozenset({row.process_id for row in (*self.breaches, *self.open)})

    @property
    def file_name(self) -> str:
        """What its file is called: the month and the service, nobody."""
        called = self.called.replace("/", "-") or "all-services"
        return f"advice-{self.month:%Y-%m}-{called}.xlsx"

    @property
    def month_words(self) -> str:
        """`October 2026`."""
        return f"{MONTHS[self.month.month - 1]} {self.month.year}"


def report_of(db: Engine, services: Sequence[Service], actor: Actor, today: date, month: date) -> Report:
    """The report of these services about the month that `month` falls in; restricted children as in the figures."""
    month = month_of(month)
    found = figures_of(db, services, actor, today, first=month_after(month, 1 - TREND), last=month)
    due = behind(db, services, actor, today, Figure.DUE, first=month, last=month, page=None)
    owed = requests_of(db, services, actor, today, page=None)
    one = services[0] if len(services) == 1 else None
    return Report(
        title=one.name if one else "All services",
        month=month,
        made_on=today,
        lines=tuple(_lines(services, found, owed, month, today)),
        trend=tuple(each for each in found if each.service is None),
        breaches=tuple(row for row in due if row.outcome is not Outcome.ON_TIME),
        open=tuple(owed),
        called=one.called if one else "",
    )


def _lines(
    services: Sequence[Service], found: Sequence[Figures], owed: Sequence[Asked], month: date, today: date
) -> Iterator[Line]:
    here = {each.service: each for each in found if each.month == month}
    for each in services:
        mine = [row for row in owed if (row.category, row.service) == (each.category, each.name)]
        yield Line(each.name, here.get(each.id), _oldest(mine, today))
    if len(services) != 1:
        yield Line("", here.get(None), _oldest(owed, today))


def _oldest(owed: Sequence[Asked], today: date) -> int | None:
    return max(((today - row.due).days for row in owed if row.due and row.due < today), default=None)
