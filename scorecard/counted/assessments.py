"""One assessment as measures count it: its days and first outcomes, from the facts that stand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scorecard.counted.gaps import gaps, undone
from statute.assessment import work_out
from statute.blanks import MOVES, missing
from statute.calendar import Calendar
from statute.case import Case, read_case
from statute.endings import went_to_family
from statute.facts import Fact
from statute.kinds import REFUSALS
from statute.norms import NO_NORMS
from statute.reliefs import every_lifting
from statute.row import Row
from statute.timeline import State

_DECISIONS: Mapping[str, str] = {"decision_to_assess": "assess", "decision_not_to_assess": "not_assess"}
_OUTCOMES: Mapping[str, str] = {"decision_to_issue": "issue", "decision_not_to_issue": "not_issue"}
# Whatever comes after the agreement to assess says that there was one.
_AFTER_AGREEING = ("draft_plan_sent", "decision_to_issue", "decision_not_to_issue", "final_plan_sent")
_TWENTY_WEEKS = "reg13_final_plan"

Values = dict[str, Any]


def counted_assessment(facts: Sequence[Fact], calendar: Calendar) -> tuple[Values, list[Values]]:
    """The values of an assessment's row, and those of the limits that its reliefs lift."""
    case = read_case(facts, date.max, calendar, NO_NORMS, 0)
    if case.void or case.started is None:
        return {**_NOTHING, "void": True, "began": facts[0].day if facts else date.min}, []
    rows = work_out(case) if case.reliefs else []
    values = {**_NOTHING, **_start(case.started), **_decisions(case), **_outcome(case), **_move(case), **_end(case)}
    values["gaps"] = gaps(facts, values["ended_on"])
    values["changes"] = [*values["changes"], *(_undone(*each) for each in undone(facts))] or None
    reliefs = [_relief(row, relief) for row in rows if row.limit.own for relief in _lifts(row)]
    values["excepted"] = any(each["limit_id"] == _TWENTY_WEEKS for each in reliefs)
    return values, reliefs


_NOTHING: Values = {
    "void": False,
    "source": 0,
    "inherited": False,
    "first_decision": None,
    "first_decided_on": None,
    "changed_on": None,
    "changes": None,
    "replaced_on": None,
    "agreed_on": None,
    "outcome": None,
    "outcome_on": None,
    "draft_on": None,
    "plan_on": None,
    "excepted": False,
    "ended_as": None,
    "ended_on": None,
    "moved_on": None,
    "blank": None,
    "gaps": None,
}


def _start(started: Fact) -> Values:
    return {
        "began": started.day,
        "source": int(started.attributes.get("source", "0")),
        "inherited": "inherited_from" in started.attributes,
    }


def _decisions(case: Case) -> Values:
    first, changes = case.first(*_DECISIONS), list(_changes(case))
    agreed = case.first("decision_to_assess", "refusal_changed", *_AFTER_AGREEING)
    return {
        "first_decision": first and _DECISIONS[first.kind],
        "first_decided_on": first and first.day,
        "changed_on": changes[0].day if changes else None,
        "changes": [_change(each) for each in changes],
        "replaced_on": case.replaced and case.replaced.day,
        "agreed_on": agreed and agreed.day,
    }


def _changes(case: Case) -> Iterator[Fact]:
    """The first change of each refusal: what is said of the same refusal again changes nothing more."""
    refused = False
    for fact in case.facts:
        if fact.kind == "refusal_changed" and refused:
            yield fact
        if fact.kind in REFUSALS or fact.kind == "refusal_changed":
            refused = fact.kind in REFUSALS


def _change(fact: Fact) -> Values:
    return {"changed_on": fact.day, "changed_why": fact.attributes.get("why", "own_accord")}


def _undone(end: Fact, until: date) -> Values:
    return {"ended_as": end.kind, "ended_on": end.day, "until": until}


def _outcome(case: Case) -> Values:
    # Also one that was sent after the end: it was made and is held, whether or not anybody put down what changed.
    plan = next((fact for fact in case.finals if went_to_family(fact)), None)
    draft, decided = case.first("draft_plan_sent"), case.first(*_OUTCOMES)
    # A plan says that there was a decision to issue it, where none is on record and nothing but a refusal came before.
    said = decided or (plan if plan is not None and _goes_before_the_end(plan, case) else None)
    return {
        "outcome": said and _OUTCOMES.get(said.kind, "issue"),
        "outcome_on": said and said.day,
        "draft_on": draft and draft.day,
        "plan_on": plan and plan.day,
    }


def _goes_before_the_end(plan: Fact, case: Case) -> bool:
    return case.ended is None or case.ended.kind in REFUSALS or plan.day <= case.ended.day


def _move(case: Case) -> Values:
    moved = case.first(*MOVES)
    return {"moved_on": moved.day, "blank": ",".join(missing(case.facts, moved)) or None} if moved else {}


def _end(case: Case) -> Values:
    return {"ended_as": case.ended.kind, "ended_on": case.ended.day} if case.ended else {}


def _lifts(row: Row) -> Iterator[Fact]:
    """Every relief that lifts the limit: a later one does not undo what was granted before, nor does what replaced the
    limit afterwards."""
    replaced = row.case.replaced if row.state is State.REPLACED else None
    for relief in every_lifting(row.limit, row.case, row.start, row.due, row.key):
        if replaced is None or relief.day < replaced.day:
            yield relief


def _relief(row: Row, relief: Fact) -> Values:
    return {
        "sequence": relief.sequence,
        "limit_id": row.limit.id,
        "ground": relief.attributes.get("ground", ""),
        "approver": relief.attributes.get("approver", ""),
        "granted_on": relief.day,
        "legal_due": row.due,
    }
