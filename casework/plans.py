"""EHC plans: opened with the cycle of review that they are in, one or thousands at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from casework.actor import ENGINE, Actor
from casework.cases import authority
from casework.cycle_facts import plan_end
from casework.cycles import Beginning, Cycle, begin
from casework.succession import succeeding
from records.tables import Person, Plan, Process
from records.writing import insert_now
from statute.facts import Fact
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to open, with the facts of its first cycle: `plan_made`, and what else is known of it.

    `process_id` is the assessment that made it. `armed_from` is the moment from which it may send mail (None:
    quiet), let by `armed_by`; `imported` and `source_row` say that a file brought it.
    """

    person: Person
    plan_ref: str
    facts: Sequence[Fact]
    officer: str | None = None
    team: str | None = None
    process_id: UUID | None = None
    armed_from: datetime | None = None
    armed_by: str | None = None
    imported: bool = False
    source_row: str | None = None


@dataclass(frozen=True, slots=True)
class PlanOpened:
    """A plan that was opened, with the first of its cycles."""

    plan: Plan
    cycle: Cycle


def open_plan(
    session: Session,
    person: Person,
    plan_ref: str,
    facts: Sequence[Fact],
    actor: Actor,
    now: datetime,
    *,
    officer: str | None = None,
    team: str | None = None,
    imported: bool = False,
) -> Process:
    """Open one plan and return the process of its first review; see `open_plans`. Not imported, it is armed."""
    armed = None if imported else now
    new = NewPlan(person, plan_ref, facts, officer, team, None, armed, actor.name, imported)
    return open_plans(session, [new], actor, now)[0].cycle.case.process


def open_plans(session: Session, plans: Sequence[NewPlan], actor: Actor, now: datetime) -> list[PlanOpened]:
    """Open plans with their first reviews, in few journeys to the database and in the caller's transaction.

    Facts are recorded as they are: the caller has judged them, and has made sure that no plan has the reference. A
    review in which something has happened already is open at once, and one that is complete has the next behind it;
    the clocks of the others are opened by the daily sweep.
    """
    session.flush()
    rows = [_plan(each) for each in plans]
    insert_now(session, rows)
    begun = begin(session, [_beginning(each, row) for each, row in zip(plans, rows, strict=True)], actor, now)
    opened = [PlanOpened(row, cycle) for row, cycle in zip(rows, begun, strict=True)]
    next_ones = [succeeding(each.plan, each.cycle, [each.cycle], now) for each in opened]
    begin(session, [each for each in next_ones if each is not None], ENGINE, now)
    return opened


def _plan(new: NewPlan) -> Plan:
    stands = standing(new.facts)
    ended = plan_end(stands)
    return Plan(
        authority=authority(),
        person_id=new.person.id,
        process_id=new.process_id,
        plan_ref=new.plan_ref,
        made_on=next(fact.day for fact in stands if fact.kind == "plan_made"),
        ceased_on=ended.day if ended else None,
        ended_by=ended.kind if ended else "",
        officer=new.officer,
        team=new.team,
        imported=new.imported,
        source_row=new.source_row,
    )


def _beginning(new: NewPlan, plan: Plan) -> Beginning:
    return Beginning(plan, new.person, 1, new.facts, new.officer, new.team, new.armed_from, new.armed_by, new.imported)
