"""What the engine records in the cycles of a plan: with what one begins, and how it is put right later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from casework.cycles import Cycle
from records.tables import Person
from statute.facts import NO_ATTRIBUTES, Fact
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


def plan_end(stands: Iterable[Fact]) -> Fact | None:
    """The first of the standing facts of a cycle that ended the plan."""
    return next((fact for fact in stands if fact.kind in PLAN_ENDS), None)


def ends_of(facts: Sequence[Fact]) -> dict[str, Fact]:
    """The standing facts that ended the plan, by their kind."""
    return {fact.kind: fact for fact in standing(facts) if fact.kind in PLAN_ENDS}


def complete_since(cycle: Cycle, today: date) -> date | None:
    """The day of the decision that completed a review."""
    decided = completed_by(cycle.case.facts, today)
    return decided.day if decided else None


def starting_facts(cycle: Cycle, since: date | None, today: date) -> Iterator[Fact]:
    """What the next cycle begins with: how the plan came, its last review, the phase transfers still to be met."""
    for fact in cycle.stands:
        # Once reviewed here, a plan is no newcomer any more (reg 15 gives the day of the first review alone).
        newcomer = fact.kind == "transferred_in" and (since is None or fact.day > since)
        if fact.kind == "plan_made" or newcomer:
            yield again(fact)
    if since is not None:
        yield Fact("last_review", since, attributes=of_the_review(cycle, since))
    yield from map(again, _unmet(cycle, today))


def of_the_review(cycle: Cycle, since: date) -> dict[str, str]:
    """What is said with `last_review` of a review that was completed on that day."""
    meeting = held_meeting(cycle.stands)
    attributes = {"meeting": meeting.isoformat()} if meeting and meeting <= since else {}
    return {**attributes, **early_years(cycle.case.person, since)}


def carried(mine: Cycle, behind: Cycle, today: date) -> Iterator[Fact]:
    """What has to be said behind so that it holds the phase transfers that ended unmet here, and no others of them."""
    own = {_transfer(fact) for fact in mine.stands if fact.kind == TRANSFER}
    wanted = {_transfer(fact) for fact in _unmet(mine, today)}
    held = {_transfer(fact): fact for fact in behind.stands if fact.kind == TRANSFER}
    yield from (taken_back(fact) for key, fact in held.items() if key in own - wanted)
    yield from (again(fact) for fact in _unmet(mine, today) if _transfer(fact) not in held)


def _unmet(cycle: Cycle, today: date) -> Sequence[Fact]:
    """The phase transfers that a cycle which has ended leaves to the next."""
    return () if cycle.open else unmet_transfers(cycle.case.facts, today)


def _transfer(fact: Fact) -> tuple[object, ...]:
    return fact.subject, fact.day, *sorted(fact.attributes.items())


def early_years(person: Person, day: date) -> dict[str, str]:
    """The attribute that says that the child was under five on a day (Code 9.178)."""
    born = person.date_of_birth
    if born is None:
        return {}
    # Born on 29 February, five on 1 March: no year five years later has that day.
    leap = (born.month, born.day) == (2, 29)
    fifth = date(born.year + FIVE, 3, 1) if leap else born.replace(year=born.year + FIVE)
    return {"early_years": "yes"} if day < fifth else {}


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
        yield correction(target, day, said)


def correction(target: Fact, day: date, said: Mapping[str, str] = NO_ATTRIBUTES) -> Fact:
    """The correction of a fact to another day, and to what else is said of it."""
    attributes = MappingProxyType({"was": target.day.isoformat(), **said})
    return Fact("corrected", day, target.name, attributes, supersedes=target.sequence)


def taken_back(fact: Fact) -> Fact:
    """The retraction of a fact."""
    return Fact("retracted", fact.day, fact.name, supersedes=fact.sequence)


def again(fact: Fact) -> Fact:
    """The same said in another cycle."""
    return Fact(fact.kind, fact.day, fact.subject, fact.attributes)
