"""A caseload through the weeks to come, case by case, and the post of each day put together at the end."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Engine

from casework.hours import is_sociable
from casework.recipients import Directory
from casework.statuses import WAITING
from casework.weekly import Overdue, summary_for
from config.clock import london_day, utc_of_london
from records.tables import TermList
from scorecard.rehearsal.arriving import Arriving, own_rate
from scorecard.rehearsal.behaviour import People, nobody
from scorecard.rehearsal.caseload import Caseload, read
from scorecard.rehearsal.span import Span
from scorecard.rehearsal.term_lists import Lists
from scorecard.rehearsal.waits import Waits, learn
from scorecard.rehearsal.walked import Mail, Walked, mail_of
from scorecard.rehearsal.walking import walk
from scorecard.rehearsal.world import World
from statute.policy import Policy

_DAY = timedelta(days=1)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be rehearsed: from the beginning of the day `first`, so many `weeks`; `seed` for what people do.

    `as_is`: nobody does anything more. `policy` None: the one in force. `new_requests`: how many are
    drawn a week; None: as many as came in the year before, and none where nobody does anything.
    """

    first: date
    weeks: int = 26
    seed: int = 1
    as_is: bool = False
    policy: Policy | None = None
    new_requests: float | None = None

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(weeks=self.weeks) - _DAY


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: every mail in the order in which it would have left, and each case as it stands at the end.

    `waits` is None where nobody did anything; `directory` is that of the services and staff who were written to;
    `term_lists` the lists of reviews before terms as they stand at the end; `per_week` how many new requests
    were drawn.
    """

    asked: Asked
    mails: Sequence[Mail]
    walked: Sequence[Walked]
    waits: Waits | None
    directory: Directory
    term_lists: Sequence[TermList]
    per_week: float


def rehearse(db: Engine, asked: Asked, on_progress: Progress | None = None) -> Rehearsal:
    """Rehearse the caseload of a database, which is only read. Takes minutes for thousands of cases."""
    start = utc_of_london(asked.first, time())
    return of_caseload(read(db, start, asked.policy), asked, on_progress)


def of_caseload(caseload: Caseload, asked: Asked, on_progress: Progress | None = None) -> Rehearsal:
    """The same for a caseload that was read, whose cases are used up by it."""
    world = caseload.world
    waits = None if asked.as_is else learn(caseload.ledgers.values(), asked.first)
    people = People(waits, asked.seed, asked.first, world.calendar) if waits else None
    arriving = _arriving(caseload, asked)
    cases = [*caseload.cases, *arriving.drawn(caseload.cases, world.calendar)]
    span, walked = _span(world, asked), list[Walked]()
    for number, case in enumerate(cases, 1):
        walked.append(walk(case, world, span, people.next_fact if people else nobody))
        if on_progress:
            on_progress(number, len(cases))
    lists = _lists(caseload, walked, asked)
    mails = [mail for each in walked for mail in each.mails] + [*_weeklies(world, walked), *lists.mails(span)]
    return Rehearsal(
        asked,
        sorted(mails, key=lambda mail: (mail.at, mail.to, mail.key)),
        walked,
        waits,
        world.directory,
        list(lists.kept.values()),
        arriving.per_week,
    )


def _arriving(caseload: Caseload, asked: Asked) -> Arriving:
    own = 0.0 if asked.as_is else own_rate(caseload.ledgers, asked.first)
    return Arriving(own if asked.new_requests is None else asked.new_requests, asked.first, asked.last, asked.seed)


def _lists(caseload: Caseload, walked: Sequence[Walked], asked: Asked) -> Lists:
    kept = {(row.recipient, row.term_start): row for row in caseload.term_lists}
    said = {word.step_key for word in caseload.term_words}
    waiting = [word for word in caseload.term_words if word.status in WAITING]
    return Lists(caseload.world, walked, None if asked.as_is else asked.seed, kept, said, waiting)


def _span(world: World, asked: Asked) -> Span:
    days = [asked.first + number * _DAY for number in range(asked.weeks * 7)]
    rounds = [utc_of_london(day, world.policy.hours.post_round) for day in days if day.isoweekday() <= 5]
    sociable = [at for at in rounds if is_sociable(world.policy, at, world.calendar)]
    end = utc_of_london(asked.last + _DAY, time()) - timedelta(microseconds=1)
    return Span(utc_of_london(asked.first, time()), end, sociable, list(_first_of_weeks(world, sociable)))


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
