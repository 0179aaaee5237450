"""How the cycles of a plan follow one another, and end together.

A review is complete when its decision was sent, and in that moment the next begins: a plan that goes on is never
without one. What is put right in a review later is put right in the cycle behind it, by the engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from casework.actor import ENGINE
from casework.cases import Case
from casework.cycle_facts import (
    NEVER_MADE,
    PLAN_ENDS,
    again,
    carried,
    complete_since,
    correction,
    early_years,
    ends_of,
    of_the_review,
    plan_end,
    put_right,
    starting_facts,
    taken_back,
)
from casework.cycles import Beginning, Cycle, begin, cycles_of, say
from config.clock import london_day
from records.tables import Person, Plan, Process, Review
from statute.facts import Fact
from statute.kinds import VOIDS


@dataclass(slots=True)
class Followed:
    """What happened in the other cycles of a plan: clocks to wake, sentences for the caseworker."""

    wakes: list[Process] = field(default_factory=list[Process])
    warnings: list[str] = field(default_factory=list[str])


def follow(session: Session, case: Case, review: Review, new: Sequence[Fact], now: datetime) -> Followed:
    """Bring the plan and its other cycles in step with what was just recorded in one (`new`, in `case.facts` already).

    The caller has brought the end of the case itself in step.
    """
    plan = session.get_one(Plan, review.plan_id)
    cycles = cycles_of(session, plan.id, case)
    mine = next(cycle for cycle in cycles if cycle.case is case)
    others = [cycle for cycle in cycles if cycle is not mine]
    work = _Work(session, now)
    for other in others:
        work.say(other, _put_right_alike(mine, other, new))
    _keep_row(plan, cycles)
    session.add(plan)
    _end_together(work, cycles)
    if not mine.void:
        _hand_on(work, plan, mine, cycles)
    _close_gap(work, plan, cycles)
    return work.found


def close_gap(session: Session, plan: Plan, now: datetime) -> Followed:
    """Give a plan that goes on and has no open review its next one, whatever has happened to it."""
    work = _Work(session, now)
    cycles = cycles_of(session, plan.id)
    _close_gap(work, plan, cycles)
    return work.found


def succeeding(plan: Plan, cycle: Cycle, cycles: Sequence[Cycle], now: datetime) -> Beginning | None:
    """The cycle to begin behind one whose review is complete; None where it is not, or the plan has ended."""
    since = complete_since(cycle, london_day(now))
    return None if since is None or plan.ceased_on is not None else _next(plan, cycle, cycles, since, now)


@dataclass(slots=True)
class _Work:
    """What the engine does in cycles beside the one that a person is at work on."""

    session: Session
    now: datetime
    found: Followed = field(default_factory=Followed)
    begun: bool = False

    @property
    def today(self) -> date:
        return london_day(self.now)

    def say(self, cycle: Cycle, facts: Iterable[Fact]) -> None:
        said = list(facts)
        if said and say(self.session, cycle, said, self.now):
            self.found.wakes.append(cycle.case.process)

    def begin(self, beginning: Beginning) -> None:
        begin(self.session, [beginning], ENGINE, self.now)
        self.begun = True


def _put_right_alike(mine: Cycle, other: Cycle, new: Sequence[Fact]) -> Iterator[Fact]:
    """What has to be said in another cycle because the end of the plan was put right or undone in this one."""
    before = ends_of(mine.case.facts[: len(mine.case.facts) - len(new)])
    after = ends_of(mine.case.facts)
    theirs = ends_of(other.case.facts)
    reopened = next((fact for fact in reversed(new) if fact.kind == "reopened"), None)
    for kind in PLAN_ENDS:
        was, now_is = before.get(kind), after.get(kind)
        if was == now_is:
            continue
        same = theirs.get(kind)
        held = same if same is not None and was is not None and same.day == was.day else None
        if held is not None and now_is is not None:
            if held.day != now_is.day:
                yield correction(held, now_is.day)
        elif held is not None:
            yield taken_back(held) if reopened is None else Fact("reopened", reopened.day)


def _keep_row(plan: Plan, cycles: Sequence[Cycle]) -> None:
    """Say of the plan when it was made and how it ended, as its cycles have it."""
    going = [cycle for cycle in cycles if not cycle.void]
    end = _end(going)
    made = [fact for cycle in going[-1:] for fact in cycle.stands if fact.kind == "plan_made"]
    plan.made_on = made[0].day if made else plan.made_on
    if not going:
        plan.ceased_on, plan.ended_by = plan.made_on, NEVER_MADE
    elif end is not None:
        plan.ceased_on, plan.ended_by = end.day, end.kind
    else:
        plan.ceased_on, plan.ended_by = None, ""


def _end(cycles: Iterable[Cycle]) -> Fact | None:
    """What ended the plan first."""
    ends = [end for cycle in cycles if not cycle.void and (end := plan_end(cycle.stands))]
    return min(ends, key=lambda end: end.day, default=None)


def _end_together(work: _Work, cycles: Sequence[Cycle]) -> None:
    """A plan that has ended has no open review: what ended it is said in each."""
    end = _end(cycles)
    for cycle in cycles:
        if end is not None and cycle.open:
            work.say(cycle, [again(end)])


def _hand_on(work: _Work, plan: Plan, mine: Cycle, cycles: Sequence[Cycle]) -> None:
    """Begin the cycle behind a complete review, or bring the one that is there in step with it."""
    behind = next((each for each in cycles if each.number > mine.number and not (each.void and each.by_people)), None)
    since = complete_since(mine, work.today)
    if behind is None:
        if since is not None and plan.ceased_on is None:
            work.begin(_next(plan, mine, cycles, since, work.now))
    elif since is not None:
        voids = [fact for fact in behind.stands if fact.kind in VOIDS]
        work.say(
            behind, [*map(taken_back, voids), *put_right(behind, "last_review", since, of_the_review(mine, since))]
        )
        _carry(work, plan, mine, cycles)
    elif not behind.void:
        _take_back(work, mine, behind)


def _carry(work: _Work, plan: Plan, mine: Cycle, cycles: Sequence[Cycle]) -> None:
    """What an ended review leaves undone is the task of the newest that is open."""
    heir = next((each for each in reversed(cycles) if each.open), None)
    if plan.ceased_on is None and heir is not None and heir.number > mine.number:
        work.say(heir, carried(mine, heir, work.today))


def _take_back(work: _Work, mine: Cycle, behind: Cycle) -> None:
    """The review in front is not complete after all: the one behind should not have begun."""
    if behind.by_people:
        work.found.warnings.append(
            f"{mine.case.process.case_ref} is not complete any more, but {behind.case.process.case_ref} behind it has "
            "entries of its own and goes on. Record opened_in_error there if it should not."
        )
    else:
        work.say(behind, [Fact(NEVER_MADE, work.today)])


def _close_gap(work: _Work, plan: Plan, cycles: Sequence[Cycle]) -> None:
    if plan.ceased_on is not None or work.begun or any(cycle.open for cycle in cycles):
        return
    last = next((cycle for cycle in reversed(cycles) if not cycle.void), None)
    if last is None:
        work.begin(_first(work.session, plan, work.now))
        return
    since = complete_since(last, work.today)
    last_review = [fact.day for fact in last.stands if fact.kind == "last_review"]
    day = since or max(last_review, default=None)
    work.begin(_next(plan, last, cycles, day, work.now))


def _next(plan: Plan, cycle: Cycle, cycles: Sequence[Cycle], since: date | None, now: datetime) -> Beginning:
    process = cycle.case.process
    return Beginning(
        plan=plan,
        person=cycle.case.person,
        number=max(each.number for each in cycles) + 1,
        facts=list(starting_facts(cycle, since, london_day(now))),
        officer=process.officer,
        team=process.team,
        armed_from=None if process.armed_from is None else max(now, process.armed_from),
        armed_by=process.armed_by,
    )


def _first(session: Session, plan: Plan, now: datetime) -> Beginning:
    """The first cycle of a plan that has none: it was made before plans had reviews."""
    person = session.get_one(Person, plan.person_id)
    assessment = session.get(Process, plan.process_id) if plan.process_id else None
    armed = assessment is not None and assessment.armed_from is not None
    attributes = {"after": "assessment"} if assessment else {}
    fact = Fact("plan_made", plan.made_on, attributes={**attributes, **early_years(person, plan.made_on)})
    armed_by = assessment.armed_by if assessment else None
    return Beginning(plan, person, 1, [fact], plan.officer, plan.team, now if armed else None, armed_by)
