"""What one officer has to do today, this week and since long; for whom they wait; what they have just heard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.answering.waiting import Waiting as WaitingAnswer
from casework.answering.waiting import waiting_answers
from casework.cases import authority
from casework.cover import Covers, covers_on
from casework.families.mine import LetterTask, waiting_letters
from casework.listing.actions import next_action
from casework.listing.details import Details, details
from casework.my_work_queries import answered, odd, own_query, waiting_query, windows_query
from records.tables import Officer

SHOWN = 10
"""Rows of a heading; all of them stand on the lists that it links to."""
OF_EACH = 5
"""Rows for each of those who are waited for."""
FAMILIES, SETTINGS, REPORTS = "families", "settings", "reports"
_GROUPS: Mapping[str, str] = {
    "reg13_representations": FAMILIES,
    "reg22_representations": FAMILIES,
    "code_consultation": SETTINGS,
    "reg20_notice": REPORTS,
    "reg20_papers": REPORTS,
    "reg20_report": REPORTS,
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing in one case: what is owed, by which legal day, and what to do about it now.

    `do_by` is the last working day on or before the legal day; `who` owes it where it is not the authority, since
    `asked`, and has promised it for `promised`. `officer` is whose case it is; `also` are other limits of the case
    that stand under the same heading.
    """

    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    limit: str
    subject: str
    due: date
    do_by: date
    days_late: int
    action: str
    officer: str
    who: str = ""
    asked: date | None = None
    promised: date | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """The first cases of a heading, and how many there are in all."""

    rows: Sequence[Task] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Those who are waited for: the category of advice (category/body where one was named), or families, settings,
    reports. `late` of the `number` are past their day."""

    whom: str
    rows: Sequence[Task]
    number: int
    late: int


@dataclass(frozen=True, slots=True)
class News:
    """What happened in a case and was not taken up yet: the kind and subject of a fact and its day; or, of a letter,
    `kind` held or failed with the reason."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    kind: str
    subject: str
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MyWork:
    """`to_deal_with` are answers by a link, and `letters` letters to families, that wait for a person. `covering` are
    those somebody stands in for today, each with the last day; `stand_ins` who stands in for them.
    """

    due_today: Some
    this_week: Some
    overdue: Some
    waiting: Sequence[Waiting]
    answered: Sequence[News]
    to_deal_with: Sequence[WaitingAnswer]
    letters: Sequence[LetterTask]
    odd: Sequence[News]
    covering: Sequence[tuple[str, str, date]]
    stand_ins: Sequence[str]

    @property
    def waits(self) -> int:
        """How much is waited for."""
        return sum(each.number for each in self.waiting)

    @property
    def late(self) -> int:
        """How much of it is past its day."""
        return sum(each.late for each in self.waiting)

    @property
    def processes(self) -> set[UUID]:
        """The cases that are shown."""
        headings = (self.due_today, self.this_week, self.overdue, *self.waiting)
        shown = {task.process_id for each in headings for task in each.rows}
        return shown | {each.process_id for each in (*self.answered, *self.to_deal_with, *self.letters, *self.odd)}


def my_work(db: Engine, actor: Actor, today: date, *, by_hand: bool = True, manages: bool = False) -> MyWork:
    """The work of the actor and of whomever they stand in for today, in as many questions however much there is.

    Restricted children appear only to actors who are named, whoever they stand in for. `by_hand`: letters on paper are
    printed and posted by officers. Who `manages` deals with answers of cases without an officer.
    """
    with Session(db) as session:
        covers = covers_on(session, today)
        officers = [actor.name, *covers.covered_by(actor.name)]
        found = _Found(session, officers, actor, today, by_hand=by_hand, manages=manages)
        known = details(session, found.processes, today, today)
        return found.told(known, _names(session, covers, officers), covers)


class _Found:
    """What the questions answered, sorted under the headings before the details of what is shown are read."""

    def __init__(
        self, session: Session, officers: Sequence[str], actor: Actor, today: date, *, by_hand: bool, manages: bool
    ) -> None:
        connection = session.connection()
        self.actor, self.today, self.officers = actor, today, officers
        own = own_query(officers, today, today + timedelta(days=7)).rows(connection, actor.name, None)
        self.overdue = _by_case(row for row in own if row["legal_due"] < today)
        ahead = [row for row in own if row["legal_due"] >= today]
        self.due_today = _by_case(row for row in ahead if _do_by(row) <= today)
        self.this_week = _by_case(row for row in ahead if _do_by(row) > today)
        waiting = waiting_query(officers, today).rows(connection, actor.name, None)
        waiting += windows_query(officers, today).rows(connection, actor.name, None)
        self.waiting: dict[str, list[Mapping[str, Any]]] = {}
        for row in waiting:
            self.waiting.setdefault(_GROUPS.get(row["limit_id"], row["subject"]), []).append(row)
        self.answered = answered(connection, officers, actor.name, today, SHOWN * 2)
        self.to_deal_with = waiting_answers(connection, officers, actor.name, SHOWN * 2, manages=manages)
        self.letters = waiting_letters(connection, officers, actor.name, SHOWN * 2, by_hand=by_hand)
        self.odd = odd(connection, officers, actor.name, today, SHOWN * 2)

    @property
    def processes(self) -> set[UUID]:
        """The processes that will be shown."""
        rows = [*self.overdue[:SHOWN], *self.due_today[:SHOWN], *self.this_week[:SHOWN]]
        rows += [row for each in self.waiting.values() for row in each[:OF_EACH]]
        news = [*self.answered, *self.odd]
        return {row["process_id"] for row in rows} | {each.process_id for each in news}

    def told(self, known: Mapping[UUID, Details], names: Mapping[str, str], covers: Covers) -> MyWork:
        """Everything under its heading."""
        me, *covered = self.officers
        return MyWork(
            due_today=self._some(self.due_today, known, names),
            this_week=self._some(self.this_week, known, names),
            overdue=self._some(self.overdue, known, names),
            waiting=tuple(self._waiting(known, names)),
            answered=_answered(self.answered, known),
            to_deal_with=self.to_deal_with,
            letters=self.letters,
            odd=tuple(_odd(row, known[row.process_id]) for row in self.odd),
            covering=[(who, names[who], covers.last_day(who) or self.today) for who in covered],
            stand_ins=[names[each] for each in covers.stand_ins(me) if each in names],
        )

    def _some(self, rows: Sequence[Mapping[str, Any]], known: Mapping[UUID, Details], names: Mapping[str, str]) -> Some:
        return Some(tuple(_task(row, known, names, self.today) for row in rows[:SHOWN]), len(rows))

    def _waiting(self, known: Mapping[UUID, Details], names: Mapping[str, str]) -> Iterable[Waiting]:
        """Whoever owes most late things first."""
        found = [
            Waiting(
                whom=whom,
                rows=tuple(_task(row, known, names, self.today) for row in rows[:OF_EACH]),
                number=len(rows),
                late=sum(row["legal_due"] < self.today for row in rows),
            )
            for whom, rows in self.waiting.items()
        ]
        return sorted(found, key=lambda each: (-each.late, -each.number, each.whom))


def _by_case(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first limit of each case, with the others in `also`: one letter often meets several."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        first = found.setdefault(row["process_id"], {**row, "also": ()})
        if first["limit_id"] != row["limit_id"]:
            first["also"] = (*first["also"], row["limit_id"])
    return list(found.values())


def _do_by(row: Mapping[str, Any]) -> date:
    return row["operational_due"] or row["legal_due"]


def _task(row: Mapping[str, Any], known: Mapping[UUID, Details], names: Mapping[str, str], today: date) -> Task:
    of = known[row["process_id"]]
    owed = next((each for each in of.here.owed if each.subject == row["subject"]), None)
    return Task(
        process_id=row["process_id"],
        mail_ref=of.mail_ref,
        case_ref=row["case_ref"],
        name=of.name,
        limit=row["limit_id"],
        subject=row["subject"],
        due=row["legal_due"],
        do_by=_do_by(row),
        days_late=(today - row["legal_due"]).days,
        action=next_action(row["limit_id"], row["subject"], of.here),
        officer=names.get(row["officer"] or "", ""),
        who=owed.who if owed else of.here.school if row["limit_id"].startswith("reg20") else "",
        asked=owed.asked if owed else row["start"],
        promised=owed.promised if owed else None,
        also=row.get("also", ()),
    )


def _answered(rows: Iterable[Any], known: Mapping[UUID, Details]) -> tuple[News, ...]:
    """What stands of it: a retraction is as good as if nothing had come."""
    found: list[News] = []
    for row in rows:
        of = known[row.process_id]
        stands = next((fact for fact in of.facts if fact.sequence == row.sequence), None)
        if stands is not None:
            found.append(News(row.process_id, of.mail_ref, row.case_ref, of.name, row.kind, row.subject, stands.day))
    return tuple(found)


def _odd(row: Any, of: Details) -> News:
    day = row.due_at.date()
    return News(row.process_id, of.mail_ref, row.case_ref, of.name, row.status, row.subject, day, row.reason)


def _names(session: Session, covers: Covers, officers: Sequence[str]) -> Mapping[str, str]:
    wanted = {*officers, *covers.stand_ins(officers[0])}
    query = select(Officer).where(Officer.authority == authority(), col(Officer.username).in_(wanted))
    return {name: name for name in wanted} | {each.username: each.name for each in session.exec(query)}
