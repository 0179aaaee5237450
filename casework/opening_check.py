"""What to look at before a case is opened: who is on record already, and the days that will follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendars import calendar_in_force
from casework.cases import authority, may_see
from casework.identifiers import tidy_upn
from casework.opening import start_of
from casework.opening_form import Opening
from casework.people import identity_in, look_up
from casework.policies import norms_of, policy_in_force
from config.clock import london_day
from records.ledger import facts_of_many
from records.tables import Officer, Person, Process, Setting
from statute.facts import Fact
from statute.judgement import Judgement, judge
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import Timeline


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """One case on record of a child: `last` says what happened last in it, on `last_day`."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    kind: str
    began: date
    ended_on: date | None
    last: str
    last_day: date
    officer: str


@dataclass(frozen=True, slots=True)
class EarlierChild:
    """A child on record who is the one of an opening (`same`), or perhaps is; `by_upn`: the pupil number says so."""

    person_id: UUID
    surname: str
    forename: str
    date_of_birth: date | None
    upn: str
    setting: str
    same: bool
    by_upn: bool
    cases: tuple[EarlierCase, ...]

    @property
    def open_assessment(self) -> EarlierCase | None:
        """The assessment that has not ended: another request moves nothing in it."""
        return next((case for case in self.cases if case.kind == ASSESSMENT and case.ended_on is None), None)

    @property
    def review(self) -> EarlierCase | None:
        """The review that has not ended: the child has a plan."""
        return next((case for case in self.cases if case.kind == ANNUAL_REVIEW and case.ended_on is None), None)


def earlier_children(db: Engine, opening: Opening, actor: Actor) -> tuple[EarlierChild, ...]:
    """Who on record is or may be the child of an opening, the same one first; only whom the actor may see."""
    with Session(db) as session:
        found = look_up(session, identity_in(opening))
        people = [person for person in (*filter(None, [found.same]), *found.perhaps) if may_see(person, actor)]
        return _children(session, people, found.same, tidy_upn(opening.upn)) if people else ()


def days_to_come(db: Engine, opening: Opening, now: datetime) -> Timeline:
    """The timeline that the case would have, worked out by the law and the calendar in force."""
    with Session(db) as session:
        policy = policy_in_force(session)
        return timeline_of(
            ASSESSMENT,
            [start_of(opening)],
            london_day(now),
            norms=norms_of(policy),
            due_soon_days=policy.due_soon_days,
            calendar=calendar_in_force(session),
        )


def judged_start(opening: Opening, now: datetime) -> Judgement:
    """What the law says of the fact that would start the case."""
    return judge((), start_of(opening), london_day(now))


def _children(session: Session, people: Sequence[Person], same: Person | None, upn: str) -> tuple[EarlierChild, ...]:
    cases = _cases(session, [person.id for person in people])
    settings = _settings(session, [person.setting_urn for person in people if person.setting_urn])
    return tuple(
        EarlierChild(
            person.id,
            person.surname,
            person.forename,
            person.date_of_birth,
            person.upn or "",
            settings.get(person.setting_urn or "", person.setting_urn or ""),
            same is not None and person.id == same.id,
            person.upn_verified and person.upn == upn,
            tuple(cases.get(person.id, ())),
        )
        for person in people
    )


def _cases(session: Session, people: Sequence[UUID]) -> Mapping[UUID, list[EarlierCase]]:
    query = select(Process, Officer.name).where(col(Process.person_id).in_(people))
    whose = (col(Officer.username) == col(Process.officer)) & (col(Officer.authority) == col(Process.authority))
    rows = session.exec(query.join(Officer, whose, isouter=True).order_by(col(Process.opened_at).desc())).all()
    facts = facts_of_many(session, [process.id for process, _ in rows])
    found: dict[UUID, list[EarlierCase]] = {}
    for process, officer in rows:
        if known := standing(facts[process.id]):
            found.setdefault(process.person_id, []).append(_case(process, officer, known))
    return found


def _case(process: Process, officer: str | None, known: Sequence[Fact]) -> EarlierCase:
    last = max(known, key=lambda fact: (fact.day, fact.sequence))
    return EarlierCase(
        process.id,
        process.case_ref,
        process.mail_ref,
        process.kind,
        min(fact.day for fact in known),
        process.ended_on,
        KINDS[last.kind].words,
        last.day,
        officer or process.officer or "",
    )


def _settings(session: Session, urns: Sequence[str]) -> Mapping[str, str]:
    if not urns:
        return {}
    query = select(Setting.urn, Setting.name).where(Setting.authority == authority(), col(Setting.urn).in_(urns))
    return dict(session.exec(query).all())
