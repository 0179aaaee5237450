"""How the cycles of a plan follow one another, and end together.

A review is complete when its decision was sent, and in that moment the next begins: a plan that goes on is never
without one. What is put right in a review later is put right in the cycle behind it, by the engine.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from sqlmodel import Session

from casework.actor import ENGINE
from casework.cases import Case
from casework.cycles import Beginning, Cycle, begin, cycles_of, say
from config.clock import london_day
from records.tables import Person, Plan, Process, Review
from statute.facts import NO_ATTRIBUTES, Fact
from statute.kinds import VOIDS
from statute.review_standing import completed_by, held_meeting, unmet_transfers
from statute.standing import standing

PLAN_ENDS = frozenset({"plan_ceased", "transferred_out", "moved_away", "died", "attained_26"})
"""What ends the plan itself, and so every cycle of it that is open."""

NEVER_MADE = "opened_in_error"
"""How a plan ended that there never was: on the day on which it was said to be made."""

TRANSFER = "phase_transfer"
FIVE = 5
# What the engine says with a starting fact, and so puts right.
_OF_A_START = ("meeting", "early_years")


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
        work.say(other, _ended_alike(mine, other, new))
    keep_plan_row(plan, cycles)
    session.add(plan)
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
    since = _complete(cycle, london_day(now))
    return None if since is None or plan.ceased_on is not None else _next(plan, cycle, cycles, since, now)


def plan_end(stands: Iterable[Fact]) -> Fact | None:
    """The first of the standing facts of a cycle that ended the plan."""
    return next((fact for fact in stands if fact.kind in PLAN_ENDS), None)


def keep_plan_row(plan: Plan, cycles: Sequence[Cycle]) -> None:
    """Say of the plan when it was made and how it ended, as its cycles have it."""
    going = [cycle for cycle in cycles if not cycle.void]
    ends = [end for cycle in going if (end := plan_end(cycle.stands))]
    made = [fact for cycle in going[-1:] for fact in cycle.stands if fact.kind == "plan_made"]
    plan.made_on = made[0].day if made else plan.made_on
    if not going:
        plan.ceased_on, plan.ended_by = plan.made_on, NEVER_MADE
    elif ends:
        first = min(ends, key=lambda end: end.day)
        plan.ceased_on, plan.ended_by = first.day, first.kind
    else:
        plan.ceased_on, plan.ended_by = None, ""


def put_right(cycle: Cycle, kind: str, day: date, attributes: Mapping[str, str]) -> Iterator[Fact]:
    """The correction that gives the standing fact of a kind this day and meeting; nothing if it has them.

    What else differs is put right with it, and never for itself: a person may know better.
    """
    target = next((fact for fact in cycle.stands if fact.kind == kind), None)
    if target is None:
        return
    # An empty value takes the attribute away.
    wanted = {name: attributes.get(name, "") for name in _OF_A_START}
    said = {name: value for name, value in wanted.items() if value != target.attributes.get(name, "")}
    if target.day != day or "meeting" in said:
        yield _correction(target, day, said)


def taken_back(fact: Fact) -> Fact:
    """The retraction of a fact."""
    return Fact("retracted", fact.day, name_of(fact), supersedes=fact.sequence)


def name_of(fact: Fact) -> str:
    """Kind and subject, as a correction or retraction names what it is about."""
    return f"{fact.kind}:{fact.subject}" if fact.subject else fact.kind


def early_years(person: Person, day: date) -> dict[str, str]:
    """The attribute that says that the child was under five on a day (Code 9.178)."""
    born = person.date_of_birth
    if born is None:
        return {}
    # Born on 29 February, five on 1 March: no year five years later has that day.
    leap = (born.month, born.day) == (2, 29)
    fifth = date(born.year + FIVE, 3, 1) if leap else born.replace(year=born.year + FIVE)
    return {"early_years": "yes"} if day < fifth else {}


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


def _ended_alike(mine: Cycle, other: Cycle, new: Sequence[Fact]) -> Iterator[Fact]:
    """What has to be said in another cycle because the end of the plan was said, put right or undone in this one."""
    before = _ends(mine.case.facts[: len(mine.case.facts) - len(new)])
    after = _ends(mine.case.facts)
    theirs = _ends(other.case.facts)
    reopened = next((fact for fact in reversed(new) if fact.kind == "reopened"), None)
    for kind in PLAN_ENDS:
        was, now_is = before.get(kind), after.get(kind)
        if was == now_is:
            continue
        same = theirs.get(kind)
        held = same if same is not None and was is not None and same.day == was.day else None
        if held is not None and now_is is not None:
            if held.day != now_is.day:
                yield _correction(held, now_is.day)
        elif held is not None:
            yield taken_back(held) if reopened is None else Fact("reopened", reopened.day)
        elif now_is is not None and other.open:
            yield _again(now_is)


def _ends(facts: Sequence[Fact]) -> dict[str, Fact]:
    """The standing facts that ended the plan, by their kind."""
    return {fact.kind: fact for fact in standing(facts) if fact.kind in PLAN_ENDS}


def _hand_on(work: _Work, plan: Plan, mine: Cycle, cycles: Sequence[Cycle]) -> None:
    """Begin the cycle behind a complete review, or bring the one that is there in step with it."""
    behind = next((each for each in cycles if each.number > mine.number and not (each.void and each.by_people)), None)
    since = _complete(mine, work.today)
    if behind is None:
        if since is not None and plan.ceased_on is None:
            work.begin(_next(plan, mine, cycles, since, work.now))
    elif since is not None:
        voids = [fact for fact in behind.stands if fact.kind in VOIDS]
        last = put_right(behind, "last_review", since, _of_the_review(mine, since))
        work.say(behind, [*map(taken_back, voids), *last, *_carried(mine, behind, work.today)])
    elif not behind.void:
        _take_back(work, mine, behind)


def _take_back(work: _Work, mine: Cycle, behind: Cycle) -> None:
    """The review in front is not complete after all: the one behind should not have begun."""
    if behind.by_people:
        work.found.warnings.append(
            f"{mine.case.process.case_ref} is not complete any more, but {behind.case.process.case_ref} behind it has "
            "entries of its own and goes on. Record opened_in_error there if it should not."
        )
    else:
        work.say(behind, [Fact(NEVER_MADE, work.today)])


def _carried(mine: Cycle, behind: Cycle, today: date) -> Iterator[Fact]:
    """What has to be said behind so that it holds the phase transfers that ended unmet here, and no others of them."""
    own = {_transfer(fact) for fact in mine.stands if fact.kind == TRANSFER}
    wanted = {_transfer(fact) for fact in _unmet(mine, today)}
    held = {_transfer(fact): fact for fact in behind.stands if fact.kind == TRANSFER}
    yield from (taken_back(fact) for key, fact in held.items() if key in own - wanted)
    yield from (_again(fact) for fact in _unmet(mine, today) if _transfer(fact) not in held)


def _unmet(cycle: Cycle, today: date) -> Sequence[Fact]:
    """The phase transfers that a cycle which has ended leaves to the next."""
    return () if cycle.open else unmet_transfers(cycle.case.facts, today)


def _transfer(fact: Fact) -> tuple[object, ...]:
    return fact.subject, fact.day, *sorted(fact.attributes.items())


def _close_gap(work: _Work, plan: Plan, cycles: Sequence[Cycle]) -> None:
    if plan.ceased_on is not None or work.begun or any(cycle.open for cycle in cycles):
        return
    last = next((cycle for cycle in reversed(cycles) if not cycle.void), None)
    if last is None:
        work.begin(_first(work.session, plan, work.now))
        return
    since = _complete(last, work.today)
    last_review = [fact.day for fact in last.stands if fact.kind == "last_review"]
    day = since or max(last_review, default=None)
    work.begin(_next(plan, last, cycles, day, work.now))


def _complete(cycle: Cycle, today: date) -> date | None:
    """The day of the decision that completed a review."""
    decided = completed_by(cycle.case.facts, today)
    return decided.day if decided else None


def _next(plan: Plan, cycle: Cycle, cycles: Sequence[Cycle], since: date | None, now: datetime) -> Beginning:
    process = cycle.case.process
    return Beginning(
        plan=plan,
        person=cycle.case.person,
        number=max(each.number for each in cycles) + 1,
        facts=list(_starting_facts(cycle, since, london_day(now))),
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


def _starting_facts(cycle: Cycle, since: date | None, today: date) -> Iterator[Fact]:
    """What the next cycle begins with: how the plan came, its last review, the phase transfers still to be met."""
    for fact in cycle.stands:
        # Once reviewed here, a plan is no newcomer any more (reg 15 gives the day of the first review alone).
        newcomer = fact.kind == "transferred_in" and (since is None or fact.day > since)
        if fact.kind == "plan_made" or newcomer:
            yield _again(fact)
    if since is not None:
        yield Fact("last_review", since, attributes=_of_the_review(cycle, since))
    yield from map(_again, _unmet(cycle, today))


def _of_the_review(cycle: Cycle, since: date) -> dict[str, str]:
    meeting = held_meeting(cycle.stands)
    attributes = {"meeting": meeting.isoformat()} if meeting and meeting <= since else {}
    return {**attributes, **early_years(cycle.case.person, since)}


def _correction(target: Fact, day: date, said: Mapping[str, str] = NO_ATTRIBUTES) -> Fact:
    attributes = MappingProxyType({"was": target.day.isoformat(), **said})
    return Fact("corrected", day, name_of(target), attributes, supersedes=target.sequence)


def _again(fact: Fact) -> Fact:
    """The same said in another cycle."""
    return Fact(fact.kind, fact.day, fact.subject, fact.attributes)
