"""The plan of a child who moved away or died: what an assessment says of that after the final plan, said of the plan.

People record it of the plan at once (`casework.plan_refs`). A file of assessments has one row for both, and somebody
may enter the final plan late.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from casework.cycle_facts import PLAN_ENDS, again, correction, ends_of, taken_back
from casework.cycles import Cycle
from records.tables import Plan
from statute.facts import Fact
from statute.kind import split_subject

ENDS_OF_THE_CHILD = frozenset({"moved_away", "died", "attained_26"})
"""What ends the assessment and the plan of a child alike."""


def ends_since(stands: Sequence[Fact], made_on: date) -> list[Fact]:
    """What ended everything of the child on or after the day on which the plan was made."""
    return [fact for fact in stands if fact.kind in ENDS_OF_THE_CHILD and fact.day >= made_on]


def ends_alike(facts: Sequence[Fact], ends: Sequence[Fact], cycle: Cycle) -> Iterator[Fact]:
    """What the engine has to say in a cycle so that it ends as the assessment says. `facts` is the ledger of the
    assessment: an end with a day that never stood there is somebody else's word, and is kept."""
    held = ends_of(cycle.case.facts)
    now_are = {end.kind: end for end in ends}
    for kind in sorted(ENDS_OF_THE_CHILD):
        same, end = held.get(kind), now_are.get(kind)
        if same is None:
            if end is not None and cycle.open:
                yield again(end)
        elif same.day in _days_said(facts, kind) and (end is None or end.day != same.day):
            yield taken_back(same) if end is None else correction(same, end.day)


def keep_end_of_plan(plan: Plan, cycles: Sequence[Cycle]) -> None:
    """Say of the plan when it ended, as its cycles have it now."""
    found = [end for cycle in cycles if not cycle.void for end in ends_of(cycle.case.facts).values()]
    first = min(found, key=lambda end: end.day, default=None)
    if first is not None:
        plan.ceased_on, plan.ended_by = first.day, first.kind
    elif plan.ended_by in PLAN_ENDS:
        plan.ceased_on, plan.ended_by = None, ""


def _days_said(facts: Sequence[Fact], kind: str) -> set[date]:
    return {fact.day for fact in facts if kind in (fact.kind, split_subject(fact.subject)[0])}
