"""Requests for advice as the ladder sees them: who still owes an answer, and who is not to be chased.

The clock of a request is a limit (`reg8_advice`, `code_advice`) and `statute.advice` says which facts are about
it; this is what the ladder needs besides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from statute import advice
from statute.facts import Fact

# Nobody who was let go, or has answered, is told to stop; whoever is only no longer waited for is.
GONE_ON_WITHOUT = "proceeding_without"
# A closed process goes on after these.
GO_ON_AGAIN = frozenset({"reopened", "refusal_changed"})


@dataclass(frozen=True, slots=True)
class Request:
    """One request for advice as the caseworker set it up (`subject` is that of its facts).

    `announce_from` is the instant (aware) from which its announcement is to go, None when there is none to
    send (reused, already asked, from an import); `announced` whether it has gone. `papers_from` is the instant from
    which the whole request can stand behind a link, None while its papers are not complete or no link can carry them.
    `to_school` says that the adviser is a school or setting, which is not chased in the holidays; `stopped` that the
    adviser was told to stop, `to_colleague` that it was passed on to somebody within the body. `service` is
    the category and code of the body asked, whose own ladder is climbed; empty: its subject. `undelivered`: the letter
    with the whole request was refused at every address.
    """

    subject: str
    to_school: bool = False
    announce_from: datetime | None = None
    announced: bool = False
    papers_from: datetime | None = None
    stopped: bool = False
    service: str = ""
    to_colleague: bool = False
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """A promise that advice will come: no chasing from the day it was made until the day it is for."""

    said: date
    until: date


@dataclass(frozen=True, slots=True)
class Ask:
    """One request and what happened to it. Days are those of the facts, None where there is none.

    `passed_on` is the latest fact that it was passed on within the body, which moves no day. `shown` is the subject of
    its limit in the timeline: the category alone where it has no other request.
    """

    request: Request
    shown: str = ""
    asked_on: date | None = None
    settled_by: str = ""
    again_on: date | None = None
    passed_on: Fact | None = None
    quiets: tuple[Quiet, ...] = ()

    @property
    def subject(self) -> str:
        """The category, or category and body, as its facts have it."""
        return self.request.subject

    @property
    def papers_wanted(self) -> bool:
        """Whether the adviser knows of the request but has not got the papers, so that no clock runs."""
        return not self.asked_on and not self.settled_by and self.request.announce_from is not None

    @property
    def whole_from(self) -> datetime | None:
        """The instant from which a letter asks by itself, with everything that reg 6(3) wants; None: none can."""
        said, papers = self.request.announce_from, self.request.papers_from
        return max(said, papers) if self.papers_wanted and said and papers else None

    @property
    def owes_an_answer(self) -> bool:
        """Whether the adviser was asked, or told of the request, and may still be working on it."""
        told = self.asked_on is not None or self.request.announced
        return told and self.settled_by in ("", GONE_ON_WITHOUT)


@dataclass(frozen=True, slots=True)
class Asking:
    """All requests of a process, the day of the decision to assess, and the days of mail holds.

    `family_heard`: the family's views are there. `again_from`: the day on which a closed process went on.
    """

    asks: tuple[Ask, ...] = ()
    decided_on: date | None = None
    family_heard: bool = False
    holds: tuple[tuple[date, date], ...] = ()
    again_from: date | None = None

    def held_until(self, today: date) -> date | None:
        """The last day of the mail hold that `today` falls in (`date.max`: until further notice), or None."""
        return max((last for first, last in self.holds if first <= today <= last), default=None)


def asking(facts: Iterable[Fact], requests: Iterable[Request]) -> Asking:
    """What standing facts (in order, corrections applied) make of the requests.

    A request known only from its facts is taken in as well, without an announcement.
    """
    facts = tuple(facts)
    known = {request.subject: request for request in requests}
    asked = {found.key: _ask(found, _set_up(known, found)) for found in advice.requests(facts)}
    told = [Ask(request, subject) for subject, request in known.items() if subject not in asked]
    return Asking(
        asks=(*asked.values(), *told),
        decided_on=max((fact.day for fact in facts if fact.kind == "decision_to_assess"), default=None),
        family_heard=any(fact.kind == "family_views" for fact in facts),
        holds=tuple(_hold(fact) for fact in facts if fact.kind == "mail_hold"),
        again_from=max((fact.day for fact in facts if fact.kind in GO_ON_AGAIN), default=None),
    )


def _set_up(known: dict[str, Request], found: advice.Request) -> Request:
    return known.get(found.key) or Request(found.key, to_school=found.key == "education")


def _ask(found: advice.Request, request: Request) -> Ask:
    told = [fact for fact in found.told if fact.kind in ("advice_insufficient", GONE_ON_WITHOUT)]
    last = told[-1] if told else None
    end = found.closed or found.answered or (last if last and last.kind == GONE_ON_WITHOUT else None)
    again = last.day if last and last.kind == "advice_insufficient" else None
    return Ask(
        request=request,
        shown=found.subject,
        asked_on=found.start,
        settled_by=end.kind if end else "",
        again_on=again,
        passed_on=next((fact for fact in reversed(found.told) if fact.kind == "advice_reassigned"), None),
        quiets=_promises(fact for fact in found.told if fact.kind == "advice_expected"),
    )


def _promises(facts: Iterable[Fact]) -> tuple[Quiet, ...]:
    """Each promise takes the place of what was left of the one before."""
    promised: list[Quiet] = []
    for fact in facts:
        until = fact.attributes.get("by") or fact.attributes.get("day")
        if until:
            yesterday = fact.day - timedelta(days=1)
            promised = [Quiet(each.said, min(each.until, yesterday)) for each in promised]
            promised.append(Quiet(fact.day, date.fromisoformat(until)))
    return tuple(promised)


def _hold(fact: Fact) -> tuple[date, date]:
    first = fact.attributes.get("from")
    last = fact.attributes.get("to")
    return (
        date.fromisoformat(first) if first else fact.day,
        date.fromisoformat(last) if last else date.max,
    )
