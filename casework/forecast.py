"""What the engine will write next in a case if nothing else is recorded: its own steps, played forward."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from casework.recipients import Recipients
from statute.facts import Fact
from statute.ladder import Step
from statute.mornings import day_in_london
from statute.situation import Situation
from statute.standing import standing
from statute.steps import steps
from statute.timeline import Timeline

AHEAD = timedelta(days=42)
_WAKES = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter to come: from `at` on, about `limit`, to somebody of `role`.

    `to` is the address as things stand and `service` the service concerned; both may be empty. `due` is the day
    that the letter is about.
    """

    kind: str
    limit: str
    subject: str
    role: str
    to: str
    service: str
    due: date
    at: datetime
    rung: str


def forecast(
    situation: Situation,
    facts: Sequence[Fact],
    timeline_on: Callable[[date], Timeline],
    recipients: Recipients,
    claimed: Collection[str],
    most: int = 6,
) -> Sequence[Planned]:
    """The letters that fall due in the next six weeks, soonest first and at most so many.

    `claimed` are the keys of those put down already; `timeline_on` gives the timeline of the process on a later day.
    """
    known, found = set(claimed), list[Planned]()
    for then in _wakings(situation, facts, timeline_on):
        for step in steps(then).due:
            if step.key not in known:
                known.add(step.key)
                found.append(_planned(step, then.now, recipients))
        if len(found) >= most:
            break
    return found[:most]


def _wakings(
    situation: Situation, facts: Sequence[Fact], timeline_on: Callable[[date], Timeline]
) -> Iterator[Situation]:
    """The situation now and at each waking to come, everything else being as it is now."""
    until, then = situation.now + AHEAD, situation
    for _ in range(_WAKES):
        yield then
        wake = steps(then).next_wake
        if wake is None or wake > until:
            return
        day = day_in_london(wake)
        then = replace(then, now=wake, timeline=timeline_on(day), facts=standing(facts, day))


def _planned(step: Step, at: datetime, recipients: Recipients) -> Planned:
    to = recipients.of(step.role, step.subject)
    return Planned(
        kind=step.kind.value,
        limit=step.limit,
        subject=step.subject,
        role=step.role.value,
        to=to.address or "",
        service=to.service,
        due=step.due_day,
        at=at,
        rung=step.rung,
    )
