"""What is recorded with a warning: odd, perhaps a slip, perhaps how it was."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from statute.advice import ANSWERS, Request, candidates, category
from statute.assessment import LIMITS, timeline
from statute.attributes import codes_of, day_of
from statute.case import read_case, went_to_family
from statute.docket import Docket
from statute.facts import Fact
from statute.form import days_in
from statute.kinds import ABOUT_THE_RECORD, KINDS, STARTS, Value
from statute.norms import NO_NORMS
from statute.reliefs import concerns, why_not
from statute.warnings import arrived_late
from statute.words import day_words, plain

_STILL_SAID_AFTER_THE_END = ABOUT_THE_RECORD | {"relief", "reopened", "refusal_changed", "mail_hold"}
_LAW_BEGAN = LIMITS["reg5_decide"].in_force_from
_OWN_BODIES = frozenset({"education", "educational_psychology", "social_care"})
_MUST_AGREE = frozenset({"giver", "family", "authority"})


def oddities(docket: Docket) -> Iterator[str]:
    """What is odd about a fact, sentence by sentence."""
    fact = docket.fact
    if fact is None:
        return
    yield from _again(docket, fact)
    yield from _after_the_end(docket, fact)
    yield from _arrivals(docket, fact)
    for check in _CHECKS.get(fact.kind, ()):
        yield from check(docket, fact)


def _again(docket: Docket, fact: Fact) -> Iterator[str]:
    same = [each for each in docket.others if (each.kind, each.subject) == (fact.kind, fact.subject)]
    if any(each.day == fact.day for each in same) and docket.target is None:
        yield f"{plain(fact.kind).capitalize()} on {day_words(fact.day)} is recorded already."


def _after_the_end(docket: Docket, fact: Fact) -> Iterator[str]:
    ended = docket.case.ended
    if ended is None or fact.kind in _STILL_SAID_AFTER_THE_END or fact.day < ended.day:
        return
    if fact.kind == "final_plan_sent" and not went_to_family(fact):
        return
    if fact.day > ended.day or (fact.kind in KINDS and KINDS[fact.kind].ends):
        yield f"The process ended on {day_words(ended.day)} ({plain(ended.kind)}); this no longer changes a limit."


def _arrivals(docket: Docket, fact: Fact) -> Iterator[str]:
    for name, value in days_in(fact):
        day = day_of(fact, name)
        if value is not Value.ARRIVAL or day is None:
            continue
        if day > docket.today:
            yield f"{name}, {day_words(day)}, has not come yet: correct it if it turns out otherwise."
        if day < fact.day:
            yield f"{name}, {day_words(day)}, is before the day it was sent, {day_words(fact.day)}."


def _start(docket: Docket, fact: Fact) -> Iterator[str]:
    if docket.target is None and any(each.kind == fact.kind for each in docket.others):
        yield f"{plain(fact.kind).capitalize()} is recorded already, and the earliest counts. Use further_request."
    source = fact.attributes.get("source", "")
    if fact.kind == "request_received" and source in ("3", "4", "5"):
        yield f"Source {source} cannot make a request under section 36(1): record became_responsible."
    if fact.kind == "became_responsible" and source in ("1", "2"):
        yield f"Source {source} makes a request under section 36(1): record request_received."
    if fact.day < _LAW_BEGAN:
        yield f"The SEND Regulations 2014 came into force on {day_words(_LAW_BEGAN)}; these limits did not yet bind."


def _decision(docket: Docket, fact: Fact) -> Iterator[str]:
    for limit in ("reg10_refuse_plan",) if fact.kind == "decision_not_to_issue" else ("reg5_decide",):
        if docket.case.started is not None:
            yield from arrived_late(fact, LIMITS[limit].rule.last_day(docket.case.started.day))
    before = docket.case.first("decision_to_assess", "decision_not_to_assess")
    if before and before.day <= fact.day and fact.kind.endswith("to_assess") and docket.case.ended is None:
        yield f"A decision was sent on {day_words(before.day)} already ({plain(before.kind)})."


def _without_assessment(docket: Docket, fact: Fact) -> Iterator[str]:
    decided = [each for each in docket.case.all("decision_to_assess") if each.day <= fact.day]
    if not decided:
        yield f"No decision to assess is recorded on or before {day_words(fact.day)}."


def _final(docket: Docket, fact: Fact) -> Iterator[str]:
    if not went_to_family(fact):
        yield "It was not sent to the family, so it does not meet regulation 13(2)."
    elif not any(each.day <= fact.day for each in docket.case.all("draft_plan_sent")):
        missing = "" if docket.case.all("decision_to_issue") else " nor a decision to issue a plan"
        yield f"No draft plan{missing} is recorded on or before {day_words(fact.day)}."


def _asked(docket: Docket, fact: Fact) -> Iterator[str]:
    before = next((each for each in docket.case.requests if each.key == fact.subject), None)
    if before is not None and docket.target is None:
        yield from _asked_again(before)
    reused = [each for each in docket.case.all("advice_reused") if category(each.subject) == category(fact.subject)]
    if any(_agreed(each) for each in reused):
        yield "Earlier advice was agreed to be enough: it must not be sought again (regulation 6(4))."
    if fact.attributes.get("section_31") == "yes" and category(fact.subject) in _OWN_BODIES:
        yield (
            "Schools, educational psychologists and the authority's own social care are not section 31 bodies: "
            "check that regulation 8 binds this one."
        )


def _asked_again(before: Request) -> Iterator[str]:
    asked = day_words(before.asked.day)
    if before.is_open and before.start is not None:
        yield f"Advice was asked for on {asked} and is awaited: the clock stays with that request."
    elif before.answered is not None:
        yield (
            f"The advice asked for on {asked} is there: this starts a new six weeks. If what came was not enough, "
            "record advice_insufficient instead."
        )


def _about_request(docket: Docket, fact: Fact) -> Iterator[str]:
    known = docket.case.requests
    found = candidates(fact, known)
    if not found:
        consequence = "it counts once the request is recorded" if fact.kind in ANSWERS else "it changes no limit"
        yield f"No request to {fact.subject} is recorded: {consequence}."
    elif len(found) == 1:
        yield from _about_this(found[0], fact)


def _about_this(request: Request, fact: Fact) -> Iterator[str]:
    if request.key != fact.subject and "/" in fact.subject and "request" not in fact.attributes:
        yield f"No request to {fact.subject} is recorded: it is taken as the request to {request.key}."
    if request.start is not None and fact.day < request.start:
        yield f"The request reached the body on {day_words(request.start)}, after {day_words(fact.day)}."
    if fact.kind == "advice_insufficient" and request.answered is None:
        yield f"No advice from {request.subject} is recorded that could be insufficient."
    if fact.kind in ANSWERS and request.answered is not None:
        yield f"The advice is recorded already, on {day_words(request.answered.day)}: that day stays."
    if fact.kind == "advice_declined" and not request.section_31:
        yield "Only a section 31 body can decline with written reasons (section 31(2)); the Code expects an answer."


def _reused(docket: Docket, fact: Fact) -> Iterator[str]:
    if not _agreed(fact):
        yield (
            "Regulation 6(4) needs the giver of the advice, the family and the authority all to be satisfied with it: "
            "add agreed=giver,family,authority."
        )


def _agreed(fact: Fact) -> bool:
    return codes_of(fact, "agreed") >= _MUST_AGREE


def _reply(docket: Docket, fact: Fact) -> Iterator[str]:
    if not any(each.subject == fact.subject for each in docket.case.all("consulted")):
        yield f"No consultation of {fact.subject} is recorded."


def _consulted(docket: Docket, fact: Fact) -> Iterator[str]:
    if not docket.case.all("draft_plan_sent"):
        yield "No draft plan is recorded that the provider could be consulted on."


def _relief(docket: Docket, fact: Fact) -> Iterator[str]:
    if (named := fact.attributes.get("limit")) is not None and named not in LIMITS:
        yield f"There is no limit {named!r}: this relief lifts nothing. Known are {', '.join(LIMITS)}."
        return
    reasons = _why_it_lifts_nothing(docket, fact)
    if not reasons:
        yield f"This relief lifts nothing: {plain(fact.attributes['ground'])} is not a ground for any limit it names."
    elif "" not in reasons.values():
        told = " ".join(f"{limit}: {reason}" for limit, reason in reasons.items())
        yield f"This relief lifts nothing. {told}"


def _why_it_lifts_nothing(docket: Docket, fact: Fact) -> dict[str, str]:
    """For each limit that the relief could mean, why it does not lift it (empty where it does)."""
    reasons: dict[str, str] = {}
    facts = [*docket.others, fact]
    case = read_case(facts, docket.today, docket.case.calendar, NO_NORMS, 0)
    for each in timeline(facts, docket.today).deadlines:
        limit = LIMITS[each.limit]
        if not _meant(fact, each.limit, each.subject):
            continue
        if each.start is None or each.legal_due is None:
            reasons.setdefault(each.limit, "its clock has not started.")
        else:
            reason = why_not(fact, limit, case, each.start, each.legal_due)
            reasons[each.limit] = reason if reasons.get(each.limit, reason) else ""
    return reasons


def _meant(fact: Fact, limit: str, subject: str) -> bool:
    if "limit" not in fact.attributes:
        return LIMITS[limit].own and fact.attributes["ground"] in LIMITS[limit].grounds
    return concerns(fact, LIMITS[limit], subject)


_Check = Callable[[Docket, Fact], Iterator[str]]
_CHECKS: Mapping[str, tuple[_Check, ...]] = MappingProxyType(
    {
        **dict.fromkeys(STARTS, (_start,)),
        "decision_to_assess": (_decision,),
        "decision_not_to_assess": (_decision,),
        "decision_to_issue": (_without_assessment,),
        "decision_not_to_issue": (_decision, _without_assessment),
        "advice_requested": (_without_assessment, _asked),
        **dict.fromkeys(
            (
                "advice_received",
                "advice_part",
                "advice_nil",
                "advice_insufficient",
                "advice_declined",
                "advice_expected",
                "advice_reassigned",
                "advice_cancelled",
                "proceeding_without",
            ),
            (_about_request,),
        ),
        "advice_reused": (_reused,),
        "draft_plan_sent": (_without_assessment,),
        "consulted": (_consulted,),
        "consultation_reply": (_reply,),
        "final_plan_sent": (_final,),
        "relief": (_relief,),
    }
)
