"""What follows from the facts of a case outside the clocks: requests, the plan, the end, the run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from casework.calendars import calendar_in_force
from casework.cases import Case
from casework.requests import keep_requests
from config.clock import london_day
from records.tables import Plan
from statute.endings import went_to_family
from statute.facts import Fact
from statute.kinds import VOIDS
from statute.processes import timeline_of
from statute.standing import standing

# Said of a process, these start its clock again, under a higher run, even where it had not closed.
_STARTS_AGAIN = frozenset({"reopened", "refusal_changed"})


@dataclass(frozen=True, slots=True)
class Settled:
    """Sentences for the caseworker, and whether the clock has anything to look at."""

    warnings: tuple[str, ...]
    wake: bool


def settle(session: Session, case: Case, new: Sequence[Fact], now: datetime) -> Settled:
    """Bring requests, plan, end and run of a case in step with its facts; `new` are those just added."""
    process = case.process
    stands = standing(case.facts)
    is_new = len(case.facts) == len(new)
    had_clock = is_new or process.ended_on is None
    was_closed = process.ended_on is not None
    warnings = keep_requests(session, case, stands, new, now)
    _keep_plan(session, case, stands)
    today = max([london_day(now), *(fact.day for fact in stands)])
    process.ended_on = timeline_of(process.kind, case.facts, today, calendar=calendar_in_force(session)).ended_on
    if (was_closed and process.ended_on is None) or any(fact.kind in _STARTS_AGAIN for fact in new):
        process.run += 1
    # Closed before and after, it has no clock to wake. A case that comes closed has its clock run once, to its end,
    # so that Temporal tells of every process how it ended.
    return Settled(warnings, wake=had_clock or process.ended_on is None)


def _keep_plan(session: Session, case: Case, stands: Sequence[Fact]) -> None:
    """One plan for a final plan that went to the family (s.39(8)); a plan that never was is closed on its own day."""
    if not any(fact.kind == "final_plan_sent" for fact in case.facts):
        return
    made_on = _made_on(stands)
    plan = session.exec(select(Plan).where(Plan.process_id == case.process.id)).first()
    if made_on is None:
        if plan is not None:
            plan.ceased_on = plan.made_on
        return
    if plan is None:
        plan = Plan(
            authority=case.process.authority,
            person_id=case.person.id,
            process_id=case.process.id,
            plan_ref=case.process.case_ref,
            officer=case.process.officer,
            team=case.process.team,
            made_on=made_on,
        )
    elif plan.ceased_on == plan.made_on:
        plan.ceased_on = None
    plan.made_on = made_on
    session.add(plan)


def _made_on(stands: Sequence[Fact]) -> date | None:
    if any(fact.kind in VOIDS for fact in stands):
        return None
    finals = [fact for fact in stands if fact.kind == "final_plan_sent" and went_to_family(fact)]
    if not finals:
        return None
    dated = finals[0].attributes.get("plan_date")
    return date.fromisoformat(dated) if dated else finals[0].day
