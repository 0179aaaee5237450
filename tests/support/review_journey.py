"""One plan through its reviews: the real clock, law, records, sweep and relay, on a server that skips time.

Day 0 is the next 1 September that is a Wednesday, so that the days below and the holidays between them fall the same
whenever the tests run: on it the daily sweep opens the review, sixteen weeks before it is due on day 112.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select
from temporalio.client import WorkflowHandle
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment

from activities.cases import CaseActivities
from activities.mail import Mail
from activities.relay import relay_of
from activities.reviews import ReviewActivities
from activities.rounds import RoundActivities
from casework.calendar_changes import apply, work_out
from casework.calendar_edits import AddDays
from casework.calendars import BANK_HOLIDAY
from casework.opening_form import Opening
from casework.people import add_person
from casework.plans import open_plan
from engine.clocks import workflow_id
from engine.messages import RoundOrder
from records.tables import DeadlineRow, Plan, Process, Review
from statute.mornings import day_in_london, morning
from statute.notation import parse_fact
from tests.casework.chasing.council import ACTOR, HOUSE, Council
from tests.support.database import Database
from tests.support.journey import Journey
from tests.support.temporal import QUEUE, sleep_to, working

DUE = 112
"""The day on which the review is due, counted from the day on which it opens."""


def wednesday(now: datetime) -> date:
    """The next 1 September that is a Wednesday, at least a month away."""
    day = date(now.year, 9, 1)
    while day < now.date() + timedelta(days=31) or day.weekday() != 2:
        day = day.replace(year=day.year + 1)
    return day


@dataclass
class ReviewJourney(Journey):
    """A plan, the clock of its present review, and the days that pass."""

    plan_ref: str = "P-100"

    @property
    def a_year_before(self) -> date:
        """The day from which twelve months end on day 112: the plan was made, or last reviewed, then."""
        after = self.day(DUE + 1)
        return after.replace(year=after.year - 1)

    def written(self, fact: str) -> str:
        """A fact with its days: `{28}` stands for the twenty-eighth, `{year}` for the day from which it is due."""
        return fact.format(*(self.day(number) for number in range(800)), year=self.a_year_before)

    async def arrive(self, *facts: str, on: int = -7) -> None:
        """The plan is recorded on some day before its review opens; made a year before the review is due."""
        await sleep_to(self.env, morning(self.day(on), time(10)))
        started = [parse_fact(self.written(fact)) for fact in facts or ("plan_made={year}",)]
        opening = Opening(received=self.day(on), surname="Testing", forename="Ada", setting_urn="117222")
        with Session(self.council.db) as session, session.begin():
            person = add_person(session, opening, ACTOR)
            process = open_plan(
                session, person, self.plan_ref, started, ACTOR, await self.now(), officer="a.marsh", team="East"
            )
            self.process_id = process.id

    async def open(self, *facts: str) -> None:
        """The plan is recorded, and on day 0 the sweep opens its review and the setting is written to."""
        await self.arrive(*facts)
        await self.to(0, "05:00")
        assert await self.sweep() == 1
        await self.to(0)
        await self.post()

    async def sweep(self) -> int:
        """This morning's sweep and the relay after it; returns how many reviews were opened."""
        reviews = ReviewActivities(self.council.db)
        order = RoundOrder(now=await self.now())
        opened = await ActivityEnvironment().run(asyncio.to_thread, reviews.open_due, order)
        await self.told()
        return opened.opened

    async def told(self) -> None:
        """The relay wakes every clock that was left word, and the present one does its work."""
        await relay_of(self.council.db, QUEUE).once(self.env.client)
        if self.review.opened_at is not None:
            self.handles.append(self.clock_of(self.process))
            await self.settled()

    async def proclaim(self, number: int) -> None:
        """A day becomes a bank holiday: the calendar is changed, and every clock that this concerns looks again."""
        now, day = await self.now(), self.day(number)
        change = work_out(self.council.db, AddDays(BANK_HOLIDAY, day, day, "Jubilee"), ACTOR, now)
        apply(self.council.db, change, ACTOR, now, "proclaimed")
        await self.told()

    def _has_settled(self, now: datetime) -> bool:
        return self.process_id is None or self.review.opened_at is None or super()._has_settled(now)

    def clock_of(self, process: Process) -> WorkflowHandle[Any, Any]:
        """The workflow of a process."""
        return self.env.client.get_workflow_handle(workflow_id(process.id, process.kind))

    @property
    def review(self) -> Review:
        """The present cycle as it is recorded."""
        with Session(self.council.db) as session:
            return session.get_one(Review, self._id)

    @property
    def plan(self) -> Plan:
        """The plan as it is recorded."""
        with Session(self.council.db) as session:
            return session.get_one(Plan, self.review.plan_id)

    @property
    def cycles(self) -> Sequence[Review]:
        """All cycles of the plan."""
        with Session(self.council.db) as session:
            query = select(Review).where(Review.plan_id == self.review.plan_id)
            return session.exec(query.order_by(col(Review.cycle))).all()

    def go_on_to(self, cycle: int) -> None:
        """From now on speak of another cycle."""
        self.process_id = self.cycles[cycle - 1].process_id
        self.handles.clear()

    def mail(self, *statuses: str) -> dict[str, list[str]]:
        """By address, `day kind rung` of what the present cycle put down and sent, in the order of its days."""
        found = self.council.messages(self.process_id, *(statuses or ("sent",)))
        mail: dict[str, list[str]] = defaultdict(list)
        for m in sorted(found, key=lambda m: (m.due_at, m.limit_id, m.rung)):
            mail[m.recipient].append(f"{self.number(m.due_at)} {m.kind} {m.rung.partition('@')[0]}")
        return dict(mail)

    def standing(self) -> dict[str, str]:
        """By limit, how it stands today in the lists: `standing start-due[ met on]` in days."""
        with Session(self.council.db) as session:
            query = select(DeadlineRow).where(DeadlineRow.process_id == self._id, col(DeadlineRow.to_day).is_(None))
            return {f"{row.limit_id} {row.subject}".strip(): self._row(row) for row in session.exec(query)}

    def _row(self, row: DeadlineRow) -> str:
        days = [self.number_of(day) if day else "" for day in (row.start, row.legal_due, row.met_on)]
        start, due, met = days
        return f"{row.standing} {start}-{due}{f' on {met}' if met else ''}"

    def number(self, instant: datetime) -> int:
        """Which day it is in London at that instant."""
        return self.number_of(day_in_london(instant))

    def number_of(self, day: date) -> int:
        """Which day a date is."""
        return (day - self.received).days

    async def until(self, number: int) -> None:
        """Let the days pass up to and including one, with a post round each working morning that has any post."""
        today = self.number(await self.now())
        while (today := self._next_post(today, number)) <= number:
            await self.to(today)
            await self.post()
        if self.number(await self.now()) < number:
            await self.to(number)

    def _next_post(self, today: int, last: int) -> int:
        """The next working day on which there is post, or anything wakes; past `last` when there is none."""
        waits = self.council.messages(self.process_id, "queued")
        wake = self.process.next_wake
        wakes = today + 1 if waits else self.number(wake) if wake else last + 1
        following = max(wakes, today + 1)
        return following + (0, 0, 0, 0, 0, 2, 1)[self.day(following).weekday()]


@asynccontextmanager
async def review_journey(env: WorkflowEnvironment, database: Database) -> AsyncIterator[ReviewJourney]:
    """A furnished council, a worker with the real activities, a letter box; no plan yet."""
    council = Council(database.engine)
    council.furnish()
    mail = Mail(council.box, HOUSE)
    cases, rounds = CaseActivities(database.engine, mail), RoundActivities(database.engine, mail, env.client)
    async with working(env.client, cases.carry_out, cases.send_at_once, rounds.post_round):
        yield ReviewJourney(env, council, rounds, wednesday(await env.get_current_time()))
