"""What a service was asked for: what it owes, what is late, what it gave, and how quickly.

A service's lead sees these by mail reference and never by name: the letters they get say no more. Restricted children
are absent, unless the lead is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.listing.details import promised
from records.ledger import facts_of_many
from records.tables import Body
from statute.advice import requests
from statute.kind import ASSESSMENT
from statute.standing import standing

SIZE = 50
"""Rows of a page."""
COUNTED_FOR = timedelta(days=365)
"""How far back answers are shown and counted."""

Key = tuple[date | None, str, str]
"""Where a page ended: the day by which it is due (or on which it was answered), mail reference and subject."""


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
    subject: str
    service: str
    category: str
    asked: date | None
    due: date | None
    promised: date | None
    state: State
    answered: date | None
    days: int | None

    @property
    def key(self) -> Key:
        """Give the last row's key as `after` to get those behind it."""
        return self.answered or self.due, self.mail_ref, self.subject


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


@dataclass(frozen=True, slots=True)
class Requests:
    """A page of requests, and how their services stand together."""

    rows: Sequence[Asked]
    performance: Performance


# The limit of a request is shown under the category alone where only one body of it was asked.
SHOWN = (
    "(s.subject = a.subject OR s.subject = a.category AND NOT EXISTS (SELECT FROM deadline o "
    "WHERE o.process_id = a.process_id AND o.limit_id IN ('reg8_advice', 'code_advice') AND o.subject = a.subject "
    "AND o.to_day IS NULL))"
)
HIDDEN = (
    "SELECT h.id FROM person n JOIN process h ON h.person_id = n.id "
    "WHERE n.sensitivity = 'restricted' AND NOT :viewer = ANY (n.restricted_to)"
)
# Read once, for what is shown and for what is counted: limits and requests are joined by what is equal in them, for
# with an OR alone Postgres looked at one request after another. `running` is the mail reference of an open case.
_ASKED = (
    "WITH asked AS MATERIALIZED (SELECT a.process_id, a.subject, a.category, b.name AS service, s.subject AS shown, "  # noqa: S608
    "s.start, s.legal_due, s.standing, s.met_on, r.mail_ref AS running "
    "FROM advice_request a JOIN body b ON b.id = a.body_id "
    "LEFT JOIN deadline s ON s.process_id = a.process_id AND s.service = a.category AND s.to_day IS NULL "
    f"AND s.limit_id IN ('reg8_advice', 'code_advice') AND {SHOWN} "
    f"LEFT JOIN process r ON r.id = a.process_id AND r.kind = '{ASSESSMENT}' AND r.ended_on IS NULL "
    "WHERE a.authority = :authority AND a.body_id = ANY(:bodies) AND a.mode = 'seek' "
    f"AND a.process_id NOT IN ({HIDDEN}))"
)
_OWED = "running IS NOT NULL AND (standing IS NULL OR standing = 'open')"
_GIVEN = "met_on >= :since"
_COUNTED = (
    f"SELECT count(*) FILTER (WHERE {_OWED} AND standing IS NULL) AS not_asked, "  # noqa: S608 - nothing in it was typed
    f"count(*) FILTER (WHERE {_OWED} AND legal_due < :day) AS late, "
    f"count(*) FILTER (WHERE {_OWED} AND legal_due >= :day) AS waiting, "
    f"count(*) FILTER (WHERE {_GIVEN}) AS answered, "
    f"count(*) FILTER (WHERE {_GIVEN} AND met_on <= legal_due) AS in_time, "
    f"percentile_cont(0.5) WITHIN GROUP (ORDER BY met_on - start) FILTER (WHERE {_GIVEN}) AS median_days FROM asked"
)
# What waits for its papers has no day yet, and stands last.
_OWED_KEY = "coalesce(legal_due, 'infinity'), mail_ref, subject"
_BEHIND_OWED = f"({_OWED_KEY}) > (coalesce(CAST(:after_day AS date), 'infinity'), :after_ref, :after_subject)"
_ALL_OWED = f"SELECT *, running AS mail_ref FROM asked WHERE {_OWED}"  # noqa: S608 - as above
_GIVEN_KEY = "met_on DESC, mail_ref, subject"
_BEHIND_GIVEN = "(met_on < :after_day OR met_on = :after_day AND (mail_ref, subject) > (:after_ref, :after_subject))"
_ALL_GIVEN = f"SELECT asked.*, p.mail_ref FROM asked JOIN process p ON p.id = asked.process_id WHERE {_GIVEN}"  # noqa: S608

_PROMISES = text("SELECT DISTINCT process_id FROM fact WHERE process_id = ANY(:wanted) AND kind = 'advice_expected'")


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


def requests_of(
    db: Engine,
    services: Sequence[Service],
    actor: Actor,
    today: date,
    *,
    answered: bool = False,
    page: int | None = 1,
    after: Key | None = None,
    size: int = SIZE,
) -> Sequence[Asked]:
    """What these services owe, the oldest first; or (`answered`) what they gave in the last year, the newest first.

    At most one row more than a page of that `size` holds, to tell whether there is another; without a page all of
    them; with `after` those behind the row of that key.
    """
    return service_page(db, services, actor, today, answered=answered, page=page, after=after, size=size).rows


def service_page(
    db: Engine,
    services: Sequence[Service],
    actor: Actor,
    today: date,
    *,
    answered: bool = False,
    page: int | None = 1,
    after: Key | None = None,
    size: int = SIZE,
) -> Requests:
    """`requests_of` these services together with their `performance`, in one question."""
    bound = _bound(services, actor, today)
    if page is not None:
        bound |= {"most": size + 1, "skip": size * (page - 1)}
    if after is not None:
        bound |= dict(zip(("after_day", "after_ref", "after_subject"), after, strict=True))
    with Session(db) as session:
        statement = _statement(answered, paged=page is not None, behind=after is not None)
        # Where there is no request, one row still says how the services stand.
        first, *_ = found = session.connection().execute(text(statement), bound).all()
        rows = [row for row in found if row.process_id is not None]
        told = _promised(session, () if answered else rows, today)
        return Requests([_asked(row, told, today) for row in rows], _performance(first))


def _statement(answered: bool, *, paged: bool, behind: bool) -> str:
    every, key, rest = (_ALL_GIVEN, _GIVEN_KEY, _BEHIND_GIVEN) if answered else (_ALL_OWED, _OWED_KEY, _BEHIND_OWED)
    limit = " LIMIT :most OFFSET :skip" if paged else ""
    after = f" WHERE {rest}" if behind else ""
    return (
        f"{_ASKED}, counted AS ({_COUNTED}), page AS (SELECT * FROM ({every}) AS every{after} ORDER BY {key}{limit}) "  # noqa: S608
        f"SELECT * FROM counted LEFT JOIN page ON true ORDER BY {key}"
    )


def _performance(row: Any) -> Performance:
    return Performance(**{each.name: getattr(row, each.name) for each in fields(Performance)})


def _bound(services: Sequence[Service], actor: Actor, today: date) -> dict[str, Any]:
    return {
        "authority": authority(),
        "bodies": [each.id for each in services],
        "viewer": actor.name,
        "day": today,
        "since": today - COUNTED_FOR,
    }


def _promised(session: Session, rows: Sequence[Any], today: date) -> Mapping[tuple[UUID, str], date | None]:
    """What was promised, of those cases alone in which anything was: few are, and their facts are all that is read."""
    wanted = {row.process_id for row in rows if row.standing}
    ids = session.connection().execute(_PROMISES, {"wanted": sorted(wanted)}).scalars().all() if wanted else ()
    known = facts_of_many(session, ids)
    return {
        (process, each.subject): promised(each)
        for process, facts in known.items()
        for each in requests(standing(facts, today))
        if each.is_open
    }


def _asked(row: Any, told: Mapping[tuple[UUID, str], date | None], today: date) -> Asked:
    return Asked(
        process_id=row.process_id,
        mail_ref=row.mail_ref,
        subject=row.subject,
        service=row.service,
        category=row.category,
        asked=row.start,
        due=row.legal_due,
        promised=told.get((row.process_id, row.shown)),
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
