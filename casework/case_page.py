"""One case as its page shows it: everything read at once, by a number of questions that does not grow with the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendar_history import moved_days, with_history
from casework.calendars import calendar_known_at
from casework.case_advice import Advice, advice_of
from casework.case_head import Head, Opened, name_of, open_case
from casework.case_letters import Letter, letters_of
from casework.errors import Refused
from casework.families.telling import promised_days
from casework.forecast import Planned, forecast
from casework.known import end_of
from casework.policies import norms_of
from casework.recipients import Recipients
from casework.situations import Read, policy_to_follow, read_situation
from casework.without_advice import Without, without_advice
from config.clock import london_day
from records.ledger import texts_of
from records.tables import ContactNote, FactRow, Plan, Process, Review
from statute.calendar import Calendar
from statute.facts import Fact
from statute.policy import Policy
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import Timeline
from statute.words import day_words


@dataclass(frozen=True, slots=True)
class Excepted:
    """A relief as it was recorded, with what was written of it."""

    fact: Fact
    approver: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Related:
    """Another process of the same child. `cycle` counts the reviews of a plan from 1; 0 for an assessment."""

    id: UUID
    kind: str
    case_ref: str
    mail_ref: str
    plan_ref: str
    cycle: int
    opened_at: datetime
    ended_on: date | None
    here: bool


@dataclass(frozen=True, slots=True)
class Contacted:
    """The last contact about a case, and how many there were."""

    day: date
    way: str
    with_whom: str
    by: str
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """The last entry in the ledger: what, when, by whom and through which channel."""

    kind: str
    subject: str
    at: datetime
    by: str
    channel: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of one case shows.

    `facts` are those that stand on the timeline's day. `planned` are letters to come, `held_until` the last day of a
    mail hold (date.max: until further notice). `stand_ins` are the names of who has the officer's work today, `without`
    what was missing when it was decided to issue a plan, `promised` the days that the family
    was told of, by limit. `as_of` and `known_on` are set where it is not shown as it stands now.
    """

    head: Head
    timeline: Timeline
    facts: Sequence[Fact]
    advice: Sequence[Advice]
    letters: Sequence[Letter]
    planned: Sequence[Planned]
    exceptions: Sequence[Excepted]
    held_until: date | None
    related: Sequence[Related]
    contacted: Contacted | None
    changed: Change | None
    stand_ins: Sequence[str]
    without: Sequence[Without] = ()
    promised: Mapping[str, date] = field(default_factory=dict[str, date])
    as_of: date | None = None
    known_on: date | None = None

    @property
    def now(self) -> bool:
        """Whether it is shown as it stands now."""
        return self.as_of is None and self.known_on is None


def case_page(
    db: Engine,
    reference: str,
    actor: Actor,
    now: datetime,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
) -> CasePage:
    """The page of a case as it stands, as of a day on today's knowledge, or as it was known at the end of a day.

    Raises UnknownCase; Refused when nothing had been recorded by `known_on`.
    """
    with Session(db) as session:
        opened = open_case(session, reference, actor, london_day(now))
        policy = policy_to_follow(session)
        read = read_situation(session, opened.case.process, policy, now)
        facts = _known(opened, known_on)
        day = as_of or known_on or london_day(now)
        timeline = _timeline(session, opened, read, policy, facts, day, known_on)
        stands = standing(facts, day)
        recipients = Recipients(opened.directory, opened.case.process, opened.case.person, read.requests)
        letters = letters_of(session, opened.head.id)
        texts = texts_of(session, opened.head.id)
        return CasePage(
            head=opened.head,
            timeline=timeline,
            facts=stands,
            advice=advice_of(timeline, stands, read.requests, recipients, letters),
            letters=letters,
            planned=_planned(opened, read, policy, recipients, letters),
            exceptions=_exceptions(opened, stands, texts),
            held_until=read.situation.asking.held_until(london_day(now)),
            related=_related(session, opened),
            contacted=_contacted(session, opened),
            changed=_changed(session, opened),
            stand_ins=_stand_ins(opened),
            without=without_advice(opened.head.kind, stands, texts),
            promised=promised_days(session, opened.head.id),
            as_of=as_of,
            known_on=known_on,
        )


def _stand_ins(opened: Opened) -> Sequence[str]:
    return [name_of(opened.directory, each) for each in opened.directory.covers.stand_ins(opened.head.officer or "")]


def _known(opened: Opened, known_on: date | None) -> Sequence[Fact]:
    if known_on is None:
        return opened.case.facts
    until = end_of(known_on)
    known = [fact for fact in opened.case.facts if fact.recorded_at and fact.recorded_at <= until]
    if not known:
        raise Refused(f"Nothing of this case had been recorded by {day_words(known_on)}. Choose a later day.")
    return known


def _timeline(
    session: Session,
    opened: Opened,
    read: Read,
    policy: Policy,
    facts: Sequence[Fact],
    day: date,
    known_on: date | None,
) -> Timeline:
    known_at = end_of(known_on) if known_on else None
    calendar = calendar_known_at(session, known_at) if known_at else read.situation.calendar
    found = _work_out(opened, policy, calendar, facts, day)
    return with_history(found, moved_days(session, opened.head.id, known_at))


def _work_out(opened: Opened, policy: Policy, calendar: Calendar, facts: Sequence[Fact], day: date) -> Timeline:
    return timeline_of(
        opened.head.kind,
        facts,
        day,
        norms=norms_of(policy),
        due_soon_days=policy.due_soon_days,
        calendar=calendar,
    )


def _planned(
    opened: Opened, read: Read, policy: Policy, recipients: Recipients, letters: Sequence[Letter]
) -> Sequence[Planned]:
    if not opened.head.armed:
        return ()
    facts, calendar = opened.case.facts, read.situation.calendar
    claimed = {letter.key for letter in letters}
    return forecast(
        read.situation, facts, lambda day: _work_out(opened, policy, calendar, facts, day), recipients, claimed
    )


def _exceptions(opened: Opened, stands: Sequence[Fact], texts: Mapping[int, Mapping[str, str]]) -> Sequence[Excepted]:
    reliefs = [fact for fact in stands if fact.kind == "relief"]
    names = [name_of(opened.directory, fact.attributes.get("approver")) for fact in reliefs]
    return [Excepted(fact, name, texts.get(fact.sequence, {})) for fact, name in zip(reliefs, names, strict=True)]


def _related(session: Session, opened: Opened) -> Sequence[Related]:
    query = (
        select(Process, Plan.plan_ref, Review.cycle)
        .join(Review, col(Review.process_id) == col(Process.id), isouter=True)
        .join(Plan, col(Plan.id) == col(Review.plan_id), isouter=True)
        .where(Process.person_id == opened.head.child.id, Process.authority == opened.case.process.authority)
        .order_by(col(Process.opened_at), col(Review.cycle), col(Process.case_ref))
    )
    return [_one_related(process, plan or "", cycle or 0, opened) for process, plan, cycle in session.exec(query)]


def _one_related(process: Process, plan_ref: str, cycle: int, opened: Opened) -> Related:
    return Related(
        id=process.id,
        kind=process.kind,
        case_ref=process.case_ref,
        mail_ref=process.mail_ref,
        plan_ref=plan_ref,
        cycle=cycle,
        opened_at=process.opened_at,
        ended_on=process.ended_on,
        here=process.id == opened.head.id,
    )


def _contacted(session: Session, opened: Opened) -> Contacted | None:
    query = (
        select(ContactNote, func.count().over())
        .where(ContactNote.process_id == opened.head.id)
        .order_by(col(ContactNote.day).desc(), col(ContactNote.recorded_at).desc())
        .limit(1)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    note, count = found
    return Contacted(note.day, note.way, note.with_whom, name_of(opened.directory, note.recorded_by), count)


def _changed(session: Session, opened: Opened) -> Change | None:
    query = select(FactRow).where(FactRow.process_id == opened.head.id, FactRow.sequence == opened.head.version)
    row = session.exec(query).first()
    if row is None:
        return None
    return Change(row.kind, row.subject, row.recorded_at, name_of(opened.directory, row.recorded_by), row.channel)
