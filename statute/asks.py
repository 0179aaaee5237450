"""Requests for advice as the facts leave them: who still owes an answer, and who is not to be chased.

The clock of a request is a limit (`reg8_advice`, `code_advice`); this is what the ladder needs besides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from statute.facts import Fact

# What ends a ladder. An answer ends the asking too: nobody who has answered is told to stop.
ANSWERS = frozenset({"advice_received", "advice_nil", "advice_declined", "advice_reused"})
SETTLES = ANSWERS | {"advice_cancelled", "advice_reassigned", "proceeding_without"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request for advice as the caseworker set it up (`subject` is that of its facts).

    `announce_from` is the instant (aware) from which its announcement is to go, None when there is none to
    send (reused, already asked, from an import); `announced` whether it has gone. `to_school` says that the
    adviser is a school or setting, which is not chased in the holidays; `body` is the code of a service.
    """

    subject: str
    body: str = ""
    to_school: bool = False
    announce_from: datetime | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """A promise that advice will come: no chasing from the day it was made until the day it is for."""

    said: date
    until: date


@dataclass(frozen=True, slots=True)
class Ask:
    """One request and what happened to it. Days are those of the facts, None where there is none."""

    request: Request
    asked_on: date | None = None
    settled_by: str = ""
    again_on: date | None = None
    quiets: tuple[Quiet, ...] = ()

    @property
    def subject(self) -> str:
        """The category, or category and body."""
        return self.request.subject

    @property
    def papers_wanted(self) -> bool:
        """Whether the adviser knows of the request but has not got the papers, so that no clock runs."""
        return not self.asked_on and not self.settled_by and self.request.announce_from is not None

    @property
    def owes_an_answer(self) -> bool:
        """Whether the adviser was asked, or told of the request, and may still be working on it."""
        told = self.asked_on is not None or self.request.announced
        return told and self.settled_by in ("", "proceeding_without")


@dataclass(frozen=True, slots=True)
class Asking:
    """All requests of a process, the day of the decision to assess, and the days of mail holds."""

    asks: tuple[Ask, ...] = ()
    decided_on: date | None = None
    holds: tuple[tuple[date, date], ...] = ()

    def held_until(self, today: date) -> date | None:
        """The last day of the mail hold that `today` falls in (`date.max`: until further notice), or None."""
        return max((last for first, last in self.holds if first <= today <= last), default=None)


def asking(facts: Iterable[Fact], requests: Iterable[Request]) -> Asking:
    """What standing facts (in order, corrections applied) make of the requests.

    A request known only from its facts is taken in as well, without an announcement.
    """
    facts = tuple(facts)
    known = {request.subject: request for request in requests}
    for fact in facts:
        if fact.kind == "advice_requested":
            known.setdefault(fact.subject, Request(fact.subject, to_school=fact.subject == "education"))
    return Asking(
        asks=tuple(_ask(request, facts) for request in known.values()),
        decided_on=max((fact.day for fact in facts if fact.kind == "decision_to_assess"), default=None),
        holds=tuple(_hold(fact) for fact in facts if fact.kind == "mail_hold"),
    )


def _ask(request: Request, facts: Sequence[Fact]) -> Ask:
    ask = Ask(request)
    for fact in facts:
        if fact.subject == request.subject:
            ask = _after(ask, fact)
    return ask


def _after(ask: Ask, fact: Fact) -> Ask:
    if fact.kind == "advice_requested":
        return replace(ask, asked_on=fact.day, settled_by="")
    if fact.kind == "advice_insufficient":
        return replace(ask, settled_by="", again_on=fact.day)
    if fact.kind == "advice_expected":
        return replace(ask, quiets=_promised(ask.quiets, fact))
    if fact.kind in SETTLES and not _stays_in_its_body(ask.request, fact):
        return replace(ask, settled_by=fact.kind)
    return ask


def _promised(quiets: tuple[Quiet, ...], fact: Fact) -> tuple[Quiet, ...]:
    """The new promise takes the place of what is left of earlier ones."""
    until = fact.attributes.get("by") or fact.attributes.get("day")
    if not until:
        return quiets
    yesterday = fact.day - timedelta(days=1)
    ended = tuple(Quiet(each.said, min(each.until, yesterday)) for each in quiets)
    return (*ended, Quiet(fact.day, date.fromisoformat(until)))


def _stays_in_its_body(request: Request, fact: Fact) -> bool:
    """Passed on within the service the clock and the ladder go on; another service gets its own request."""
    body = fact.attributes.get("body", "")
    return fact.kind == "advice_reassigned" and body in ("", request.body)


def _hold(fact: Fact) -> tuple[date, date]:
    first = fact.attributes.get("from")
    last = fact.attributes.get("to")
    return (
        date.fromisoformat(first) if first else fact.day,
        date.fromisoformat(last) if last else date.max,
    )
