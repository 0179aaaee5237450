"""Requests for advice: which are open, since when, and what became of each (regs 6 and 8).

Every ask of one body is a request of its own with its own six weeks, counted from that body's own receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from statute.attributes import codes_of, day_of
from statute.facts import Fact

_MUST_AGREE = frozenset({"giver", "family", "authority"})
ANSWERS = frozenset({"advice_received", "advice_nil"})
_CLOSINGS = frozenset({"advice_declined", "advice_cancelled"})
_TOLD = frozenset({"advice_part", "advice_expected", "proceeding_without"})
KINDS_OF_ADVICE = (
    ANSWERS
    | _CLOSINGS
    | _TOLD
    | {
        "advice_requested",
        "advice_insufficient",
        "advice_reassigned",
        "advice_reused",
    }
)
ABOUT_A_REQUEST = KINDS_OF_ADVICE - {"advice_requested", "advice_reused"}
"""What can only be said of advice that was asked for."""


@dataclass(slots=True)
class Request:
    """One ask of one body.

    `key` is the subject it was recorded with; `subject` the one it is shown with (the category alone where the
    category has only this request). `start` is the day the body received it, None for advice that was reused
    and never asked for. `told` are the facts that change no day: parts, expectations, going on without.
    """

    key: str
    asked: Fact
    start: date | None
    section_31: bool
    subject: str = ""
    answered: Fact | None = None
    closed: Fact | None = None
    told: list[Fact] = field(default_factory=lambda: [])

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered is None and self.closed is None

    @property
    def limit(self) -> str:
        """The id of the limit that binds the body: regulation 8 where section 31 does, else the Code."""
        return "reg8_advice" if self.section_31 else "code_advice"


def category(subject: str) -> str:
    """The category of `health/slt` is `health`."""
    return subject.partition("/")[0]


def agreed_to_reuse(reused: Fact) -> bool:
    """Whether all three whom regulation 6(4) names are satisfied with earlier advice."""
    return codes_of(reused, "agreed") >= _MUST_AGREE


def requests(facts: Iterable[Fact]) -> list[Request]:
    """The requests that these facts (standing, in order) make, the latest of each subject."""
    current: dict[str, Request] = {}
    early: list[Fact] = []
    for fact in facts:
        if fact.kind in KINDS_OF_ADVICE:
            _take(current, early, fact)
    return _named(list(current.values()))


def request_for(fact: Fact, known: Iterable[Request]) -> Request | None:
    """The request that a fact is about; None where there is none or it cannot be told which."""
    found = candidates(fact, known)
    return found[0] if len(found) == 1 else None


def candidates(fact: Fact, known: Iterable[Request]) -> list[Request]:
    """The requests that a fact may be about: more than one when the body must be named."""
    known = list(known)
    asked = fact.attributes.get("request")
    named = [each for each in known if asked and each.asked.attributes.get("request") == asked]
    exact = named or [each for each in known if each.key == fact.subject]
    if exact:
        return exact
    related = [each for each in known if akin(each.key, fact.subject)]
    if fact.kind == "advice_insufficient":
        likely = [each for each in related if each.answered]
    else:
        likely = [each for each in related if each.is_open]
    # Whoever recorded the fact can only have meant a request that was in the ledger by then.
    known_then = [each for each in likely if 0 < each.asked.sequence < fact.sequence]
    return known_then or likely or related


def akin(one: str, other: str) -> bool:
    """`health` may be about `health/slt` and the reverse; `health/ot` is not about `health/slt`."""
    return one == other or (category(one) == category(other) and ("/" not in one or "/" not in other))


def _take(current: dict[str, Request], early: list[Fact], fact: Fact) -> None:
    if fact.kind == "advice_requested":
        _ask(current, early, fact)
    elif fact.kind == "advice_reused":
        _reuse(current, fact)
    elif (request := _meant(current, fact)) is not None:
        _tell(request, fact)
    elif fact.kind in ANSWERS:
        early.append(fact)


def _meant(current: dict[str, Request], fact: Fact) -> Request | None:
    exact = current.get(fact.subject)
    if exact is not None and "request" not in fact.attributes:
        return exact  # the common case, and the busiest line of a timeline
    return request_for(fact, current.values())


def _ask(current: dict[str, Request], early: list[Fact], fact: Fact) -> None:
    before = current.get(fact.subject)
    if before is not None and before.is_open:
        return  # the clock stays with the first ask
    start = day_of(fact, "received_by_body") or fact.day
    request = Request(fact.subject, fact, start, _bound_by_section_31(fact))
    # Advice that came before it was asked for is odd, but it is here: nobody should be chased for it.
    request.answered = next((each for each in early if akin(each.subject, fact.subject)), None)
    if request.answered is not None:
        early.remove(request.answered)
    current[fact.subject] = request


def _reuse(current: dict[str, Request], fact: Fact) -> None:
    before = current.get(fact.subject)
    if before is not None and before.is_open:
        before.closed = fact
    elif before is None:
        current[fact.subject] = Request(fact.subject, fact, None, _bound_by_section_31(fact), closed=fact)


def _tell(request: Request, fact: Fact) -> None:
    if fact.kind in ANSWERS:
        _answer(request, fact)
    elif fact.kind == "advice_insufficient":
        request.answered = None
        request.told.append(fact)
    elif request.is_open and (fact.kind in _CLOSINGS or _goes_to_another(request, fact)):
        request.closed = fact
    else:
        request.told.append(fact)


def _answer(request: Request, fact: Fact) -> None:
    if request.closed is not None and request.closed.kind == "advice_declined":
        request.closed = None  # the body thought better of it
    if request.is_open:
        request.answered = fact


def _goes_to_another(request: Request, fact: Fact) -> bool:
    if fact.kind != "advice_reassigned" or not (body := fact.attributes.get("body")):
        return False
    mine = request.asked.attributes.get("body") or request.key.partition("/")[2]
    return body not in (mine, request.key)


def _bound_by_section_31(fact: Fact) -> bool:
    said = fact.attributes.get("section_31")
    return said == "yes" if said else category(fact.subject) == "health"


def _named(found: list[Request]) -> list[Request]:
    held = [category(each.key) for each in found]
    several = len(set(held)) < len(held)
    for request, kind in zip(found, held, strict=True):
        request.subject = request.key if several and held.count(kind) > 1 else kind
    return found
