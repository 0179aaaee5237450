"""A caseload through the weeks to come, case by case, and the post of each day put together at the end."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Engine

from casework.hours import is_sociable
from casework.recipients import Directory
from casework.weekly import Overdue, summary_for
from config.clock import london_day, utc_of_london
from scorecard.rehearsal.behaviour import People, nobody
from scorecard.rehearsal.caseload import Caseload, read
from scorecard.rehearsal.waits import Waits, learn
from scorecard.rehearsal.walked import Mail, Walked, mail_of
from scorecard.rehearsal.walking import Span, walk
from scorecard.rehearsal.world import World
from statute.policy import Policy

_DAY = timedelta(days=1)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be rehearsed: from the beginning of the day `first`, so many `weeks`; `seed` for what people do.

    `as_is`: nobody does anything more. `policy` None: the one in force.
    """

    first: date
    weeks: int = 26
    seed: int = 1
    as_is: bool = False
    policy: Policy | None = None

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(weeks=self.weeks) - _DAY


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: every mail in the order in which it would have left, and each case as it stands at the end.

    `waits` is None where nobody did anything; `directory` is that of the services and staff who were written to.
    """

    asked: Asked
    mails: Sequence[Mail]
    walked: Sequence[Walked]
    waits: Waits | None
    directory: Directory


def rehearse(db: Engine, asked: Asked, on_progress: Progress | None = None) -> Rehearsal:
    """Rehearse the caseload of a database, which is only read. Takes minutes for thousands of cases."""
    start = utc_of_london(asked.first, time())
    return of_caseload(read(db, start, asked.policy), asked, on_progress)


def of_caseload(caseload: Caseload, asked: Asked, on_progress: Progress | None = None) -> Rehearsal:
    """The same for a caseload that was read, whose cases are used up by it."""
    world = caseload.world
    waits = None if asked.as_is else learn(caseload.ledgers.values(), asked.first)
    people = People(waits, asked.seed, asked.first, world.calendar) if waits else None
    span, walked = _span(world, asked), list[Walked]()
    for number, case in enumerate(caseload.cases, 1):
        walked.append(walk(case, world, span, people.next_fact if people else nobody))
        if on_progress:
            on_progress(number, len(caseload.cases))
    mails = [mail for each in walked for mail in each.mails] + list(_weeklies(world, walked))
    return Rehearsal(
        asked, sorted(mails, key=lambda mail: (mail.at, mail.to, mail.key)), walked, waits, world.directory
    )


def _span(world: World, asked: Asked) -> Span:
    days = [asked.first + number * _DAY for number in range(asked.weeks * 7)]
    rounds = [utc_of_london(day, world.policy.hours.post_round) for day in days if day.isoweekday() <= 5]
    sociable = [at for at in rounds if is_sociable(world.policy, at, world.calendar)]
    end = utc_of_london(asked.last + _DAY, time()) - timedelta(microseconds=1)
    return Span(utc_of_london(asked.first, time()), end, sociable, frozenset(_first_of_weeks(world, sociable)))


def _first_of_weeks(world: World, rounds: Sequence[datetime]) -> Iterator[datetime]:
    """The first round of each week from the policy's weekday on."""
    seen: set[tuple[int, int]] = set()
    for at in rounds:
        year, week, weekday = london_day(at).isocalendar()
        if weekday >= world.policy.weekly.weekday and (year, week) not in seen:
            seen.add((year, week))
            yield at


def _weeklies(world: World, walked: Sequence[Walked]) -> Iterator[Mail]:
    late: defaultdict[tuple[datetime, UUID], list[Overdue]] = defaultdict(list)
    for each in walked:
        for advice in each.late:
            late[advice.at, advice.body].append(advice.late)
    for (at, body_id), owed in late.items():
        body = world.directory.bodies[body_id]
        if message := summary_for(body, owed, world.policy, at):
            yield mail_of(message, at, body.name)
