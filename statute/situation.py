"""Everything that the steps of one process are worked out from, and the mornings they fall on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from statute.asks import Ask, Asking
from statute.calendar import ENGLAND, Calendar
from statute.facts import Fact
from statute.holidays import back_at_school
from statute.ladder import Kind, Role, Step, Steps, climb, together
from statute.mornings import day_in_london, jitter, morning
from statute.policy import Policy
from statute.terms import NO_TERMS, Terms
from statute.timeline import OPEN, Deadline, Timeline


@dataclass(frozen=True, slots=True)
class Situation:
    """One process at one instant.

    `process` is its id as text; `timeline` that of the day it is in London at `now` (aware); `armed_from` the
    instant (aware) before which nothing is sent. `terms` are those of the school or setting, `facts` those that
    stand: the steps of a review and the notices to services are worked out from them. `to_tell` are the categories that
    can be told by a link what the law wants them to know (none: by no link), `from_file` the numbers of facts that came
    from a file, of which nobody is told.
    """

    process: str
    timeline: Timeline
    asking: Asking
    policy: Policy
    armed_from: datetime
    now: datetime
    facts: tuple[Fact, ...] = ()
    terms: Terms = NO_TERMS
    calendar: Calendar = ENGLAND
    to_tell: tuple[str, ...] = ()
    from_file: frozenset[int] = frozenset()

    @property
    def today(self) -> date:
        """The day it is in London."""
        return day_in_london(self.now)

    def morning(self, day: date) -> datetime:
        """The instant at which that day's steps are taken."""
        return morning(day, self.policy.hours.wake)

    def near(self, due: date, rung: int) -> datetime:
        """The morning of a rung: after the due day on its own day, up to it on the working day on or before.

        A reminder that waited over the week-end for somebody to read it would come too late to be of use.
        """
        day = due + timedelta(days=rung)
        return self.morning(self.calendar.operational_due(day) if rung <= 0 else day)

    def quietened(self, ask: Ask, at: datetime) -> datetime:
        """The morning moved past a promise that covers it, and for a school past the holidays."""
        day = day_in_london(at)
        for quiet in ask.quiets:
            if quiet.said <= day <= quiet.until:
                day = quiet.until + timedelta(days=1)
        return self.morning(self.back_at_school(day) if ask.request.to_school else day)

    def back_at_school(self, day: date) -> date:
        """The first day from `day` on which the school is there: by its terms, else by the policy's holidays."""
        if not self.terms.know(day):
            day = back_at_school(day, self.policy.school_holidays)
        return self.terms.back_at_school(day)

    def rungs(self, due: date, rungs: Sequence[int], then_every: int, after: date = date.min) -> Iterator[int]:
        """The rungs of the policy, then every so many days up to the first that comes from now on and after a day."""
        yield from rungs
        rung = max(rungs, default=0)
        while then_every and (self.near(due, rung) <= self.now or due + timedelta(days=rung) <= after):
            rung += then_every
            yield rung

    def climbed(self, ladders: Iterable[Iterable[Step]]) -> Steps:
        """Where all those ladders stand, and the next wake of the process."""
        found = together(climb(list(rungs), self.armed_from, self.now) for rungs in ladders)
        wakes = [*self.mornings_after(), *([found.next_wake] if found.next_wake else [])]
        own = jitter(self.process, self.policy.hours.jitter_minutes)
        return replace(found, next_wake=min(wakes) + own if wakes else None)

    def open(self, limit: str, subject: str = "") -> Deadline | None:
        """That limit if it binds today and has a day: nobody is chased for one that is lifted or replaced."""
        deadline = self.timeline.get(limit, subject)
        return deadline if deadline and deadline.state in OPEN and deadline.legal_due else None

    def mornings_after(self) -> Iterator[datetime]:
        """The mornings to come after promises and mail holds, when what they kept back may be said."""
        ends = [quiet.until for ask in self.asking.asks if not ask.settled_by for quiet in ask.quiets]
        if held := self.asking.held_until(self.today):
            ends.append(held)
        for end in ends:
            if end != date.max and (at := self.morning(end + timedelta(days=1))) > self.now:
                yield at


@dataclass(frozen=True, slots=True)
class Matter:
    """What a ladder is about: a limit of a process, its subject and its legal day."""

    process: str
    limit: str
    subject: str
    due: date

    def step(self, kind: Kind, rung: int | str, role: Role, at: datetime) -> Step:
        """One rung of a ladder about it."""
        return Step(self.process, kind, self.limit, self.subject, self.due, str(rung), role, at)
