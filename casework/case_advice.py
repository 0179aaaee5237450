"""The advice of one case, service by service: asked, due, come, promised, chased."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.case_letters import CHASERS, Letter
from casework.recipients import Recipients
from records.tables import AdviceRequest
from statute.advice import Request, requests
from statute.attributes import day_of
from statute.facts import Fact
from statute.timeline import Deadline, State, Timeline


@dataclass(frozen=True, slots=True)
class Advice:
    """One request for advice of one service.

    `subject` is that of its facts, `shown` that of its limit. `state` is None while nothing was asked. `asked_on` is
    when the body received it, `promised` the latest day that it named. `answer` is the kind of fact that settled it
    (empty: none), `chased` the number of letters that asked again and `last_chaser` the last of those.
    """

    subject: str
    shown: str
    service: str
    mode: str
    limit: str
    state: State | None
    asked_on: date | None
    due: date | None
    days: int | None
    answered_on: date | None
    answer: str
    promised: date | None
    without: bool
    announced_on: date | None
    chased: int
    last_chaser: Letter | None

    @property
    def category(self) -> str:
        """The category of advice: `health` of `health/slt`."""
        return self.subject.partition("/")[0]


def advice_of(
    timeline: Timeline,
    facts: Sequence[Fact],
    rows: Iterable[AdviceRequest],
    recipients: Recipients,
    letters: Sequence[Letter],
) -> Sequence[Advice]:
    """Every service that was, is to be or need not be asked: those asked as the facts (standing) have it first."""
    kept = {row.subject: row for row in rows}
    asked = {request.key: request for request in requests(facts)}
    ordered = sorted({*asked, *kept}, key=_order)
    return [_advice(subject, asked, kept, timeline, recipients, letters) for subject in ordered]


def _order(subject: str) -> tuple[int, str]:
    places = ("education", "health", "educational_psychology", "social_care")
    category = subject.partition("/")[0]
    return (places.index(category) if category in places else len(places), subject)


def _advice(
    subject: str,
    asked: Mapping[str, Request],
    kept: Mapping[str, AdviceRequest],
    timeline: Timeline,
    recipients: Recipients,
    letters: Sequence[Letter],
) -> Advice:
    request, row = asked.get(subject), kept.get(subject)
    limit = _limit(timeline, request)
    settled = (request.answered or request.closed) if request else None
    chasers = [each for each in letters if each.subject == subject and each.sent and each.kind in CHASERS]
    told = request.told if request else []
    return Advice(
        subject=subject,
        shown=request.subject if request else subject,
        service=recipients.service(subject),
        mode=row.mode if row else "seek",
        limit=limit.limit if limit else "",
        state=limit.state if limit else None,
        asked_on=request.start if request else None,
        due=limit.legal_due if limit else None,
        days=limit.days if limit else None,
        answered_on=settled.day if settled else None,
        answer=settled.kind if settled else "",
        promised=max(_promises(told), default=None),
        without=any(fact.kind == "proceeding_without" for fact in told),
        announced_on=row.announced_at.date() if row and row.announced_at else None,
        chased=len(chasers),
        last_chaser=chasers[-1] if chasers else None,
    )


def _limit(timeline: Timeline, request: Request | None) -> Deadline | None:
    return timeline.get(request.limit, request.subject) if request else None


def _promises(told: Iterable[Fact]) -> Iterator[date]:
    for fact in told:
        if fact.kind == "advice_expected" and (day := day_of(fact, "by") or day_of(fact, "day")):
            yield day
