"""The plan that an assessment makes: there with its first review from the final plan on, gone with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from sqlalchemy import Text, any_, bindparam, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from casework.actor import ENGINE
from casework.cases import Case, authority
from casework.cycle_facts import NEVER_MADE, again, early_years, put_right, taken_back
from casework.cycles import Cycle, cycles_of, say
from casework.ends_of_the_child import ends_alike, ends_since, keep_end_of_plan
from casework.plans import NewPlan, open_plans
from config.clock import london_day
from records.tables import Plan, Process
from statute.endings import went_to_family
from statute.facts import Fact
from statute.kinds import VOIDS


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of bringing a plan in step with its assessment: one to open, and the clocks of reviews to wake."""

    new: tuple[NewPlan, ...] = ()
    wakes: tuple[Process, ...] = ()
    warnings: tuple[str, ...] = ()


NOTHING = Kept()


def keep_plan(session: Session, case: Case, stands: Sequence[Fact], now: datetime) -> Kept:
    """One plan for a final plan that went to the family (s.39(8)), none for none, and its reviews in step with it.

    A plan that a file brought as well stays as the file has it.
    """
    if not any(fact.kind == "final_plan_sent" for fact in case.facts):
        return NOTHING
    made_on = _made_on(stands)
    plan = session.exec(select(Plan).where(Plan.process_id == case.process.id)).first()
    if plan is None:
        return NOTHING if made_on is None else Kept(new=(_new(case, stands, made_on, now),))
    if plan.imported:
        return NOTHING
    session.add(plan)
    cycles = cycles_of(session, plan.id)
    if made_on is None:
        return _unmade(session, plan, cycles, now)
    return _made(session, case, plan, cycles, (made_on, ends_since(stands, made_on)), now)


def open_made(session: Session, plans: Sequence[NewPlan], now: datetime) -> None:
    """Open the plans that assessments made.

    A plan of the same child that a file brought under the same reference is that very plan; a reference that
    another plan has gets a letter behind it.
    """
    if not plans:
        return
    session.flush()
    known = {plan.plan_ref.upper(): plan for plan in _plans_called(session, [each.plan_ref for each in plans])}
    fresh: list[NewPlan] = []
    for each in plans:
        other = known.get(each.plan_ref.upper())
        if other is not None and other.person_id == each.person.id and other.process_id is None:
            other.process_id = each.process_id
            session.add(other)
        else:
            fresh.append(each if other is None else replace(each, plan_ref=_another(session, each.plan_ref)))
    open_plans(session, fresh, ENGINE, now)


def _new(case: Case, stands: Sequence[Fact], made_on: date, now: datetime) -> NewPlan:
    process = case.process
    armed_from = None if process.armed_from is None else max(now, process.armed_from)
    fact = Fact("plan_made", made_on, attributes={"after": "assessment", **_young(case, made_on)})
    return NewPlan(
        case.person,
        process.case_ref,
        [fact, *map(again, ends_since(stands, made_on))],
        process.officer,
        process.team,
        process.id,
        armed_from,
        process.armed_by,
    )


def _unmade(session: Session, plan: Plan, cycles: Sequence[Cycle], now: datetime) -> Kept:
    """There never was a plan: its review was opened in error, unless somebody has recorded something in it."""
    if _never_made(plan):
        return NOTHING
    if worked_on := [cycle.case.process.case_ref for cycle in cycles if cycle.by_people]:
        return Kept(
            warnings=(
                f"The final plan no longer stands, but its review {worked_on[-1]} has entries of its own and goes on. "
                "If there never was a plan, record opened_in_error there.",
            )
        )
    plan.ceased_on, plan.ended_by = plan.made_on, NEVER_MADE
    void = Fact(NEVER_MADE, london_day(now))
    open_ones = [cycle for cycle in cycles if cycle.open]
    return Kept(wakes=tuple(cycle.case.process for cycle in open_ones if say(session, cycle, [void], now)))


def _made(
    session: Session, case: Case, plan: Plan, cycles: Sequence[Cycle], made: tuple[date, Sequence[Fact]], now: datetime
) -> Kept:
    """The plan was made on that day: every cycle counts from it, and one that was taken back comes back. What ended
    everything of the child since has ended the plan."""
    made_on, ends = made
    back = _never_made(plan)
    if back:
        plan.ceased_on, plan.ended_by = None, ""
    plan.made_on = made_on
    young = _young(case, made_on)
    said = [
        (cycle, [*_put_right(cycle, made_on, young, back=back), *ends_alike(case.facts, ends, cycle)])
        for cycle in cycles
    ]
    wakes = tuple(cycle.case.process for cycle, facts in said if facts and say(session, cycle, facts, now))
    keep_end_of_plan(plan, cycles)
    return Kept(wakes=wakes)


def _put_right(cycle: Cycle, made_on: date, young: Mapping[str, str], *, back: bool) -> Iterator[Fact]:
    """What the engine has to say in a cycle so that the plan was made on that day."""
    voids = [fact for fact in cycle.stands if fact.kind in VOIDS]
    if voids and (cycle.by_people or not back):
        return
    yield from (taken_back(fact) for fact in voids)
    yield from put_right(cycle, "plan_made", made_on, young)


def _young(case: Case, made_on: date) -> dict[str, str]:
    """Whether the child was under five; not of a case from a file, which cannot tell what was reviewed since."""
    return {} if case.process.imported else early_years(case.person, made_on)


def _never_made(plan: Plan) -> bool:
    return plan.ceased_on is not None and plan.ended_by == NEVER_MADE


def _made_on(stands: Sequence[Fact]) -> date | None:
    if any(fact.kind in VOIDS for fact in stands):
        return None
    finals = [fact for fact in stands if fact.kind == "final_plan_sent" and went_to_family(fact)]
    if not finals:
        return None
    dated = finals[0].attributes.get("plan_date")
    return date.fromisoformat(dated) if dated else finals[0].day


def _plans_called(session: Session, refs: Iterable[str]) -> Sequence[Plan]:
    upper = bindparam("wanted", [ref.upper() for ref in refs], type_=ARRAY(Text()))
    query = select(Plan).where(Plan.authority == authority(), func.upper(col(Plan.plan_ref)) == any_(upper))
    return session.exec(query).all()


def _another(session: Session, ref: str) -> str:
    """The reference with the first letter from P on that makes it free: another plan has it as it is."""
    others = (f"{ref}/P{number or ''}" for number in count())
    return next(other for other in others if not _plans_called(session, [other]))
