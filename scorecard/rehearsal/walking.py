"""One case through the weeks: its clock wakes, people act, the post goes round, as it would in earnest."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from casework.notices import Notices
from casework.recipients import RESTRICTED
from casework.term_reviews import owed_by
from casework.weekly import late_advice
from config.clock import london_day, utc_of_london
from scorecard.rehearsal.asking import completed, keep_requests
from scorecard.rehearsal.families import goes_by_itself, send_letters, settle_letters
from scorecard.rehearsal.held import Held, is_review
from scorecard.rehearsal.settling import Letterbox, may_go, sent, settle
from scorecard.rehearsal.situation import situation_of
from scorecard.rehearsal.span import Span, first_after
from scorecard.rehearsal.walked import LateAdvice, Mail, Walked
from scorecard.rehearsal.world import World
from statute.facts import Fact
from statute.ladder import Kind
from statute.situation import Situation
from statute.timeline import Timeline

SHORTEST, _DAY = timedelta(minutes=1), timedelta(days=1)
REVIEWS_OPEN_AT, PEOPLE_ACT_AT = time(5), time(14)


NextFact = Callable[[Held, Situation], Fact | None]
"""What people do next in a case, and on which day; None when they do nothing more."""


def walk(case: Held, world: World, span: Span, next_fact: NextFact) -> Walked:
    """Take one case from the beginning to the end of the span; the case grows with what happens."""
    walker = _Walker(case, world, span, next_fact)
    walker.go()
    return walker.walked


class _Walker:
    def __init__(self, case: Held, world: World, span: Span, next_fact: NextFact) -> None:
        self.case, self.world, self.span, self.next_fact = case, world, span, next_fact
        self.box, self.walked = Letterbox(), Walked(case)
        self.fact: Fact | None = None
        self.wakes_at: datetime | None = None
        self.letters_wake: datetime | None = None
        self.closed = False

    def go(self) -> None:
        now = self._begins_at()
        if now is not None and now <= self.span.end:
            self._wake(now)
            while (at := self._next_after(now)) is not None and at <= self.span.end:
                now = at
                self._happen(now)
        self.walked.never = len(self.box.waiting)
        timeline = situation_of(self.case, self.world, self.span.end).timeline
        self.walked.deadlines = timeline.deadlines
        if not self.walked.on_lists:
            self._keep_owed(timeline, date.min)

    def _begins_at(self) -> datetime | None:
        if self.case.opens_on is None:
            return self.case.begins or self.span.start
        if self.case.opens_on == date.max:
            return None
        return max(self.span.start, utc_of_london(self.case.opens_on, REVIEWS_OPEN_AT))

    def _next_after(self, now: datetime) -> datetime | None:
        """The next instant at which anything happens: a wake, a deed, a round with something to take."""
        return min(self._ahead(now), default=None)

    def _ahead(self, now: datetime) -> Iterator[datetime]:
        wakes = (self.wakes_at, self.letters_wake) if not self.closed else ()
        yield from (max(each, now + SHORTEST) for each in wakes if each)
        if self.fact:
            yield max(utc_of_london(self.fact.day, PEOPLE_ACT_AT), now + SHORTEST)
        if self.box.waiting or goes_by_itself(self.case, paper=self.world.paper):
            yield from first_after(self.span.rounds, now)
        elif self._owed():
            yield from first_after(self.span.weeklies, now)

    def _happen(self, now: datetime) -> None:
        if now in self.span.at_rounds:
            self._round(now)
        elif self.fact and now >= utc_of_london(self.fact.day, PEOPLE_ACT_AT):
            self._say(self.fact, now)
        else:
            self._wake(now)

    # The clock

    def _wake(self, now: datetime) -> None:
        situation, found = settle(self.case, self.box, self.world, now)
        self._know(situation, found)
        # What is recorded during a day is in the lists of the next morning.
        self._keep_owed(situation.timeline, situation.today + _DAY if self.walked.on_lists else date.min)
        self.letters_wake, became = settle_letters(self.case, situation)
        self.walked.family += became
        self._send(now, urgent=True)

    def _know(self, situation: Situation, found: Notices) -> None:
        self.situation = situation
        self.closed, self.wakes_at = situation.timeline.ended_on is not None, found.next_wake
        self.fact = None if self.closed else self.next_fact(self.case, situation)

    def _keep_owed(self, timeline: Timeline, since: date) -> None:
        """What the lists before a term look for: nothing of somebody restricted."""
        if is_review(self.case) and self.case.person.sensitivity != RESTRICTED:
            owed = owed_by(timeline)
            if not self.walked.on_lists or self.walked.on_lists[-1][1] != owed:
                self.walked.on_lists.append((since, owed))

    def _send(self, now: datetime, *, urgent: bool) -> None:
        for notice in may_go(self.box, urgent=urgent):
            if notice.key not in self.box.waiting:
                continue  # What went before it was a request, whose fact let the clock look at once.
            sent(self.case, self.box, notice)
            self.walked.mails.append(
                Mail(
                    at=now,
                    to=notice.to.address or "",
                    kind=notice.kind,
                    role=notice.role.value,
                    limit=notice.limit,
                    subject=notice.subject,
                    rung=notice.rung,
                    key=notice.key,
                    mail_ref=self.case.process.mail_ref,
                    service=notice.to.service,
                    urgent=notice.urgent,
                    about=MappingProxyType(dict(notice.about)),
                )
            )
            self._follow_letter(notice.kind, notice.subject, now)

    def _follow_letter(self, kind: str, subject: str, now: datetime) -> None:
        """What a letter itself brings about: an announcement has gone; a whole request starts its six weeks."""
        request = next((each for each in self.case.requests if each.subject == subject), None)
        if request is None or kind not in (Kind.ANNOUNCE, Kind.REQUEST):
            return
        request.announced_at = request.announced_at or now
        if kind == Kind.REQUEST:
            day = london_day(now)
            said = {"channel": "link", "received_by_body": day.isoformat()}
            self._say(Fact("advice_requested", day, subject, MappingProxyType(said)), now)

    # The post

    def _round(self, now: datetime) -> None:
        if not self._as_it_was(now):
            self._know(*settle(self.case, self.box, self.world, now))
        if now in self.span.at_weeklies:
            self.walked.late += self._late(self.situation, now)
        self._send(now, urgent=True)
        self._send(now, urgent=False)
        self.walked.family += send_letters(self.case, self.situation, paper=self.world.paper)

    def _as_it_was(self, now: datetime) -> bool:
        """Whether the clock looked today and has nothing to look at since: a round would find the same."""
        waits = self.wakes_at is None or self.wakes_at > now
        return waits and self.situation.today == london_day(now)

    def _owed(self) -> bool:
        asks = self.situation.asking.asks
        return (
            not self.closed and not is_review(self.case) and any(each.asked_on and not each.settled_by for each in asks)
        )

    def _late(self, situation: Situation, now: datetime) -> Iterator[LateAdvice]:
        """What the service's weekly summary counts: nothing of somebody restricted."""
        if self.case.person.sensitivity != RESTRICTED and not is_review(self.case):
            directory = self.world.directory_on(situation.today)
            for body, late in late_advice(situation, self.case.requests, directory, self.case.process):
                yield LateAdvice(now, body, late)

    # People

    def _say(self, fact: Fact, now: datetime) -> None:
        """Record a fact, as an officer or a professional would, and let the clock look at once."""
        last = max((each.sequence for each in self.case.facts), default=0)
        new = replace(completed(fact, self.case, self.world, now), sequence=last + 1, recorded_at=now)
        self.case.facts.append(new)
        self.walked.said.append(new)
        if not is_review(self.case):
            keep_requests(self.case, self.world, now)
        self._wake(now)
