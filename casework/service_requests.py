"""What a service was asked for: what it owes, what is late, what it gave, and how quickly.

A service's lead sees these by mail reference and never by name: the letters they get say no more. Restricted children
are absent, unless the lead is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.listing.details import details
from records.tables import Body

SIZE = 50
"""Rows of a page."""
COUNTED_FOR = timedelta(days=365)
"""How far back answers are shown and counted."""


class State(StrEnum):
    """How one request stands."""

    LATE = "late"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    ANSWERED_LATE = "answered_late"


@dataclass(frozen=True, slots=True)
class Service:
    """A body that can be asked for advice."""

    id: UUID
    category: str
    code: str
    name: str

    @property
    def called(self) -> str:
        """How addresses of pages name it."""
        return f"{self.category}/{self.code}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: of which service, `asked` and received on which day (None: the papers have not been sent yet),
    `due` by law or by the Code, `promised` by the service, `answered` on, and after how many calendar `days`."""

    process_id: UUID
    mail_ref: str
    service: str
    category: str
    asked: date | None
    due: date | None
    promised: date | None
    state: State
    answered: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Performance:
    """Open requests now, and those answered in the last year: how many in time, and the median of calendar days."""

    waiting: int
    late: int
    not_asked: int
    answered: int
    in_time: int
    median_days: float | None

    @property
    def open(self) -> int:
        """Everything that is still to be given."""
        return self.waiting + self.late + self.not_asked

    @property
    def in_time_percent(self) -> int | None:
        """Whole per cent of the answers that came in time; None where there was none."""
        return 100 * self.in_time // self.answered if self.answered else None


# The limit of a request is shown under the category alone where only one body of it was asked. The limits are read
# once, and each side is joined by what is equal in it: asked with an OR, Postgres looked at one request after another.
_ADVICE = (
    "WITH advice AS MATERIALIZED (SELECT process_id, id, subject, start, legal_due, standing, met_on FROM deadline "
    "WHERE authority = :authority AND limit_id IN ('reg8_advice', 'code_advice') AND to_day IS NULL) "
)
_LIMITS = "LEFT JOIN advice {it} ON {it}.process_id = a.process_id AND {it}.subject = a."
_CHOSEN = ", ".join(
    f"CASE WHEN own.id IS NULL THEN shared.{name} ELSE own.{name} END AS {name}"
    for name in ("id", "subject", "start", "legal_due", "standing", "met_on")
)
_REQUESTS = (
    "FROM advice_request a JOIN body b ON b.id = a.body_id JOIN process p ON p.id = a.process_id "
    f"JOIN person n ON n.id = p.person_id {_LIMITS.format(it='own')}subject {_LIMITS.format(it='shared')}category "
    f"CROSS JOIN LATERAL (SELECT {_CHOSEN}) d "
    "WHERE a.authority = :authority AND a.body_id = ANY(:bodies) AND a.mode = 'seek' "
    "AND (n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to))"
)
_OWED = "p.ended_on IS NULL AND (d.id IS NULL OR d.standing = 'open')"
_GIVEN = "d.met_on >= :since"
_ROWS = (
    _ADVICE + "SELECT a.process_id, a.subject, a.category, p.mail_ref, b.name AS service, "
    "d.subject AS shown, d.start, d.legal_due, d.standing, d.met_on " + _REQUESTS
)
_COUNTS = text(
    f"{_ADVICE}SELECT count(*) FILTER (WHERE {_OWED} AND d.id IS NULL) AS not_asked, "
    f"count(*) FILTER (WHERE {_OWED} AND d.legal_due < :day) AS late, "
    f"count(*) FILTER (WHERE {_OWED} AND d.legal_due >= :day) AS waiting, "
    f"count(*) FILTER (WHERE {_GIVEN}) AS answered, "
    f"count(*) FILTER (WHERE {_GIVEN} AND d.met_on <= d.legal_due) AS in_time, "
    f"percentile_cont(0.5) WITHIN GROUP (ORDER BY d.met_on - d.start) FILTER (WHERE {_GIVEN}) AS median_days "
    f"{_REQUESTS}"
)


def services_of(db: Engine, *, lead: bool, email: str | None, team: str | None) -> Sequence[Service]:
    """The services somebody may look at: all, or for a lead their own.

    Those whose lead or manager has the address; where there is none, those of the category that is called as the
    lead's team.
    """
    with Session(db) as session:
        query = select(Body).where(Body.authority == authority()).order_by(col(Body.category), col(Body.position))
        bodies = session.exec(query).all()
    if lead:
        mine = (email or "").strip().lower()
        named = [each for each in bodies if mine and mine in (_folded(each.lead_email), _folded(each.manager_email))]
        category = (team or "").strip().lower().replace(" ", "_")
        bodies = named or [each for each in bodies if category and each.category == category]
    return [Service(each.id, each.category, each.code, each.name) for each in bodies]


def performance(db: Engine, services: Sequence[Service], actor: Actor, today: date) -> Performance:
    """How these services stand together."""
    with db.connect() as connection:
        return Performance(**connection.execute(_COUNTS, _bound(services, actor, today)).mappings().one())


def requests_of(
    db: Engine,
    services: Sequence[Service],
    actor: Actor,
    today: date,
    *,
    answered: bool = False,
    page: int | None = 1,
) -> Sequence[Asked]:
    """What these services owe, the oldest first; or (`answered`) what they gave in the last year, the newest first.

    At most one row more than a page holds, to tell whether there is another; without a page all of them.
    """
    where = _GIVEN if answered else _OWED
    order = "d.met_on DESC, p.mail_ref" if answered else "d.legal_due NULLS LAST, p.mail_ref, a.subject"
    limit = "" if page is None else " LIMIT :most OFFSET :skip"
    bound = _bound(services, actor, today)
    if page is not None:
        bound |= {"most": SIZE + 1, "skip": SIZE * (page - 1)}
    with Session(db) as session:
        rows = _rows(session.connection(), f"{_ROWS} AND {where} ORDER BY {order}{limit}", bound)
        promised = _promised(session, () if answered else rows, today)
        return [_asked(row, promised, today) for row in rows]


def _rows(connection: Connection, statement: str, bound: Mapping[str, Any]) -> Sequence[Any]:
    return connection.execute(text(statement), bound).all()


def _bound(services: Sequence[Service], actor: Actor, today: date) -> dict[str, Any]:
    return {
        "authority": authority(),
        "bodies": [each.id for each in services],
        "viewer": actor.name,
        "day": today,
        "since": today - COUNTED_FOR,
    }


def _promised(session: Session, rows: Sequence[Any], today: date) -> Mapping[tuple[UUID, str], date | None]:
    known = details(session, {row.process_id for row in rows if row.standing}, today, today)
    return {(process, each.subject): each.promised for process, of in known.items() for each in of.here.owed}


def _asked(row: Any, promised: Mapping[tuple[UUID, str], date | None], today: date) -> Asked:
    return Asked(
        process_id=row.process_id,
        mail_ref=row.mail_ref,
        service=row.service,
        category=row.category,
        asked=row.start,
        due=row.legal_due,
        promised=promised.get((row.process_id, row.shown)),
        state=_state(row, today),
        answered=row.met_on,
        days=(row.met_on - row.start).days if row.met_on and row.start else None,
    )


def _state(row: Any, today: date) -> State:
    if row.met_on:
        return State.IN_TIME if row.met_on <= row.legal_due else State.ANSWERED_LATE
    if row.legal_due is None:
        return State.NOT_ASKED
    return State.LATE if row.legal_due < today else State.WAITING


def _folded(address: str | None) -> str:
    return (address or "").strip().lower()
