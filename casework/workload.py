"""How the work is spread: for each officer what is open, late, due and can still be saved; and cases with nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, select

from casework.actor import Actor
from casework.cases import authority
from casework.cover import Covers, covers_on
from casework.in_hand import COUNTED, HIDDEN
from casework.list_queries import SEEN, Query, due_query, overdue_query
from casework.listing.queries import saveable_query
from casework.staff import MAY_HAVE_CASES
from records.tables import Officer

WEEK = timedelta(days=7)
"""What is due soon: today and in the seven days after."""

LISTED = 50
"""Cases without an officer that are named on the page."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer has. `username` is None for cases that nobody has; `known` False for a name in no directory.

    `assessments` and `plans` are open; `reviews` are those of the plans' reviews whose clock runs. `overdue` and
    `due` count limits (advice that services owe among them), `saveable` plans whose 20 weeks can still be kept;
    `oldest` is the request that has waited longest. `away` and `stand_ins` tell of cover today.
    """

    username: str | None
    name: str
    team: str | None
    role: str
    active: bool
    known: bool
    assessments: int = 0
    plans: int = 0
    reviews: int = 0
    overdue: int = 0
    due: int = 0
    saveable: int = 0
    oldest: date | None = None
    away: date | None = None
    stand_ins: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """Cases that have not ended."""
        return self.assessments + self.plans

    @property
    def left(self) -> bool:
        """Whether the cases have nobody who works on them: an officer who left, or a name in no directory."""
        return self.username is not None and not self.active

    def weeks_waited(self, today: date) -> int | None:
        """Whole weeks since the oldest request."""
        return (today - self.oldest).days // 7 if self.oldest else None


@dataclass(frozen=True, slots=True)
class Case:
    """A case that nobody has, or one to be given away."""

    process_id: UUID
    person_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    process: str
    due: date | None
    officer: str | None
    team: str | None


_COUNTED = text(COUNTED)
# Of a plan with two open reviews the case is the older one, and the other goes with it.
_CASES = (
    "SELECT p.id, p.person_id, p.mail_ref, p.case_ref, p.kind, p.officer, p.team, n.forename, n.surname, "  # noqa: S608 - as above
    "(SELECT min(d.legal_due) FROM deadline d WHERE d.process_id = p.id AND d.to_day IS NULL AND d.standing = 'open') "
    "AS due FROM process p JOIN person n ON n.id = p.person_id LEFT JOIN review v ON v.process_id = p.id "
    f"WHERE p.authority = :authority AND p.ended_on IS NULL AND NOT {HIDDEN} "
    "AND NOT EXISTS (SELECT FROM review e JOIN process q ON q.id = e.process_id AND q.ended_on IS NULL "
    "WHERE e.plan_id = v.plan_id AND e.cycle < v.cycle) AND {whose} ORDER BY due, p.mail_ref LIMIT :most OFFSET :skip"
)
# Said in one way for both, the index of open cases would not be used for either.
_OF_ONE, _OF_NOBODY = "p.officer = :officer", "p.officer IS NULL"


def workload(db: Engine, actor: Actor, today: date, *, team: str | None = None) -> Sequence[Load]:
    """Every officer who works on cases or has some, by name: first cases that nobody has, then of those who left.

    With `team` only officers of it, and what lies with nobody. Restricted people count for those who are named.
    """
    with Session(db) as session:
        officers = {
            each.username: each for each in session.exec(select(Officer).where(Officer.authority == authority()))
        }
        covers = covers_on(session, today)
        counted = _counts(session.connection(), actor, today)
    found = [_load(username, officers, counted.get(username, {}), covers) for username in _names(officers, counted)]
    wanted = [load for load in found if team in (None, load.team) or load.username is None or not load.known]
    return sorted(wanted, key=lambda load: (load.username is not None, not load.left, load.name))


def cases_of(db: Engine, officer: str | None, actor: Actor, *, most: int = LISTED, skip: int = 0) -> Sequence[Case]:
    """The open cases of an officer (None: of nobody), what is due first on top."""
    with Session(db) as session:
        bound = {"authority": authority(), "viewer": actor.name, "officer": officer, "most": most, "skip": skip}
        statement = text(_CASES.format(whose=_OF_NOBODY if officer is None else _OF_ONE))
        return tuple(_case(row) for row in session.connection().execute(statement, bound))


def cases_called(db: Engine, mail_refs: Sequence[str], actor: Actor) -> Sequence[Case]:
    """Those open cases of these mail references that the actor may see."""
    with Session(db) as session:
        bound = {"authority": authority(), "viewer": actor.name, "refs": list(mail_refs), "most": None, "skip": 0}
        statement = text(_CASES.format(whose="p.mail_ref = ANY(:refs)"))
        return tuple(_case(row) for row in session.connection().execute(statement, bound))


def _case(row: Any) -> Case:
    name = f"{row.surname}, {row.forename}"
    return Case(row.id, row.person_id, row.mail_ref, row.case_ref, name, row.kind, row.due, row.officer, row.team)


def _names(officers: Mapping[str, Officer], counted: Mapping[str | None, Any]) -> Sequence[str | None]:
    """Whoever has cases, and whoever could have some."""
    working = {name for name, each in officers.items() if each.active and each.role in MAY_HAVE_CASES}
    return [*counted, *(name for name in working if name not in counted)]


def _load(username: str | None, officers: Mapping[str, Officer], counts: Mapping[str, Any], covers: Covers) -> Load:
    officer = officers.get(username or "")
    return Load(
        username=username,
        name=officer.name if officer else username or "Nobody",
        team=officer.team if officer else None,
        role=officer.role if officer else "",
        active=officer is not None and officer.active,
        known=officer is not None,
        away=covers.last_day(username or ""),
        stand_ins=tuple(officers[name].name for name in covers.stand_ins(username or "") if name in officers),
        **counts,
    )


def _counts(connection: Connection, actor: Actor, today: date) -> Mapping[str | None, dict[str, Any]]:
    bound = {"authority": authority(), "viewer": actor.name}
    found: dict[str | None, dict[str, Any]] = {}
    for row in connection.execute(_COUNTED, bound).mappings():
        found[row["officer"]] = {name: row[name] for name in ("assessments", "plans", "reviews")}
    limits = {
        "overdue": ("count(*)", overdue_query(today, today)),
        "due": ("count(*)", due_query(today, today + WEEK)),
        "saveable": ("count(*)", saveable_query(today)),
        "oldest": ("min(d.start)", Query((_WAITING,), {"day": today})),
    }
    for name, (worked_out, query) in limits.items():
        for officer, value in _grouped(connection, worked_out, query, bound):
            # A limit can outlive its case for a moment only; what no open case stands behind is nobody's work.
            if officer in found:
                found[officer][name] = value
    return found


_WAITING = "d.to_day IS NULL AND d.standing IN ('open', 'lifted') AND d.limit_id = 'reg13_final_plan'"


def _grouped(
    connection: Connection, worked_out: str, query: Query, bound: Mapping[str, Any]
) -> Sequence[tuple[str | None, Any]]:
    where = " AND ".join(("d.authority = :authority", *query.conditions, SEEN))
    statement = f"SELECT d.officer, {worked_out} FROM deadline d WHERE {where} GROUP BY d.officer"  # noqa: S608 - as above
    return [(row[0], row[1]) for row in connection.execute(text(statement), {**query.bound, **bound})]
