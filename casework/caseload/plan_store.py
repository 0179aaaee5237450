"""What a plans file is compared with: every plan on record, and the cycles of those that its rows are about."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from casework.actor import ENGINE
from casework.caseload.cycle_history import CycleHistory
from casework.caseload.history import Entry, history_of
from casework.caseload.store import IMPORT, Known, fact_of, fact_rows, read_people
from casework.cases import Case, authority
from records.tables import FactRow, Person, Plan, Process, Review


@dataclass(slots=True)
class KnownPlans(Known):
    """Everybody on record, every plan by folded reference (`cases`), the plans that run by person (`of_person`), and
    by child and day the references of those that an assessment made."""

    made: dict[tuple[UUID, date], str] = field(default_factory=dict[tuple[UUID, date], str])


@dataclass(frozen=True, slots=True)
class HeldCycle:
    """One cycle of a plan: its case, and what is held of it."""

    case: Case
    held: CycleHistory


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """One plan held for this transaction, with its cycles in order; those that were opened in error left out."""

    plan: Plan
    person: Person
    cycles: Sequence[HeldCycle]

    @property
    def void(self) -> bool:
        """Whether nothing is left of it."""
        return not self.cycles


def read_known_plans(session: Session) -> KnownPlans:
    """Everybody and every plan of this authority."""
    known = KnownPlans(read_people(session))
    for plan in session.exec(select(Plan).where(Plan.authority == authority())):
        known.cases[plan.plan_ref.casefold()] = plan.id
        if plan.ceased_on is None:
            known.of_person.setdefault(plan.person_id, set()).add(plan.plan_ref)
        if plan.process_id is not None:
            known.made[plan.person_id, plan.made_on] = plan.plan_ref.casefold()
    return known


def hold_plans(session: Session, plans: Collection[UUID]) -> dict[UUID, HeldPlan]:
    """These plans with everything a comparison needs, their processes locked until the transaction ends."""
    if not plans:
        return {}
    wanted = bindparam("wanted", list(plans), type_=ARRAY(Uuid()))
    query = select(Review, Process).join(Process, col(Process.id) == col(Review.process_id))
    locked = query.where(col(Review.plan_id) == any_(wanted)).order_by(col(Process.id)).with_for_update(of=Process)
    reviews = session.exec(locked.execution_options(populate_existing=True)).all()
    rows = fact_rows(session, [process.id for _, process in reviews])
    both = select(Plan, Person).join(Person, col(Person.id) == col(Plan.person_id)).where(col(Plan.id) == any_(wanted))
    people = {plan.id: (plan, person) for plan, person in session.exec(both.execution_options(populate_existing=True))}
    of_plan: dict[UUID, list[tuple[Review, Process]]] = {plan: [] for plan in people}
    for review, process in sorted(reviews, key=lambda each: each[0].cycle):
        of_plan[review.plan_id].append((review, process))
    return {
        plan.id: HeldPlan(plan, person, _cycles(person, [process for _, process in of_plan[plan.id]], rows))
        for plan, person in people.values()
    }


def words_of_files(session: Session) -> dict[UUID, list[Mapping[str, str]]]:
    """What files said of people's assessments, as digests, by person."""
    found: dict[UUID, list[Mapping[str, str]]] = {}
    query = select(Process.person_id, Process.source_row).where(col(Process.source_row).is_not(None))
    for person, said in session.exec(query.where(Process.authority == authority())):
        found.setdefault(person, []).append(json.loads(said or "{}"))
    return found


def _cycles(
    person: Person, processes: Sequence[Process], rows: Mapping[UUID, Sequence[FactRow]]
) -> Sequence[HeldCycle]:
    found = [_cycle(Case(process, person, []), rows[process.id]) for process in processes]
    return [cycle for cycle in found if cycle is not None]


def _cycle(case: Case, rows: Sequence[FactRow]) -> HeldCycle | None:
    facts = [fact_of(row) for row in rows]
    case.facts = facts
    history = history_of([Entry(fact, _of_a_file(row)) for fact, row in zip(facts, rows, strict=True)])
    if history.void:
        return None
    by_engine = {row.sequence for row in rows if row.kind == "last_review" and row.channel == ENGINE.channel}
    begun = [each for each in history.of(("last_review",), "") if each.live and not each.mine]
    follows = any(each.fact.sequence in by_engine for each in begun)
    return HeldCycle(case, CycleHistory(history, follows))


def _of_a_file(row: FactRow) -> bool:
    """Whether a file said it: also what the engine says again, from one cycle to the next, of what a file said."""
    return row.channel == IMPORT or (row.channel == ENGINE.channel and "file" in row.attributes)
