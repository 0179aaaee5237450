"""How services answer, by the month in which a request's day fell: what came in time, late or never, and what came.

The requests of a month are those whose legal day fell in it and is over, whatever became of them: what never came back
counts. Restricted children are counted only for whoever is named (see `casework.service_requests`): a figure leads to
the requests behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from casework.service_questions import IN_ANY_CASE, OWED, requests_sql
from casework.service_requests import HIDDEN, SIZE, Service


class Outcome(StrEnum):
    """What became of a request by its day."""

    ON_TIME = "on_time"
    LATE = "late"
    OUT = "out"  # its day is over and it is still out
    NEVER = "never"  # its day was over when the request or its case was closed, and nothing had come
    EXCEPTED = "excepted"  # one of the exceptions of regulation 8(2) applies: never counted as late
    LET_GO = "let_go"  # declined, passed on to another service, cancelled or closed before its day


class Figure(StrEnum):
    """What can be counted, and looked behind."""

    DUE = "due"
    ON_TIME = "on_time"
    LATE = "late"
    OUT = "out"
    NEVER = "never"
    EXCEPTED = "excepted"
    NIL = "nil"
    INSUFFICIENT = "insufficient"
    DECLINED = "declined"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class Figures:
    """The requests of one service (None: of all together) whose day fell in the month that begins on `month`.

    `due` = `on_time` + `late` + `out` + `never`; what is `excepted` stands apart. `came` are those of all of these that
    were answered at least once, `nil` those whose last answer was that there is nothing to say. `median_days` are
    calendar days from the day the body had the request to the answer that stands.
    """

    month: date
    service: UUID | None
    due: int
    on_time: int
    late: int
    out: int
    never: int
    excepted: int
    came: int
    nil: int
    insufficient: int
    declined: int
    passed_on: int
    median_days: float | None

    @property
    def breaches(self) -> int:
        """Everything that had not come by its day."""
        return self.late + self.out + self.never

    @property
    def on_time_rate(self) -> float | None:
        """The share of what was due, never-returned included; None where nothing was due."""
        return self.on_time / self.due if self.due else None

    @property
    def nil_rate(self) -> float | None:
        """The share of what came that said that there is nothing to say."""
        return self.nil / self.came if self.came else None

    @property
    def insufficient_rate(self) -> float | None:
        """The share of what came that was found insufficient at least once."""
        return self.insufficient / self.came if self.came else None


@dataclass(frozen=True, slots=True)
class Counted:
    """One request behind a figure: `days` are calendar days to the answer, `late` those past its day up to then or
    today. `promised` is the last day that was named."""

    process_id: UUID
    mail_ref: str
    subject: str
    service_id: UUID
    service: str
    asked: date
    due: date
    answered: date | None
    outcome: Outcome
    days: int | None
    late: int
    promised: date | None
    insufficient: bool
    declined: bool
    passed_on: bool
    nil: bool


_REQUESTS = requests_sql(
    "s.legal_due >= :first AND s.legal_due < :until AND s.legal_due < :day",
    f"a.body_id = ANY(:bodies) AND a.process_id NOT IN ({HIDDEN})",
)
_FIGURES = (
    _REQUESTS + " SELECT month, body_id AS service, "  # noqa: S608 - nothing in it was typed
    f"count(*) FILTER (WHERE {OWED}) AS due, "
    "count(*) FILTER (WHERE outcome = 'on_time') AS on_time, count(*) FILTER (WHERE outcome = 'late') AS late, "
    "count(*) FILTER (WHERE outcome = 'out') AS out, count(*) FILTER (WHERE outcome = 'never') AS never, "
    "count(*) FILTER (WHERE outcome = 'excepted') AS excepted, "
    f"count(*) FILTER (WHERE came AND {IN_ANY_CASE}) AS came, count(*) FILTER (WHERE nil AND {IN_ANY_CASE}) AS nil, "
    f"count(*) FILTER (WHERE insufficient AND {IN_ANY_CASE}) AS insufficient, "
    "count(*) FILTER (WHERE declined) AS declined, count(*) FILTER (WHERE passed_on) AS passed_on, "
    f"percentile_cont(0.5) WITHIN GROUP (ORDER BY met_on - start) FILTER (WHERE met_on IS NOT NULL AND {IN_ANY_CASE}) "
    "AS median_days FROM counted GROUP BY GROUPING SETS ((month, body_id), (month)) ORDER BY month, body_id NULLS LAST"
)
_BEHIND: Mapping[Figure, str] = MappingProxyType(
    {
        Figure.DUE: OWED,
        **{each: f"outcome = '{each.value}'" for each in Figure if each.value in frozenset(Outcome)},
        Figure.NIL: f"nil AND {IN_ANY_CASE}",
        Figure.INSUFFICIENT: f"insufficient AND {IN_ANY_CASE}",
        Figure.DECLINED: "declined",
        Figure.PASSED_ON: "passed_on",
    }
)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date, number: int = 1) -> date:
    """The first day of the month that is so many later (negative: earlier)."""
    years, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(years, index + 1, 1)


def figures_of(
    db: Engine, services: Sequence[Service], actor: Actor, today: date, *, first: date, last: date
) -> Sequence[Figures]:
    """The figures of these services in each month from `first` to `last` (first days of months, both counted).

    For each month each service that had a request, then all together (`service` None); nothing for empty months.
    """
    with Session(db) as session:
        found = session.connection().execute(text(_FIGURES), _bound(services, actor, today, first, last)).mappings()
        return [Figures(**row) for row in found]


def behind(
    db: Engine,
    services: Sequence[Service],
    actor: Actor,
    today: date,
    figure: Figure,
    *,
    first: date,
    last: date,
    page: int | None = 1,
) -> Sequence[Counted]:
    """The requests behind a figure, by day; at most one more than a page holds, without a page all of them."""
    paged = "" if page is None else " LIMIT :most OFFSET :skip"
    statement = (
        f"{_REQUESTS} SELECT counted.*, p.mail_ref FROM counted JOIN process p ON p.id = counted.process_id "  # noqa: S608
        f"WHERE {_BEHIND[figure]} ORDER BY legal_due, mail_ref, subject{paged}"
    )
    bound = _bound(services, actor, today, first, last)
    if page is not None:
        bound |= {"most": SIZE + 1, "skip": SIZE * (page - 1)}
    with Session(db) as session:
        return [_counted(row, today) for row in session.connection().execute(text(statement), bound)]


def _bound(services: Sequence[Service], actor: Actor, today: date, first: date, last: date) -> dict[str, Any]:
    return {
        "authority": authority(),
        "bodies": [each.id for each in services],
        "viewer": actor.name,
        "day": today,
        "first": month_of(first),
        "until": month_after(last),
    }


def _counted(row: Any, today: date) -> Counted:
    ended = row.met_on or today
    outcome = Outcome(row.outcome)
    is_late = outcome in (Outcome.LATE, Outcome.OUT)
    return Counted(
        process_id=row.process_id,
        mail_ref=row.mail_ref,
        subject=row.subject,
        service_id=row.body_id,
        service=row.service,
        asked=row.start,
        due=row.legal_due,
        answered=row.met_on,
        outcome=outcome,
        days=(row.met_on - row.start).days if row.met_on else None,
        late=max(timedelta(), ended - row.legal_due).days if is_late else 0,
        promised=date.fromisoformat(row.promised) if row.promised else None,
        insufficient=row.insufficient,
        declined=row.declined,
        passed_on=row.passed_on,
        nil=row.nil,
    )
