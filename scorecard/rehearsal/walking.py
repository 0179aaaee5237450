"""One case through the weeks: its clock wakes, people act, the post goes round, as it would in earnest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from casework.notices import Notices
from casework.recipients import RESTRICTED, Recipients
from casework.requests import wanted_requests
from config.clock import london_day, utc_of_london
from records.tables import AdviceRequest
from scorecard.rehearsal.caseload import Held, is_review
from scorecard.rehearsal.settling import Letterbox, may_go, sent, settle
from scorecard.rehearsal.situation import situation_of
from scorecard.rehearsal.world import World
from statute.facts import Fact
from statute.ladder import Kind
from statute.situation import Situation
from statute.standing import standing
from statute.steps import ADVICE_LIMITS
from statute.timeline import Deadline

SHORTEST = timedelta(minutes=1)
REVIEWS_OPEN_AT, PEOPLE_ACT_AT = time(5), time(14)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message that would have left. An `urgent` one is a letter of its own; the others of a day go in one."""

    at: datetime
    to: str
    kind: str
    role: str
    limit: str
    subject: str
    rung: str
    key: str
    mail_ref: str
    service: str
    urgent: bool
    about: MappingProxyType[str, object]


@dataclass(frozen=True, slots=True)
class LateAdvice:
    """Advice that a service owes when the weekly summaries are made."""

    at: datetime
    body: UUID
    mail_ref: str
    due: date


@dataclass(slots=True)
class Walked:
    """What came of one case: its mails, what was late for the weekly summaries, the facts that people recorded, its
    limits as they stand at the end, and how many messages `never` went because they still wait."""

    case: Held
    mails: list[Mail] = field(default_factory=list[Mail])
    late: list[LateAdvice] = field(default_factory=list[LateAdvice])
    said: list[Fact] = field(default_factory=list[Fact])
    deadlines: tuple[Deadline, ...] = ()
    never: int = 0


NextFact = Callable[[Held, Situation], Fact | None]
"""What people do next in a case, and on which day; None when they do nothing more."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when (aware) it goes, with the instants of the post rounds and of the weekly summaries."""

    start: datetime
    end: datetime
    rounds: Sequence[datetime]
    weeklies: frozenset[datetime]


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
        self.closed = False

    def go(self) -> None:
        now = self._begins_at()
        if now is not None and now <= self.span.end:
            self._wake(now)
            while (at := self._next_after(now)) is not None and at <= self.span.end:
                now = at
                self._happen(now)
        self.walked.never = len(self.box.waiting)
        self.walked.deadlines = situation_of(self.case, self.world, self.span.end).timeline.deadlines

    def _begins_at(self) -> datetime | None:
        if self.case.opens_on is None:
            return self.span.start
        if self.case.opens_on == date.max:
            return None
        return max(self.span.start, utc_of_london(self.case.opens_on, REVIEWS_OPEN_AT))

    def _next_after(self, now: datetime) -> datetime | None:
        """The next instant at which anything happens: a wake, a deed, a round with something to take."""
        return min(self._ahead(now), default=None)

    def _ahead(self, now: datetime) -> Iterator[datetime]:
        if self.wakes_at and not self.closed:
            yield max(self.wakes_at, now + SHORTEST)
        if self.fact:
            yield max(utc_of_london(self.fact.day, PEOPLE_ACT_AT), now + SHORTEST)
        rounds = (at for at in self.span.rounds if at > now)
        if self.box.waiting:
            yield from (at for _, at in zip(range(1), rounds, strict=False))
        elif self._owed():
            yield from (at for _, at in zip(range(1), (at for at in rounds if at in self.span.weeklies), strict=False))

    def _happen(self, now: datetime) -> None:
        if now in self.span.rounds:
            self._round(now)
        elif self.fact and now >= utc_of_london(self.fact.day, PEOPLE_ACT_AT):
            self._say(self.fact, now)
        else:
            self._wake(now)

    # The clock

    def _wake(self, now: datetime) -> None:
        situation, found = settle(self.case, self.box, self.world, now)
        self._know(situation, found)
        self._send(now, urgent=True)

    def _know(self, situation: Situation, found: Notices) -> None:
        self.situation = situation
        self.closed, self.wakes_at = situation.timeline.ended_on is not None, found.next_wake
        self.fact = None if self.closed else self.next_fact(self.case, situation)

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
        situation, found = settle(self.case, self.box, self.world, now)
        self._know(situation, found)
        if now in self.span.weeklies:
            self.walked.late += self._late(situation)
        self._send(now, urgent=True)
        self._send(now, urgent=False)

    def _owed(self) -> bool:
        asks = self.situation.asking.asks
        return (
            not self.closed and not is_review(self.case) and any(each.asked_on and not each.settled_by for each in asks)
        )

    def _late(self, situation: Situation) -> Iterator[LateAdvice]:
        """What the service's weekly summary counts: overdue, still asked for, of nobody restricted, under no hold."""
        held = situation.asking.held_until(situation.today)
        if self.closed or held or self.case.person.sensitivity == RESTRICTED or is_review(self.case):
            return
        for ask in situation.asking.asks:
            deadline = next((d for limit in ADVICE_LIMITS if (d := situation.open(limit, ask.shown))), None)
            body = self.world.directory_on(situation.today).body(self.case.requests, ask.subject)
            if body and deadline and not ask.settled_by and _is_late(deadline, situation.today):
                yield LateAdvice(situation.now, body.id, self.case.process.mail_ref, deadline.legal_due or date.max)

    # People

    def _say(self, fact: Fact, now: datetime) -> None:
        """Record a fact, as an officer or a professional would, and let the clock look at once."""
        last = max((each.sequence for each in self.case.facts), default=0)
        new = replace(self._completed(fact), sequence=last + 1, recorded_at=now)
        self.case.facts.append(new)
        self.walked.said.append(new)
        if not is_review(self.case):
            self._keep_requests(now)
        self._wake(now)

    def _completed(self, fact: Fact) -> Fact:
        """A request with whether regulation 8 binds the body, as the directory knows it."""
        if fact.kind != "advice_requested":
            return fact
        directory = self.world.directory_on(london_day(self.span.start))
        recipients = Recipients(directory, self.case.process, self.case.person, self.case.requests)
        bound = "yes" if recipients.binds(fact.subject) == "reg8_advice" else "no"
        return replace(fact, attributes=MappingProxyType({"section_31": bound, **fact.attributes}))

    def _keep_requests(self, now: datetime) -> None:
        """The requests that a decision sets up, each of the body that its category asks."""
        have = {each.subject for each in self.case.requests}
        for wanted in wanted_requests(standing(self.case.facts)):
            if wanted.subject not in have:
                self.case.requests.append(self._request(wanted.subject, wanted.category, wanted.mode, now))

    def _request(self, subject: str, category: str, mode: str, now: datetime) -> AdviceRequest:
        process, urn = self.case.process, self.case.person.setting_urn
        to_school = category == "education" and "/" not in subject and urn
        body = None if to_school else self.world.directory.body((), subject)
        return AdviceRequest(
            authority=process.authority,
            process_id=process.id,
            category=category,
            body_id=body.id if body else None,
            setting_urn=urn if category == "education" and body is None else None,
            subject=subject,
            mode=mode,
            created_at=now,
        )


def _is_late(deadline: Deadline, today: date) -> bool:
    return deadline.legal_due is not None and deadline.legal_due < today
