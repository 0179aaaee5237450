"""The cycles of a plan: one process for each review, and how one begins."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from string import ascii_uppercase
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.actor import ENGINE, Actor
from casework.calendars import calendar_in_force
from casework.cases import Case, authority
from casework.policies import norms_of, policy_in_force
from casework.refresh import add_rows, refresh, rows_of, write_wakes
from casework.running import keep_end, keep_opening
from config.clock import london_day
from records.ledger import NO_TEXTS, append_chains, append_many, facts_of_many
from records.mailref import new_refs
from records.tables import FactRow, Person, Plan, Process, Review
from records.writing import insert_now
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.kinds import VOIDS
from statute.standing import standing


@dataclass(slots=True)
class Cycle:
    """One cycle of a plan: its case, its review, and whether anybody but the engine has recorded anything in it."""

    case: Case
    review: Review
    by_people: bool

    @property
    def number(self) -> int:
        """Its place among the cycles of the plan, from 1."""
        return self.review.cycle

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.case.process.ended_on is None

    @property
    def void(self) -> bool:
        """Whether it was found to have been opened in error, or to belong to another."""
        return any(fact.kind in VOIDS for fact in self.stands)

    @property
    def stands(self) -> tuple[Fact, ...]:
        """The facts of it that stand."""
        return standing(self.case.facts)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A cycle to begin: the plan, whose it is, its number, its starting facts, and where it belongs.

    `armed_from` is the moment from which it may send mail (None: quiet), let by `armed_by`.
    """

    plan: Plan
    person: Person
    number: int
    facts: Sequence[Fact]
    officer: str | None = None
    team: str | None = None
    armed_from: datetime | None = None
    armed_by: str | None = None
    imported: bool = False


def begin(session: Session, beginnings: Sequence[Beginning], actor: Actor, now: datetime) -> list[Cycle]:
    """Begin cycles, all at once: processes, facts, reviews, deadlines, and word to the clocks of those that are open.

    The plans must be written already. The facts are recorded as they are: whoever says them has judged them.
    """
    if not beginnings:
        return []
    refs = free_refs(session, [f"{each.plan.plan_ref}/R{each.number}" for each in beginnings])
    processes = [
        _process(each, ref, mail_ref, now)
        for each, ref, mail_ref in zip(beginnings, refs, new_refs(session, len(beginnings)), strict=True)
    ]
    pairs = list(zip(beginnings, processes, strict=True))
    chains = [(process, [(fact, NO_TEXTS) for fact in each.facts]) for each, process in pairs]
    append_chains(session, chains, actor.name, actor.channel, now)
    begun = [_cycle(session, each, process, actor, now) for each, process in pairs]
    insert_now(session, [cycle.review for cycle in begun])
    _add_deadlines(session, begun, now)
    write_wakes(session, [cycle.case.process for cycle in begun if cycle.review.opened_at], now)
    return begun


def cycles_of(session: Session, plan_id: UUID, known: Case | None = None) -> list[Cycle]:
    """The cycles of a plan in their order; `known` is the one that somebody is at work on, with its newest facts."""
    query = select(Review, Process, Person).where(Review.plan_id == plan_id).order_by(col(Review.cycle))
    joined = query.join(Process, col(Process.id) == col(Review.process_id))
    found = session.exec(joined.join(Person, col(Person.id) == col(Process.person_id))).all()
    ids = [process.id for _, process, _ in found]
    facts, touched = facts_of_many(session, ids), _touched(session, ids)
    return [
        Cycle(
            known if known and known.process.id == process.id else Case(process, person, facts[process.id]),
            review,
            process.id in touched,
        )
        for review, process, person in found
    ]


def say(session: Session, cycle: Cycle, facts: Iterable[Fact], now: datetime) -> bool:
    """Let the engine record facts in a cycle, and bring what is derived from them in step.

    Returns whether its clock has anything to look at.
    """
    before = len(cycle.case.facts)
    new = [replace(fact, sequence=before + place, recorded_at=now) for place, fact in enumerate(facts, start=1)]
    append_many(session, cycle.case.process, [(fact, NO_TEXTS) for fact in new], ENGINE.name, ENGINE.channel, now)
    cycle.case.facts.extend(new)
    wake = keep_end(session, cycle.case, new, now)
    keep_opening(session, cycle.case, cycle.review, new, now)
    session.add(cycle.review)
    refresh(session, cycle.case, now)
    return wake


def free_refs(session: Session, wanted: Sequence[str]) -> list[str]:
    """These case references, each as it is or, where a case has it, with a letter behind it."""
    taken = set(session.exec(_taken(wanted)).all())
    return [ref if ref.upper() not in taken else _another(session, ref) for ref in wanted]


def _another(session: Session, ref: str) -> str:
    others = (f"{ref}{_letter(number)}" for number in count(1))
    return next(other for other in others if not session.exec(_taken([other])).all())


def _letter(number: int) -> str:
    """B, C and so on: the second, the third of that name."""
    return ascii_uppercase[number] if number < len(ascii_uppercase) else f"-{number}"


def _taken(wanted: Collection[str]) -> SelectOfScalar[str]:
    upper = bindparam("wanted", [ref.upper() for ref in wanted], type_=ARRAY(Text()))
    folded = func.upper(col(Process.case_ref))
    return select(folded).where(Process.authority == authority(), folded == any_(upper))


def _process(beginning: Beginning, case_ref: str, mail_ref: str, now: datetime) -> Process:
    return Process(
        authority=beginning.plan.authority,
        person_id=beginning.person.id,
        kind=ANNUAL_REVIEW,
        case_ref=case_ref,
        mail_ref=mail_ref,
        officer=beginning.officer,
        team=beginning.team,
        opened_at=now,
        armed_from=beginning.armed_from,
        armed_at=now if beginning.armed_from else None,
        armed_by=beginning.armed_by if beginning.armed_from else None,
        imported=beginning.imported,
    )


def _cycle(session: Session, beginning: Beginning, process: Process, actor: Actor, now: datetime) -> Cycle:
    facts = [replace(fact, sequence=place, recorded_at=now) for place, fact in enumerate(beginning.facts, start=1)]
    case = Case(process, beginning.person, facts)
    review = Review(
        authority=process.authority, process_id=process.id, plan_id=beginning.plan.id, cycle=beginning.number
    )
    keep_end(session, case, facts, now)
    keep_opening(session, case, review, facts, now)
    return Cycle(case, review, by_people=actor.channel != ENGINE.channel)


def _add_deadlines(session: Session, begun: Iterable[Cycle], now: datetime) -> None:
    norms, calendar, today = norms_of(policy_in_force(session)), calendar_in_force(session), london_day(now)
    add_rows(session, [row for cycle in begun for row in rows_of(cycle.case, today, norms, calendar)])


def _touched(session: Session, processes: Collection[UUID]) -> frozenset[UUID]:
    wanted = bindparam("wanted", list(processes), type_=ARRAY(Uuid()))
    query = select(FactRow.process_id).where(col(FactRow.process_id) == any_(wanted), FactRow.channel != ENGINE.channel)
    return frozenset(session.exec(query.distinct()).all())
